"""演练站点: the demo served by the command itself, and a visitor who follows every link of it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from contextlib import contextmanager
from html import unescape
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

from zhenggai.faces.cli.demo import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 120.0  # seconds for the demo to be there; a busy machine takes its time


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Give the address of a demo started in a home of its own, and stop it afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    demo = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "zhenggai.faces.cli", "demo", "--port", str(port)],
        env={**os.environ, "ZHENGGAI_HOME": str(home), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        begun = time.monotonic()
        for line in demo.stdout or ():
            if "已启动" in line:
                break
            if time.monotonic() - begun > PATIENCE:
                raise RuntimeError("the demo did not start in time")
        else:
            raise RuntimeError("the demo ended before it was there")
        yield f"http://127.0.0.1:{port}"
    finally:
        demo.send_signal(signal.SIGINT)
        demo.communicate(timeout=PATIENCE)


class Visitor:
    """Somebody with a browser without scripts; logged in when a post is named."""

    def __init__(self, site: str, post: str = "") -> None:
        self.site = site
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        if post:
            form = self.get("/login/")[1]
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form).group(1)
            said = {"csrfmiddlewaretoken": token, "username": post, "password": PASSWORD}
            self.opener.open(f"{site}/login/", urlencode(said).encode())

    def get(self, path: str) -> tuple[int, str]:
        """The status and the words of a page."""
        try:
            with self.opener.open(f"{self.site}{path}") as answer:
                html = answer.headers.get_content_type() == "text/html"
                return answer.status, answer.read().decode() if html else ""
        except HTTPError as error:
            return error.code, error.read().decode()

    def pages(self, *starts: str) -> Iterator[tuple[str, int, str]]:
        """Every page that can be reached by links: its path, status and words; queries once."""
        waiting, seen = deque(starts), set(starts)
        while waiting:
            path = waiting.popleft()
            status, html = self.get(path)
            yield path, status, html
            for href in map(unescape, re.findall(r'<a\b[^>]*\shref="([^"]+)"', html)):
                found = urlsplit(urljoin(path, href))
                if not found.netloc and found.path not in seen:
                    seen.add(found.path)
                    waiting.append(found.path)
