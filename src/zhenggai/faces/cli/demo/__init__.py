"""演练: ``zhenggai demo`` loads the invented city once and serves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from threading import Event

PASSWORD = "zhaoling-2026"  # noqa: S105 - an invented city has no secrets
_MAY = (
    ("office-1", "台账岗：登记来文、交办、函询、公示、核准，看全部事项"),
    ("office-2", "核对岗：第二人确认，看全部事项"),
    ("leader", "分管副市长：签批销号、同意上报，看全部事项"),
    ("jia yi bing ding", "甲县、乙区、丙县、丁县联络岗：报方案、进度、佐证，申请销号"),
    ("zhujian", "市住建局验收岗：批复方案、现场核查、初验"),
    ("huanbao", "市生态环境局复核岗：复核"),
    ("inspect-1 inspect-2", "核查岗：回头看，反弹线索"),
    ("firm-b", "企业环保专员：只看本企业事项"),
    ("audit", "审计岗：只读，看全部事项和留痕"),
    ("sysadmin secadmin auditadmin", "三员：系统、安全、审计，不看事项"),
)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from zhenggai.faces.cli import serve  # noqa: PLC0415 - the plants alone need no Django

    serve.add_arguments(parser)


def run(options: Namespace) -> int:
    """Take the port, load the story where it is not there yet, serve until told to stop."""
    from zhenggai.faces.cli.serve import serve  # noqa: PLC0415 - the plants alone need no Django

    return serve(options.host, options.port, _greeting, ready=_ready)


def _ready(stop: Event) -> None:
    from zhenggai.faces.cli.demo.load import load  # noqa: PLC0415 - chapters awake

    print("准备演练数据（首次约需半分钟）……", flush=True)
    load(stop)


def _greeting(here: str) -> str:
    rows = "\n".join(f"  {logins:<28}  {may}" for logins, may in _MAY)
    return (
        f"\n演练数据：昭陵市为虚构城市，演练时间自2026年8月6日8时起\n\n"
        f"公开页面  {here}\n控制台    {here}console/\n\n"
        f"账号（口令均为 {PASSWORD}）\n{rows}\n\n按 Ctrl-C 停止；再次运行从原处继续"
    )
