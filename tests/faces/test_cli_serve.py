from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from zhenggai.faces.cli.main import main

PATIENCE = 60


def cli(*words: str) -> list[str]:
    return [sys.executable, "-m", "zhenggai.faces.cli", *words]


def environment(home) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"ZHENGGAI_DATABASE", "PYTEST_VERSION"}}
    return {**kept, "ZHENGGAI_HOME": str(home), "PYTHONUNBUFFERED": "1"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder whose tables are there."""
    folder = tmp_path_factory.mktemp("home")
    subprocess.run(cli("migrate"), env=environment(folder), check=True, capture_output=True)  # noqa: S603
    return folder


@pytest.fixture
def serving(home):
    """A served installation: the process, its port, and the first line it printed."""
    port = free_port()
    process = subprocess.Popen(  # noqa: S603
        cli("serve", "--port", str(port)),
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = next(line for line in process.stdout if line.startswith("已启动"))
    yield process, port, said
    process.kill()
    process.communicate(timeout=PATIENCE)


def children(pid: int) -> list[int]:
    return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def status(port: int) -> int:
    asked = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    asked.request("GET", "/console/", headers={"Connection": "close"})
    try:
        return asked.getresponse().status
    finally:
        asked.close()


def takeable(port: int) -> bool:
    with socket.create_server(("127.0.0.1", port)):
        return True


def test_a_busy_port_is_one_sentence_that_names_it_and_the_option(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"端口 {port} 不可用" in said
    assert f"port {port} is not available" in said
    assert "--port" in said


@pytest.mark.parametrize(("option", "value"), [("--port", "70000"), ("--host", "203.0.113.9.9")])
def test_an_address_that_is_none_is_refused(capsys, option, value):
    assert main(["serve", option, value]) == 1
    assert "不可用" in capsys.readouterr().err


@pytest.mark.slow
def test_tables_that_are_not_there_are_not_served(tmp_path):
    asked = cli("serve", "--port", str(free_port()))
    done = subprocess.run(  # noqa: S603
        asked, env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "先运行 zhenggai migrate" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_web_server_and_worker_together(serving, number):
    process, port, said = serving
    assert f"http://127.0.0.1:{port}/" in said
    assert status(port) in {200, 302}
    assert len(children(process.pid)) == 2
    process.send_signal(number)
    rest, _ = process.communicate(timeout=PATIENCE)  # ends when nobody holds the pipe any more
    assert process.returncode == 0
    assert "已停止" in rest
    assert takeable(port)


@pytest.mark.slow
def test_children_end_when_their_parent_is_killed(serving):
    process, port, _ = serving
    process.kill()
    process.communicate(timeout=PATIENCE)
    assert takeable(port)


@pytest.mark.slow
@pytest.mark.parametrize(("no", "name"), [(0, "网页服务"), (1, "后台工人")])
def test_when_one_child_falls_the_other_is_stopped_and_it_is_said(serving, no, name):
    process, port, _ = serving
    os.kill(children(process.pid)[no], signal.SIGKILL)
    rest, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert f"{name}意外退出" in rest
    assert takeable(port)
