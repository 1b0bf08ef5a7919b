"""开站: ``zhenggai serve`` runs web server and worker over a checked installation."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from zhenggai.faces.cli.installation import wake
from zhenggai.faces.cli.processes import (
    HIGHEST_PORT,
    BusyPortError,
    Children,
    answers,
    listening,
    told_to_stop,
    watch,
)
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.packs.broken import BrokenPackError
from zhenggai.packs.shelf import HERE
from zhenggai.stores.shelf import load_shelf

if TYPE_CHECKING:
    import socket
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable
    from threading import Event

    Ready = Callable[[Event], None]

HOST = "127.0.0.1"
PORT = 8000
_ANY = {"0.0.0.0": HOST, "::": "::1"}  # noqa: S104 - what a person asked for, shown as loopback
_WEB = (
    *("-m", "gunicorn", "zhenggai.config.wsgi:application", "--worker-class", "gthread"),
    *("--workers", "2", "--threads", "8", "--graceful-timeout", "3", "--log-level", "warning"),
    *("--no-control-socket", "--worker-tmp-dir", "/dev/shm"),  # noqa: S108 - memory, not a file
)
_WORKER = ("-m", "zhenggai.faces.cli", "work")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--host", default=HOST, help=f"监听地址，默认{HOST}")
    parser.add_argument("--port", type=int, default=PORT, help=f"监听端口，默认{PORT}")


def run(options: Namespace) -> int:
    """Serve until told to stop."""
    return serve(options.host, options.port, _nothing_more)


def serve(host: str, port: int, greeting: Callable[[str], str], ready: Ready | None = None) -> int:
    """Take the port, get ready, start, greet, and stop everything together.

    Parameters
    ----------
    greeting
        From the address to what is printed below it, once the site answers.
    ready
        What has to be done before anything starts, such as loading the demo.
    """
    os.environ.setdefault("ZHENGGAI_HOSTS", f"localhost,127.0.0.1,[::1],{host}")
    wake()
    with told_to_stop() as stop:
        try:
            opened = listening(host, port)
        except BusyPortError as error:
            print(busy(port, error), file=sys.stderr)
            return 1
        with opened:
            if ready is not None:
                ready(stop)
            if stop.is_set():
                return 0
            require_ready()
            fallen = _until_told(opened, address(host, opened.getsockname()[1]), greeting, stop)
    if fallen:
        print(f"{fallen}，已一并停止", file=sys.stderr)
        return 1
    print("已停止", flush=True)
    return 0


def _until_told(
    opened: socket.socket, here: str, greeting: Callable[[str], str], stop: Event
) -> str:
    """Run web server and worker until told to stop; return what fell by itself."""
    children = Children()
    try:
        fd = opened.fileno()
        children.start("网页服务", *_WEB, "--bind", f"fd://{fd}", fd=fd)
        children.start("后台工人", *_WORKER)
        if answers(here, children, stop):
            print(f"已启动：{here}　按 Ctrl-C 停止\n{greeting(here)}".rstrip(), flush=True)
        return watch(children, stop)
    finally:
        children.stop()


def _nothing_more(_address: str) -> str:
    return ""


def busy(port: int, error: BusyPortError) -> str:
    """Say that a port is taken and how to use another."""
    other = port + 1 if 0 < port < HIGHEST_PORT else PORT
    return (
        f"端口 {port} 不可用（{error}），请用 --port {other} 换一个端口"
        f" / port {port} is not available; choose another with --port"
    )


def address(host: str, port: int) -> str:
    """Return where a browser finds the site."""
    shown = _ANY.get(host, host)
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def require_ready() -> None:
    """Refuse to serve tables that are not there, or what Django's own checks find wrong.

    Raises
    ------
    Refused
        With the file and line of a broken pack, the command that makes the tables, or every
        error the checks found.
    """
    try:
        load_shelf((HERE, *settings.PACK_ROOTS))
    except BrokenPackError as broken:
        text = f"规则包损坏：{broken}"
        raise Refused(Reason("broken-pack", text, "按所指文件与行改正")) from None
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        text = "数据库的表尚未建立，或不是本版本的表"
        raise Refused(Reason("not-migrated", text, "先运行 zhenggai migrate"))
    errors = [
        found for found in run_checks(include_deployment_checks=False) if found.level >= ERROR
    ]
    if errors:
        raise Refused(*(Reason(str(e.id), e.msg, e.hint or "按提示更正") for e in errors))
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()
