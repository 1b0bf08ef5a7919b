"""Pictures of every page at 1440 and 390 wide, from a demo started for them in a home of its own.

``--docs`` also refreshes docs/pictures/item.png; ``--address`` takes pictures of a demo that runs
already.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

from zhenggai.faces.cli.demo import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
SHOTS = ROOT / "var" / "shots"
PICTURE = ROOT / "docs" / "pictures" / "item.png"
CHROMIUM = "/usr/bin/chromium"
WIDTHS = {1440: 900, 390: 844}
LARGEST = 300_000  # bytes of a picture in the documentation
COLOURS = 256
PUBLIC = {
    "public-home": "",
    "public-item-open": "items/W-037/",
    "public-item-closed": "items/W-023/",
    "public-receipts": "receipts/",
}
CONSOLE = {
    "todo": ("office-1", "console/todo/"),
    "todo-liaison": ("bing", "console/todo/"),
    "todo-acceptor": ("huanbao", "console/todo/"),
    "todo-leader": ("leader", "console/todo/"),
    "documents": ("office-1", "console/documents/"),
    "document": ("office-1", "console/documents/1/"),
    "document-open": ("office-1", "console/documents/2/"),
    "document-list": ("office-1", "console/documents/1/list/"),
    "ledger": ("office-1", "console/ledger/"),
    "ledger-liaison": ("bing", "console/ledger/"),
    "item-doubt": ("office-1", "console/ledger/W-037/"),
    "item-behind": ("office-1", "console/ledger/W-012/"),
    "item-overdue": ("office-1", "console/ledger/W-014/"),
    "item-closed": ("office-1", "console/ledger/W-023/"),
    "item-noticed": ("office-1", "console/ledger/W-025/"),
    "item-central": ("leader", "console/ledger/W-041/"),
    "item-returned": ("bing", "console/ledger/W-038/"),
    "item-acceptor": ("huanbao", "console/ledger/W-022/"),
    "item-empty": ("office-1", "console/ledger/W-063/"),
    "cases": ("office-1", "console/reconcile/"),
    "case": ("office-1", "console/reconcile/2/"),
    "case-decided": ("office-1", "console/reconcile/1/"),
    "places": ("office-1", "console/places/"),
    "place": ("office-1", "console/places/w-037-works/"),
    "papers": ("office-1", "console/papers/"),
    "counts": ("office-1", "console/counts/"),
    "trail": ("audit", "console/trail/"),
    "rules": ("office-1", "console/rules/"),
    "closures": ("office-1", "console/closures/"),
    "visits": ("huanbao", "console/visits/"),
}
# Pictures further down are fetched late; here every one is waited for.
SHOW_ALL = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => {});
}))"""
DARK = ("ledger", "item-doubt")


def main() -> int:
    """Take the pictures and say where they are."""
    options = _options()
    SHOTS.mkdir(parents=True, exist_ok=True)
    with _demo(options.address) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        missing = _take_all(browser, address, options.only)
        if options.docs:
            _take_for_docs(browser, address)
        browser.close()
    print(f"pictures: {SHOTS}")
    for name, status in missing:
        print(f"  no picture of {name}: {status}")
    return 0


def _options() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--docs", action="store_true", help="refresh the README's picture")
    parser.add_argument("--address", default="", help="a demo that runs already")
    parser.add_argument("--only", default="", help="names that contain this")
    return parser.parse_args()


@contextmanager
def _demo(address: str) -> Iterator[str]:
    """Give the address of a running demo; start one in a scratch home when none is named."""
    if address:
        yield address
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="zhenggai-shots-") as home:
        demo = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "zhenggai.faces.cli", "demo", "--port", str(port)],
            env={**os.environ, "ZHENGGAI_HOME": home, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            if not any("已启动" in line for line in demo.stdout or ()):
                raise SystemExit("the demo did not start")
            yield f"http://127.0.0.1:{port}/"
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait()


def _take_all(browser: Browser, address: str, only: str) -> list[tuple[str, int]]:
    """Take every page at every width; return those the site does not have."""
    pages = {name: ("", path) for name, path in PUBLIC.items()} | {"login": ("", "login/")}
    pages |= CONSOLE
    missing = []
    for width in WIDTHS:
        seen: dict[str, Page] = {}
        for name, (post, path) in pages.items():
            if only not in name:
                continue
            page = seen.setdefault(post, _page(browser, address, post, width))
            status = _take(page, f"{address}{path}", SHOTS / f"{name}-{width}.png")
            if status:
                missing.append((f"{name} at {width}", status))
        for page in seen.values():
            page.context.close()
    for name in (name for name in DARK if only in name):
        post, path = CONSOLE[name]
        page = _page(browser, address, post, max(WIDTHS))
        page.context.add_cookies([{"name": "theme", "value": "dark", "url": address}])
        _take(page, f"{address}{path}", SHOTS / f"{name}-dark.png")
        page.context.close()
    return missing


def _page(browser: Browser, address: str, post: str, width: int) -> Page:
    """Open a page of that width, logged in as a post unless it is the public's."""
    page = browser.new_context(viewport={"width": width, "height": WIDTHS[width]}).new_page()
    if post:
        page.goto(f"{address}login/")
        page.fill("input[name=username]", post)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/console/**")
    return page


def _take(page: Page, address: str, file: Path) -> int:
    """Take one picture of a whole page; return the status when there is none."""
    answer = page.goto(address)
    if answer is None or not answer.ok:
        file.unlink(missing_ok=True)
        return answer.status if answer else 0
    page.evaluate(SHOW_ALL)
    page.screenshot(path=file, full_page=True)
    return 0


def _take_for_docs(browser: Browser, address: str) -> None:
    """Take the README's picture, small enough to be kept with the code."""
    page = _page(browser, address, "office-1", 1440)
    page.goto(f"{address}console/ledger/W-037/")
    page.evaluate(SHOW_ALL)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURE)
    page.context.close()
    with Image.open(PICTURE) as full:
        full.convert("RGB").quantize(COLOURS).save(PICTURE, optimize=True)
    if PICTURE.stat().st_size > LARGEST:
        raise SystemExit(f"{PICTURE} has {PICTURE.stat().st_size} bytes, more than {LARGEST}")


if __name__ == "__main__":
    raise SystemExit(main())
