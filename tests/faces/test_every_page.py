"""每一页: no forbidden word, no link that leads nowhere, nothing a reader cannot use."""

from __future__ import annotations

import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from tests.faces.demo_site import Visitor, served

from zhenggai.faces.cli.demo import PASSWORD

pytestmark = pytest.mark.slow
POSTS = ("", "office-1", "bing", "firm-b")
ITEMS = ("W-023", "W-025", "W-037", "W-041")
FORBIDDEN = re.compile("作风不实|病灶|空壳|造假|弄虚作假|末位|倒数|甩锅|推诿|不力|已完成|！")
QUOTED = re.compile(
    r'<(ol class="paper-text|textarea|blockquote)\b.*?</(ol|textarea|blockquote)>', re.DOTALL
)
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
WIDTHS = {1440: 900, 390: 844}
LOOKED_AT = {
    "": ("/", "/items/W-037/", "/items/W-023/", "/receipts/", "/login/"),
    "office-1": ("/console/",),
    "bing": ("/console/todo/", "/console/ledger/", "/console/counts/", "/console/papers/"),
    "huanbao": ("/console/todo/",),
    "leader": ("/console/todo/", "/console/ledger/W-041/"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served(tmp_path_factory.mktemp("every-page")) as address:
        yield address


@pytest.mark.parametrize("post", POSTS)
def test_every_page_a_post_can_reach_is_there_and_says_nothing_it_may_not(site, post):
    starts = ("/console/", "/") if post else ("/", "/login/", "/receipts/")
    wrong, seen = [], 0
    for path, status, html in Visitor(site, post).pages(*starts):
        seen += 1
        words = QUOTED.sub("", html)
        wrong += [(path, status)] if status != 200 else []
        wrong += [(path, found) for found in FORBIDDEN.findall(words)]
        wrong += [(path, "no 演练数据")] if html and "演练数据" not in html else []
    assert wrong == []
    assert seen > 5


def shape(path: str) -> str:
    """The kind of page an address leads to; the chosen items are looked at each on its own."""
    if any(code in path for code in ITEMS):
        return path
    return re.sub(r"[Ww]-\d+|\d+", "N", path)


def kinds_of_page(site: str, post: str, starts) -> list[str]:
    """One address of each kind of page a post reaches."""
    if starts != ("/console/",):
        return list(starts)
    kinds: dict[str, str] = {}
    for path, status, html in Visitor(site, post).pages(*starts):
        if status == 200 and html and path.startswith("/console/"):
            kinds.setdefault(shape(path), path)
    return list(kinds.values())


@pytest.fixture(scope="module")
def chromium():
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("no chromium on this machine: pages are not looked at here")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


def enter(page, site: str, post: str) -> None:
    page.goto(f"{site}/login/")
    page.fill("input[name=username]", post)
    page.fill("input[name=password]", PASSWORD)
    page.click("form.box button[type=submit]")
    page.wait_for_url("**/console/**")


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("post", LOOKED_AT)
def test_every_kind_of_page_can_be_used_by_everybody_and_breaks_no_policy(
    site, chromium, post, width
):
    context = chromium.new_context(viewport={"width": width, "height": WIDTHS[width]})
    page, wrong = context.new_page(), []
    page.on("console", lambda said: wrong.append((page.url, said.type, said.text)))
    page.on("pageerror", lambda error: wrong.append((page.url, "error", str(error))))
    if post:
        enter(page, site, post)
    for path in kinds_of_page(site, post, LOOKED_AT[post]):
        page.goto(f"{site}{path}")
        page.wait_for_selector("#tip", state="attached")
        for found in Axe().run(page, options=RULES).response["violations"]:
            nodes = [node["html"][:160] for node in found["nodes"][:3]]
            wrong.append((path, found["id"], nodes))
        spill = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        wrong += [(path, f"scrolls {spill} sideways")] if spill > 0 else []
    context.close()
    assert wrong == []
