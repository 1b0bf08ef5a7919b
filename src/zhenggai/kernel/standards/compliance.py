"""达标判定: one value against one limit, and the multiple by which it exceeds.

From   Multiples as published in inspection notices, (C−S)/S; limits of the edition in force.
Takes  A ``Reading``, the edition, grade and conditions of its day.
Gives  A ``Verdict`` with the limit, its clause and the multiple in the reason.
Never  Counts a value below detection as zero, as its detection limit, or as a pass when the
       detection limit itself is above the limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.kernel.standards.model import CannotTell, limit
from zhenggai.kernel.standards.printed import plain
from zhenggai.kernel.verdict import Answer, Reason, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from zhenggai.kernel.standards.model import Limit, Standard

_PLACES = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of one item (一个监测值); ``below_detection`` makes it the detection limit."""

    item: str
    name: str
    value: Fraction
    below_detection: bool = False
    ref: str = ""


def exceedance(value: Fraction, allowed: Fraction) -> Fraction:
    """Multiple of exceedance (超标倍数), (C−S)/S; negative while within the limit."""
    return (value - allowed) / allowed


def exceeded(value: Fraction, allowed: Fraction) -> str:
    """Print the multiple as notices do: 超标0.55倍."""
    printed = plain(exceedance(value, allowed), _PLACES)
    return f"超标{printed}倍" if printed != "0" else "超标不足0.01倍"


def judge(
    reading: Reading, standard: Standard, grade: str, conditions: Mapping[str, Fraction]
) -> Verdict:
    """Judge one value; a missing condition matters only where the limits would disagree."""
    found = limit(standard, reading.item, grade, conditions)
    if not isinstance(found, CannotTell):
        return compare(reading, found, standard)
    loosest_first = sorted(found.candidates, key=lambda x: -x.value)
    verdicts = [compare(reading, x, standard) for x in loosest_first]
    if verdicts and len({v.answer for v in verdicts}) == 1:
        return verdicts[0]
    reason = found.reason
    facts = (reading.ref,) if reading.ref else ()
    return Verdict(Answer.CANNOT_TELL, (Reason(reason.code, reason.text, reason.remedy, facts),))


def compare(reading: Reading, allowed: Limit, standard: Standard) -> Verdict:
    """Hold one value against one limit."""
    facts = (reading.ref,) if reading.ref else ()
    if reading.value <= allowed.value:
        return Verdict(Answer.MET)
    if reading.below_detection:
        most = plain(allowed.value)
        text = (
            f"{reading.name}检出限{plain(reading.value)} {allowed.unit}，检出限高于限值{most}，"
            f"无法判定（{standard.name} {allowed.clause}）"
        )
        remedy = f"请用检出限不高于{most}的方法复测"
        return Verdict(Answer.CANNOT_TELL, (Reason("detection-above-limit", text, remedy, facts),))
    text = (
        f"{reading.name}{plain(reading.value)} {allowed.unit}，"
        f"{exceeded(reading.value, allowed.value)}（限值{plain(allowed.value)}，"
        f"{standard.name} {allowed.clause}{'' if allowed.verified else '，未核对'}）"
    )
    return Verdict(Answer.NOT_MET, (Reason("exceeded", text, "查明原因，达标后补测", facts),))
