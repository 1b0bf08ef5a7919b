"""两个率: two denominators that never mix, counted as of a cut-off by what was known then."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on, system
from tests.world_ledger import CAMPAIGN, listed, open_zhaoling

from zhenggai.apps.ledger.actions import issue_list
from zhenggai.apps.ledger.extensions import ask_extension, decide_extension
from zhenggai.apps.ledger.lines import Heading, Line
from zhenggai.apps.ledger.models import Extension, Item, Move, Undoing
from zhenggai.apps.ledger.rates import percent, rates
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.sealing import known_seq, seal_all
from zhenggai.kernel.verdict import Refused
from zhenggai.kernel.workflow.item import Milestone

GONE, AHEAD = date(2026, 8, 31), date(2026, 12, 31)
CUTOFF = date(2026, 8, 31)


def line(n: int, due: date | None, **changes) -> Line:
    """One bare line: a rate asks for a code and a date only."""
    said = {
        "number": str(n),
        "code": f"R-{n:04}",
        "title": f"第{n}项",
        "deadline_kind": "exact" if due else "unknown",
        "deadline_iso": due.isoformat() if due else "",
        "due_on": due,
    }
    return Line(**(said | changes))


def issued(due_n: int, ahead_n: int, *, key: str = "city") -> None:
    """A list with so many lines due by the cut-off and so many later; the due ones come first."""
    days = [GONE] * due_n + [AHEAD] * ahead_n
    listed(*(line(n, day) for n, day in enumerate(days, 1)), key=key)


@once
def moved(
    codes: tuple[str, ...], milestone: str, effective_on: date, *, overridden: bool = False, act
) -> str:
    """Stand-in for the long way to a milestone: moves with their entries, nothing else."""
    items = Item.objects.in_bulk(codes, field_name="code")
    Move.objects.bulk_create(
        Move(
            item=items[code],
            verb="close",
            source="noticed",
            target="closed",
            milestone=milestone,
            effective_on=effective_on,
            entry=note(act, "ledger.item.closed", f"item:{code}", item=code),
            run_ref="run:1",
            overridden=overridden,
        )
        for code in codes
    )
    return f"item:{codes[0]}"


@once
def rebounded(code: str, effective_on: date, *, act) -> str:
    """Stand-in for a confirmed rebound: the closing no longer counts from a day on."""
    entry = note(act, "ledger.item.rebounded", f"item:{code}", item=code)
    past = Move.objects.get(item__code=code, milestone="closed")
    Undoing.objects.create(move=past, effective_on=effective_on, entry=entry)
    return f"item:{code}"


def closed(first: int, last: int, effective_on: date, at=None, **how) -> None:
    """Lines ``first`` to ``last`` are closed."""
    codes = tuple(f"R-{n:04}" for n in range(first, last + 1))
    moved(codes, "closed", effective_on, act=system(at or on(9, 1)), **how)


def sealed() -> int:
    """Seal what is open and say how far it goes."""
    seal_all()
    return known_seq()


@pytest.fixture
def campaign(zhaoling):
    """昭陵市 with its campaign open."""
    open_zhaoling()


def test_the_province_s_published_rates_of_2020_10_14(campaign):
    issued(975, 526, key="hunan")
    closed(1, 964, date(2026, 8, 1))
    closed(976, 1200, date(2026, 8, 2))
    found = rates("hunan", CUTOFF)
    assert (found.all_n, found.all_done, found.due_n, found.due_done) == (1501, 1189, 975, 964)
    assert percent(found.all_done, found.all_n) == "79.2%"
    assert percent(found.due_done, found.due_n) == "98.9%"
    assert found.early == 225


def test_the_sentence_on_top_is_that_of_the_story(campaign, django_assert_num_queries):
    issued(118, 202)
    closed(1, 96, GONE)
    closed(119, 135, GONE)
    with django_assert_num_queries(1):
        found = rates("city", CUTOFF)
    assert found.sentence() == (
        "到期118项，已销号96项（81.4%）；全部320项，已销号113项（35.3%），其中提前17项"
    )
    assert (found.version_no, found.basis, found.cutoff) == (1, Milestone.CLOSED, CUTOFF)


def test_what_was_closed_then_stays_closed_then_after_a_rebound(campaign):
    issued(0, 120)
    closed(1, 61, date(2026, 6, 30), at=on(6, 30))
    closed(62, 113, date(2026, 9, 10), at=on(9, 10))
    rebounded("R-0007", date(2026, 9, 16), act=system(on(9, 16)))
    assert rates("city", date(2026, 6, 30)).all_done == 61
    assert rates("city", date(2026, 9, 15)).all_done == 113
    assert rates("city", date(2026, 9, 16)).all_done == 112


def test_what_was_entered_later_was_not_known_then(campaign):
    issued(10, 0)
    closed(1, 4, date(2026, 8, 1))
    known = sealed()
    closed(5, 6, date(2026, 8, 2))
    sealed()
    assert rates("city", CUTOFF).all_done == 6
    assert rates("city", CUTOFF, known).all_done == 4
    rebounded("R-0001", date(2026, 8, 20), act=system(on(9, 20)))
    assert rates("city", CUTOFF).all_done == 5
    assert rates("city", CUTOFF, known).all_done == 4


def test_an_entry_nobody_has_sealed_is_known_only_to_those_who_ask_for_everything(campaign):
    issued(3, 0)
    known = sealed()
    closed(1, 1, date(2026, 8, 1))
    assert (rates("city", CUTOFF).all_done, rates("city", CUTOFF, known).all_done) == (1, 0)


def test_the_version_in_force_at_the_cut_off_is_counted_and_named(campaign):
    issued(2, 0)
    nxt = Heading(CAMPAIGN, "city", "市级清单", "市", date(2026, 8, 1))
    lines = tuple(line(n, GONE) for n in range(1, 6))
    issue_list(nxt, lines, act=act("office-1", on(7, 20)))
    before, after = rates("city", date(2026, 7, 31)), rates("city", date(2026, 8, 1))
    assert (before.version_no, before.all_n) == (1, 2)
    assert (after.version_no, after.all_n) == (2, 5)
    assert Item.objects.count() == 5


def test_before_any_version_there_is_no_rate(campaign):
    issued(2, 0)
    with pytest.raises(Refused, match="没有施行中的版本") as refused:
        rates("city", date(2026, 5, 21))
    assert refused.value.reasons[0].remedy


def test_a_standing_duty_is_in_neither_denominator(campaign):
    listed(line(1, GONE), line(2, None, deadline_kind="standing"))
    found = rates("city", CUTOFF)
    assert (found.all_n, found.due_n) == (1, 1)


def test_a_line_whose_date_nobody_knows_is_in_all_and_never_early(campaign):
    listed(line(1, GONE), line(2, None))
    closed(2, 2, date(2026, 8, 1))
    found = rates("city", CUTOFF)
    assert (found.all_n, found.all_done, found.due_n, found.early) == (2, 1, 1, 0)


def test_two_lists_count_the_same_item_each_by_its_own_date(campaign):
    listed(line(1, GONE), key="housing")
    listed(line(1, AHEAD), key="summer")
    closed(1, 1, date(2026, 8, 1))
    assert (rates("housing", CUTOFF).due_done, rates("housing", CUTOFF).early) == (1, 0)
    assert (rates("summer", CUTOFF).due_n, rates("summer", CUTOFF).early) == (0, 1)


def test_the_basis_is_counted_and_printed(campaign):
    issued(4, 0)
    moved(("R-0001", "R-0002"), "built", date(2026, 8, 1), act=system(on(8, 1)))
    found = rates("city", CUTOFF, basis=Milestone.BUILT)
    assert found.sentence() == "到期4项，已申报2项（50.0%）；全部4项，已申报2项（50.0%）"
    assert rates("city", CUTOFF).all_done == 0


def test_a_closing_a_leader_set_aside_is_counted_apart(campaign):
    issued(4, 0)
    closed(1, 1, date(2026, 8, 1))
    closed(2, 2, date(2026, 8, 1), overridden=True)
    found = rates("city", CUTOFF)
    assert (found.all_done, found.set_aside) == (2, 1)
    assert found.sentence().endswith("，另有书面核准1项单列")


def test_a_granted_day_moves_the_line_out_of_due_from_the_decision_on(campaign):
    listed(
        line(1, GONE, theme="township-sewage", duties=(("territorial", "jia-gov"),)),
        line(2, GONE),
    )
    ask_extension("R-0001", AHEAD, "汛期停工", act=act("jia", on(8, 20)))
    extension = Extension.objects.get()
    known = sealed()
    decide_extension(extension.pk, "1号", granted=True, act=act("leader", on(8, 25)))
    sealed()
    assert rates("city", CUTOFF).due_n == 1
    assert rates("city", CUTOFF, known).due_n == 2


def test_nothing_due_is_said_and_not_divided(campaign):
    issued(0, 2)
    assert rates("city", CUTOFF).sentence().startswith("到期0项，已销号0项（无）")


def test_cutting_off_is_not_rounding():
    assert (percent(5086, 10000), percent(5086, 10000, "truncated")) == ("50.9%", "50.8%")
    assert percent(7, 7) == percent(7, 7, "truncated") == "100.0%"
