"""Refusals: one answer as page, fragment or JSON, and a way back only to ourselves."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from zhenggai.faces.ui.refusals import RefusalMiddleware, came_from
from zhenggai.kernel.verdict import Reason, Refused

ERROR = Refused(
    Reason("notice-running", "公示期至2026年9月24日24时", "9月25日起再申请销号"),
    Reason("too-few", "仅 2 次有效监测<b>", "补测"),
)


def answer(error: Exception = ERROR, **headers: str):
    request = RequestFactory().post("/console/items/W-037/close", headers=headers)
    request.acting = SimpleNamespace(role="office", title="值班员", body=SimpleNamespace(name="办"))
    return RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, error)


def test_a_refusal_is_a_page_that_prints_every_reason_and_remedy():
    response = answer(Accept="text/html")
    page = response.content.decode()
    assert response.status_code == 409
    assert "没有办成，有 2 个原因" in page
    assert "公示期至2026年9月24日24时" in page
    assert "9月25日起再申请销号" in page
    assert "有效监测&lt;b&gt;" in page


def test_a_refusal_to_htmx_is_a_fragment_that_goes_to_its_own_slot():
    response = answer(**{"HX-Request": "true"})
    assert response.status_code == 409
    assert response["HX-Retarget"] == "#refusal"
    assert "<html" not in response.content.decode()
    assert "补测" in response.content.decode()


def test_a_refusal_to_a_machine_is_json():
    response = answer(Accept="application/json")
    assert response.status_code == 409
    assert json.loads(response.content)["reasons"][0] == {
        "code": "notice-running",
        "text": "公示期至2026年9月24日24时",
        "remedy": "9月25日起再申请销号",
    }


def test_any_other_error_is_left_to_crash():
    assert answer(ValueError("x")) is None


def test_the_way_back_keeps_path_and_query():
    page = answer(Accept="text/html", Referer="http://testserver/console/items/?q=1").content
    assert b'href="/console/items/?q=1"' in page


@pytest.mark.parametrize(
    "referer",
    ["", "https://elsewhere.example/x", "http://testserver.evil/x", "javascript:alert(1)",
     "http://testserver//evil.example"],
)  # fmt: skip
def test_there_is_no_way_back_to_a_stranger(referer):
    request = RequestFactory().post("/", headers={"Referer": referer})
    assert came_from(request) == ""
