"""Pages in a real browser, under the strict content policy and without a server or network."""

from __future__ import annotations

import mimetypes
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.shortcuts import render
from django.test import RequestFactory
from playwright.sync_api import Page, Route, sync_playwright

from zhenggai.faces.ui.gallery import REASONS, gallery
from zhenggai.faces.ui.refusals import RefusalMiddleware
from zhenggai.kernel.verdict import Refused

pytestmark = pytest.mark.browser

SITE = "https://zhaoling.test"
POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'"
TRY_TO_CLOSE = """
const button = document.createElement("button");
button.id = "try";
button.setAttribute("hx-post", "/refused/");
document.getElementById("main").append(button);
htmx.process(button);
button.click();
"""


def asked(path: str, **headers: str):
    request = RequestFactory().get(path, headers=headers)
    request.user = AnonymousUser()
    return request


def refused(request):
    return RefusalMiddleware(lambda _request: None).process_exception(request, Refused(*REASONS))


PAGES = {
    "/": gallery,
    "/login/": lambda request: render(request, "ui/login.html", {"login_error": "账号或口令不对"}),
    "/public/": lambda request: render(request, "ui/public.html"),
    "/refused/": refused,
}


def answer(route: Route) -> None:
    path = route.request.url.removeprefix(SITE).split("?")[0]
    if path in PAGES:
        partial = {"HX-Request": "true"} if "hx-request" in route.request.headers else {}
        response = PAGES[path](asked(path, **partial))
        headers = {**dict(response.items()), "Content-Security-Policy": POLICY}
        route.fulfill(status=response.status_code, headers=headers, body=response.content)
        return
    found = finders.find(path.removeprefix("/" + settings.STATIC_URL.lstrip("/")))
    if found is None:
        route.fulfill(status=404)
        return
    kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
    route.fulfill(content_type=kind, body=Path(found).read_bytes())


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    opened.route("**/*", answer)
    opened.complaints = []
    opened.on("console", lambda message: opened.complaints.append(message.text))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    context.close()


def ready(page: Page, path: str) -> None:
    page.goto(SITE + path)
    page.wait_for_selector("#tip", state="attached")


@pytest.mark.parametrize("path", ["/", "/login/", "/public/"])
def test_a_page_breaks_no_policy_and_never_scrolls_sideways(page, path):
    ready(page, path)
    assert page.complaints == []
    for width in (390, 768, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_everything_to_press_is_at_least_24_pixels_high(page):
    ready(page, "/")
    small = page.evaluate(
        """[...document.querySelectorAll("a,button,summary")].filter(e => e.offsetParent &&
           e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"""
    )
    assert small == []


def test_a_failed_log_in_puts_the_focus_on_the_reason(page):
    ready(page, "/login/")
    assert page.evaluate("document.activeElement.textContent") == "账号或口令不对"


def test_the_theme_is_remembered_in_a_cookie(page):
    ready(page, "/public/")
    page.click("[data-act=theme]")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert "theme=dark" in page.evaluate("document.cookie")


def test_a_form_is_sent_once(page):
    ready(page, "/login/")
    page.route("**/elsewhere", lambda route: route.fulfill(status=204))
    page.evaluate("""const form = document.querySelector("form");
        form.noValidate = true; form.action = "/elsewhere"; window.sent = 0;
        addEventListener("submit", (e) => { window.sent += e.defaultPrevented ? 0 : 1; });""")
    page.evaluate("""document.querySelector("form [type=submit]").click();
        document.querySelector("form [type=submit]").click();""")
    page.wait_for_function("""document.querySelector("form [type=submit]").disabled""")
    assert page.evaluate("window.sent") == 1


def test_a_refusal_to_htmx_lands_in_its_slot(page):
    ready(page, "/")
    page.evaluate(TRY_TO_CLOSE)
    page.wait_for_selector("#refusal .refusal", state="attached")
    assert "公示期至2026年9月24日24时" in page.inner_text("#refusal")
