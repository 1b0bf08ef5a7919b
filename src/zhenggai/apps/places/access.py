"""Which posts may do what asks for no more than a role: one condition a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from zhenggai.kernel.workflow.facts import Actor


def admit(actor: Actor, roles: tuple[str, ...], doing: str) -> None:
    """Refuse a post whose role may not do this; the installation itself always may."""
    if actor.role != "system" and actor.role not in roles:
        text = f"{actor.title}无权{doing}"
        raise Refused(Reason("wrong-role", text, "由有权岗位办理"))
