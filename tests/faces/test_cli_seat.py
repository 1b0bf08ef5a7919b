from __future__ import annotations

import io
import sys

import pytest
from tests.world_faces import own_home

from zhenggai.apps.parties.models import Person, Tenure
from zhenggai.faces.cli.main import main

WORD = "River-and-ridge-9"


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    own_home(settings, tmp_path)


def seated(monkeypatch, word: str, *words: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{word}\n"))
    return main(["seat", *words])


def test_a_person_gets_an_account_and_a_post(zhaoling, monkeypatch, capsys):
    assert seated(monkeypatch, WORD, "leader", "wang", "--name", "王某") == 0
    assert "wang自" in capsys.readouterr().out
    assert Person.objects.get(login="wang").check_password(WORD)
    assert Tenure.objects.get(post__key="leader", until=None).person.login == "wang"


def test_the_word_is_never_an_argument_and_is_held_against_the_rules(zhaoling, monkeypatch, capsys):
    assert seated(monkeypatch, "12345", "leader", "wang", "--name", "王某") == 1
    assert "口令不合要求" in capsys.readouterr().err
    assert not Person.objects.filter(login="wang").exists()


def test_a_post_or_a_person_nobody_knows_is_refused(zhaoling, monkeypatch, capsys):
    assert seated(monkeypatch, "", "mayor", "office-1") == 1
    assert seated(monkeypatch, "", "leader", "nobody") == 1
    first, second = capsys.readouterr().err.splitlines()
    assert "岗位mayor" in first
    assert "账号nobody" in second
