"""Templates of all faces: no inline style or script, no forbidden word, only icons we ship."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhenggai.faces.ui.templatetags.ui import SPRITE, icon_names

FACES = Path(__file__).parents[2] / "src" / "zhenggai" / "faces"
TEMPLATES = sorted(FACES.glob("**/templates/**/*.html"))
DRAWN = sorted(FACES.glob("**/*.py"))
INLINE = (
    r"\sstyle\s*=",
    r"<style",
    r"\son[a-z]+\s*=",
    r"<script(?![^>]*\ssrc=)",
    r"javascript:",
    r"hx-on",
)
FORBIDDEN = re.compile("作风不实|病灶|空壳|造假|弄虚作假|末位|倒数|甩锅|推诿|不力|！")
NAMES = [str(path.relative_to(FACES)) for path in TEMPLATES]


def inline_parts(text: str) -> list[str]:
    return [found for pattern in INLINE for found in re.findall(pattern, text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_carries_no_inline_style_script_or_handler(path):
    assert inline_parts(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_says_nothing_the_system_may_not_say(path):
    assert FORBIDDEN.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_done_never_stands_alone(path):
    assert "已完成" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_every_named_icon_is_in_the_sprite(path):
    used = set(re.findall(r"{% icon [\"']([^\"']+)[\"']", path.read_text(encoding="utf-8")))
    assert used <= icon_names()


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: str(path.relative_to(FACES)))
def test_python_that_draws_uses_presentation_attributes_only(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"<[a-z]+[^>]*\sstyle=", text) == []


def test_the_sprite_names_its_licence():
    assert "MIT licence" in SPRITE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "guilty",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        '<a onclick="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
        '<b hx-on:click="go()">',
    ],
)
def test_the_search_for_inline_parts_finds_them(guilty):
    assert inline_parts(guilty)
