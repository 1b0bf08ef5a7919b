"""两个率: what was due and closed, and apart from it everything and closed; as of a cut-off.

One query, because a rate whose two numbers were read at two moments is no rate. The rule is told
in ``docs/algorithms/two-rates.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from django.db import connection

from zhenggai.kernel.quantities.rounding import round_half_even
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.kernel.workflow.item import Milestone

if TYPE_CHECKING:
    from datetime import date

Manner = Literal["rounded", "truncated"]
EVER = 2**63 - 1  # an entry not yet sealed is known only to those who ask for everything
PLACES = 1
WHOLE = 100

_VERSION = """
    SELECT version.id, version.no
      FROM ledger_listversion version
      JOIN ledger_list list ON list.id = version.list_id
      LEFT JOIN trail_seal seal ON seal.entry_id = version.entry_id
     WHERE list.key = %(list_key)s
       AND version.in_force_on <= %(cutoff)s
       AND COALESCE(seal.seq, %(ever)s) <= %(known)s
     ORDER BY version.no DESC
     LIMIT 1
"""
# 1 when a leader set something aside for it, 0 when not, nothing when it is not done.
_DONE = """
    SELECT MAX(CASE WHEN move.overridden THEN 1 ELSE 0 END)
      FROM ledger_move move
      LEFT JOIN trail_seal seal ON seal.entry_id = move.entry_id
     WHERE move.item_id = listing.item_id
       AND move.milestone = %(basis)s
       AND move.effective_on <= %(cutoff)s
       AND COALESCE(seal.seq, %(ever)s) <= %(known)s
       AND NOT EXISTS (
           SELECT 1
             FROM ledger_undoing undoing
             LEFT JOIN trail_seal undone ON undone.entry_id = undoing.entry_id
            WHERE undoing.move_id = move.id
              AND undoing.effective_on <= %(cutoff)s
              AND COALESCE(undone.seq, %(ever)s) <= %(known)s)
"""
_LINE = f"""
    SELECT COALESCE(
               (SELECT extension.new_due_on
                  FROM ledger_extension extension
                  LEFT JOIN trail_seal seal ON seal.entry_id = extension.decided_id
                 WHERE extension.listing_id = listing.id
                   AND extension.granted
                   AND extension.decided_on <= %(cutoff)s
                   AND COALESCE(seal.seq, %(ever)s) <= %(known)s
                 ORDER BY extension.id DESC
                 LIMIT 1),
               listing.due_on) AS due_on,
           ({_DONE}) AS set_aside
      FROM ledger_listing listing
      JOIN version ON version.id = listing.version_id
     WHERE listing.counts
"""  # noqa: S608 - joined from the constants above; every value is a parameter
_COUNT = f"""
    WITH version AS ({_VERSION}), line AS MATERIALIZED ({_LINE})
    SELECT (SELECT no FROM version),
           COUNT(*),
           COUNT(line.set_aside),
           COALESCE(SUM(CASE WHEN line.due_on <= %(cutoff)s THEN 1 ELSE 0 END), 0),
           COALESCE(SUM(CASE WHEN line.due_on <= %(cutoff)s AND line.set_aside IS NOT NULL
                             THEN 1 ELSE 0 END), 0),
           COALESCE(SUM(CASE WHEN line.due_on > %(cutoff)s AND line.set_aside IS NOT NULL
                             THEN 1 ELSE 0 END), 0),
           COALESCE(SUM(line.set_aside), 0)
      FROM line
"""  # noqa: S608 - same


@dataclass(frozen=True, slots=True)
class Rates:
    """Two rates that never share a denominator, and what they were counted by.

    Parameters
    ----------
    early
        Done before their 文件时限, which is still to come: in all, not in due.
    set_aside
        Among all done, those a leader approved against a verdict in writing; printed apart.
    """

    list_key: str
    version_no: int
    all_n: int
    all_done: int
    due_n: int
    due_done: int
    early: int
    set_aside: int
    basis: Milestone
    cutoff: date

    @property
    def due_share(self) -> str:
        """Done of what fell due, printed."""
        return percent(self.due_done, self.due_n)

    @property
    def all_share(self) -> str:
        """Done of all lines, printed."""
        return percent(self.all_done, self.all_n)

    def sentence(self, manner: Manner = "rounded") -> str:
        """Say both rates the way the cockpit and every bulletin print them."""
        done = self.basis.label
        early = f"，其中提前{self.early}项" if self.early else ""
        apart = f"，另有书面核准{self.set_aside}项单列" if self.set_aside else ""
        return (
            f"到期{self.due_n}项，{done}{self.due_done}项"
            f"（{percent(self.due_done, self.due_n, manner)}）；"
            f"全部{self.all_n}项，{done}{self.all_done}项"
            f"（{percent(self.all_done, self.all_n, manner)}）{early}{apart}"
        )


def rates(
    list_key: str,
    cutoff_on: date,
    known_seq: int | None = None,
    basis: Milestone = Milestone.CLOSED,
) -> Rates:
    """Count a list as of a cut-off by what was known then.

    Parameters
    ----------
    cutoff_on
        24:00 of this day: what took effect later does not count.
    known_seq
        The trail's seal up to which we knew; nothing means everything known now.
    basis
        What is counted as done; it is always printed.
    """
    asked: dict[str, str | int | date] = {
        "list_key": list_key,
        "cutoff": cutoff_on,
        "known": EVER if known_seq is None else known_seq,
        "ever": EVER,
        "basis": basis.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, asked)
        no, all_n, all_done, due_n, due_done, early, set_aside = cursor.fetchone()
    if no is None:
        text = f"{cutoff_on}时清单“{list_key}”没有施行中的版本"
        raise Refused(Reason("no-version", text, "核对清单编号和截止日"))
    return Rates(list_key, no, all_n, all_done, due_n, due_done, early, set_aside, basis, cutoff_on)


def percent(done: int, of: int, manner: Manner = "rounded", places: int = PLACES) -> str:
    """Print a share; whether a bulletin rounds or cuts off is its own rule and printed with it.

    Examples
    --------
    >>> percent(1189, 1501), percent(2, 3), percent(2, 3, "truncated")
    ('79.2%', '66.7%', '66.6%')
    >>> percent(0, 0)
    '无'
    """
    if of == 0:
        return "无"
    share = Fraction(done * WHOLE, of)
    if manner == "rounded":
        return f"{round_half_even(share, places)}%"
    return f"{Decimal(share.numerator * 10**places // share.denominator).scaleb(-places)}%"
