"""剧情的舞台: a live site on the database in use, and browsers that log in as a post."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright
from tests.world import PASSWORD, seat_everybody, system
from tests.world_faces import own_home

from zhenggai.apps.trail import clock, work
from zhenggai.apps.trail.actions import set_clock

if TYPE_CHECKING:
    from datetime import datetime

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 60_000  # milliseconds; the machine may be busy


class Stage:
    """昭陵市 on a live site: who sits at which browser, and what day it is there."""

    def __init__(self, chromium, address: str) -> None:
        self.chromium = chromium
        self.address = address
        self.pages = {}

    def it_is(self, moment: datetime) -> None:
        """Let the campaign's clock show a moment; what is due by then is done."""
        set_clock(moment, act=system(moment))
        self.work()

    def work(self) -> None:
        """Do what waits in the background, as the worker would."""
        while work.run_one(clock.now(), clock.machine_now(), "story"):
            pass

    def seat(self, post: str):
        """The browser of a post's holder, logged in the first time it is needed."""
        if post not in self.pages:
            page = self.chromium.new_context().new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(f"{self.address}/login/")
            page.fill("input[name=username]", post)
            page.fill("input[name=password]", PASSWORD)
            page.click("form.box button[type=submit]")
            page.wait_for_url("**/console/**")
            self.pages[post] = page
        return self.pages[post]

    def at(self, post: str, path: str):
        """The browser of a post, opened on a page of the site."""
        page = self.seat(post)
        page.goto(f"{self.address}{path}")
        return page

    def do(self, post: str, code: str, verb: str, **fields: object) -> str:
        """Fill in one form of an item's page and send it; return the words of the answer."""
        page = self.at(post, f"/console/ledger/{code}/")
        form = page.locator(f"#do-{verb}")
        if form.get_attribute("open") is None:
            form.locator("summary").first.click()
        for name, value in fields.items():
            fill(form, name.replace("__", "-"), value)
        form.locator("button[type=submit]").click()
        page.wait_for_load_state()
        return page.locator("#main").inner_text()


def fill(form, name: str, value: object) -> None:
    """Fill one field the way its kind asks for."""
    field = form.locator(f"[name='{name}']")
    kind = field.first.evaluate("one => one.type || one.tagName.toLowerCase()")
    if kind in ("radio", "checkbox"):
        for one in value if isinstance(value, tuple) else (value,):
            form.locator(f"[name='{name}'][value='{one}']").check()
    elif kind == "select-one":
        field.select_option(**({"index": value} if isinstance(value, int) else {"value": value}))
    elif kind == "file":
        field.set_input_files(value)
    else:
        field.fill(str(value))


@pytest.fixture(scope="module")
def chromium():
    """One Chromium for a file of stories; they skip where there is none."""
    if not CHROMIUM.is_file():
        pytest.skip(f"{CHROMIUM} is not installed: stories in a browser are not told here")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def stage(request, settings, tmp_path, monkeypatch, transactional_db, chromium):
    """The live site with 昭陵市 seated; its folders are its own."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in our thread
    own_home(settings, tmp_path)
    seat_everybody()
    site = request.getfixturevalue("live_server")
    told = Stage(chromium, site.url)
    yield told
    for page in told.pages.values():
        page.context.close()


def upload(name: str, content: bytes) -> dict[str, object]:
    """A file as a browser sends it."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}
