"""进程: the web server and the worker as children of one parent that ends when they do.

The parent holds the listening socket, so a busy port is known before anything starts; children
are in sessions of their own, so Ctrl-C reaches the parent alone and it stops them in order.
"""

from __future__ import annotations

import ctypes
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
HIGHEST_PORT = 65535
_BACKLOG = 256
_LOOK_EVERY = 0.3  # seconds
_GRACE = 8.0  # seconds
_READY = 60.0  # seconds
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class BusyPortError(Exception):
    """Somebody else listens there, or we may not."""


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; it is handed to the web server as it is.

    Raises
    ------
    BusyPortError
        When the port is taken.
    Refused
        When the host is none of this machine, or the port is none.
    """
    if not 0 <= port <= HIGHEST_PORT:
        text = f"端口{port}不可用，不在0至{HIGHEST_PORT}之间"
        raise Refused(Reason("no-port", text, "核对--port"))
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        opened = socket.socket(family, kind, proto)
    except OSError as error:
        text = f"地址{host}不可用（{error.strerror}）"
        raise Refused(Reason("no-host", text, "核对--host")) from None
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind(address)
        opened.listen(_BACKLOG)
    except OSError as error:
        opened.close()
        raise BusyPortError(error.strerror) from None
    return opened


class Children:
    """The processes started here, by the name a person reads."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str, fd: int | None = None) -> None:
        """Start the interpreter of this environment on a command."""
        self._running[name] = subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, *command],
            stdin=subprocess.DEVNULL,
            pass_fds=() if fd is None else (fd,),
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - no threads here yet
        )

    def fallen(self) -> str:
        """Say which child has ended by itself, or nothing."""
        for name, child in self._running.items():
            if (code := child.poll()) is not None:
                return f"{name}意外退出（代码{code}）"
        return ""

    def stop(self) -> None:
        """Ask all to end, wait a little, then end those that did not."""
        for child in self._running.values():
            child.terminate()
        until = monotonic() + _GRACE
        for child in self._running.values():
            try:
                child.wait(max(0.1, until - monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self._running.clear()


@contextmanager
def told_to_stop() -> Iterator[Event]:
    """Give an event that is set when somebody asks this process to end."""
    event = Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        event.set()

    before = {number: signal.signal(number, stop) for number in STOPPING}
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def answers(address: str, children: Children, stop: Event) -> bool:
    """Wait until the web server answers; no when it fell or somebody asks to end."""
    where = urlsplit(address)
    until = monotonic() + _READY
    while monotonic() < until and not children.fallen() and not stop.is_set():
        asked = HTTPConnection(where.hostname or "", where.port, timeout=_READY)
        try:
            asked.request("GET", "/", headers={"Connection": "close"})
            asked.getresponse()
        except (OSError, HTTPException):
            stop.wait(_LOOK_EVERY)
        else:
            return True
        finally:
            asked.close()
    return False


def watch(children: Children, stop: Event) -> str:
    """Wait until told to stop, or until a child falls; return what fell."""
    while not stop.wait(_LOOK_EVERY):
        if fallen := children.fallen():
            return fallen
    return ""


def _die_with_parent() -> None:
    """Let Linux end a child whose parent was killed, so that no port stays taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
