"""Frames: navigation by role, badge and clock, the gallery with every component, log-in."""

from __future__ import annotations

import re
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import render
from django.test import RequestFactory, override_settings
from django.urls import include, path

from zhenggai.faces.ui.context import chrome, links
from zhenggai.faces.ui.gallery import gallery

INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)")


def blank(_request):
    return HttpResponse()


console = (
    [path("todo/", blank, name="todo"), path("todo/ledger/", blank, name="ledger")],
    "console",
)
public = ([path("", blank, name="home")], "public")
urlpatterns = [
    path("console/", include(console)),
    path("", include(public)),
    path("login/", blank, name="login"),
]


@pytest.fixture(autouse=True)
def _addresses():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def asked(**more: object):
    request = RequestFactory().get("/console/todo/ledger/W-1/")
    request.user = AnonymousUser()
    for name, value in more.items():
        setattr(request, name, value)
    return request


def test_the_rail_shows_only_what_the_role_may_use_and_the_site_routes():
    assert [link.label for link in links("/", "office")] == ["待办", "台账", "公开"]
    assert [link.label for link in links("/", "sys")] == ["公开"]
    assert links("/", "") == ()


def test_the_closest_place_is_the_current_one():
    current = [link.label for link in links("/console/todo/ledger/W-1/", "office") if link.current]
    assert current == ["台账"]


def test_the_frame_needs_nothing_the_middleware_did_not_set():
    frame = chrome(asked())
    assert frame["clock_text"] == ""
    assert frame["simulated"] is False
    assert frame["theme"] == "light"


def test_the_campaign_clock_is_written_in_full():
    clock = datetime(2026, 9, 24, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert chrome(asked(clock=clock))["clock_text"] == "2026年9月24日 17:00"


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ('"><b', "light"), ("", "light")])
def test_only_a_known_theme_is_taken_from_the_cookie(cookie, theme):
    request = asked()
    request.COOKIES["theme"] = cookie
    assert chrome(request)["theme"] == theme


def test_simulated_pages_say_so_and_others_do_not():
    said = render(asked(simulated=True), "ui/app.html").content.decode()
    assert "演练数据" in said
    assert "演练数据" not in render(asked(), "ui/app.html").content.decode()
    assert "演练数据" in render(asked(simulated=True), "ui/public.html").content.decode()


def test_the_frame_names_the_post_and_its_body():
    post = SimpleNamespace(role="office", title="值班员<b>", body=SimpleNamespace(name="市攻坚办"))
    page = render(asked(acting=post), "ui/app.html").content.decode()
    assert "值班员&lt;b&gt;" in page
    assert "市攻坚办" in page
    assert 'aria-current="page"' in page


def test_the_gallery_draws_every_component_without_inline_parts():
    page = gallery(asked()).content.decode()
    assert INLINE.findall(page) == []
    for word in ("推算", "待核实", "无法判定", "不适用", "看表格", "必填", "没有办成", "未知"):
        assert word in page


def test_ids_on_the_gallery_are_unique():
    ids = re.findall(r'\sid="([^"]+)"', gallery(asked()).content.decode())
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(
    "name", ["ui/app.html", "ui/public.html", "ui/login.html", "ui/locked.html"]
)
def test_a_frame_is_chinese_has_a_skip_link_and_one_main(name):
    page = render(asked(), name).content.decode()
    assert '<html lang="zh-Hans"' in page
    assert 'class="skip" href="#main"' in page
    assert page.count('<main id="main"') == 1
    assert INLINE.findall(page) == []


@pytest.mark.parametrize("code", [403, 404, 500])
def test_an_error_page_says_what_to_do_next(code):
    page = render(asked(), f"{code}.html").content.decode()
    assert f"{code}" in page
    assert "回到首页" in page


def test_a_failed_log_in_says_why_above_the_button_and_takes_the_focus():
    page = render(asked(), "ui/login.html", {"login_error": "账号或口令不对"}).content.decode()
    said = page.index('<p class="error" role="alert" tabindex="-1" autofocus>账号或口令不对')
    assert said < page.index('type="submit"')
    assert page.count("autofocus") == 1


def test_demo_log_ins_are_shown_only_where_given():
    assert "演练账号" not in render(asked(), "ui/login.html").content.decode()
    given = {"demo_logins": [{"login": "office-1", "post": "市攻坚办", "password": "x"}]}
    assert "office-1" in render(asked(), "ui/login.html", given).content.decode()


def test_htmx_may_not_write_styles_or_evaluate_strings():
    page = render(asked(), "ui/app.html").content.decode()
    assert '"includeIndicatorStyles":false' in page
    assert '"allowEval":false' in page
