"""延期: only before due, only from whoever set the date; the old day stays in view."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on
from tests.world_ledger import assigned, listed, plant_line

from zhenggai.apps.ledger.extensions import ask_extension, decide_extension
from zhenggai.apps.ledger.models import Extension
from zhenggai.apps.ledger.queries import binding_due, deadlines
from zhenggai.apps.trail.models import Entry
from zhenggai.kernel.verdict import Refused

OLD, NEW = date(2026, 8, 31), date(2026, 10, 8)


def asked(*, level: str = "市", at=on(8, 31, 17)) -> Extension:  # noqa: B008 - a moment, not a list
    """An extension 甲县 asked for on the last day."""
    assigned("J-1", "jia", due=OLD)
    if level != "市":
        listed(plant_line("J-1", "jia", due=date(2026, 8, 31)), key="above", level=level)
    ask_extension("J-1", NEW, "汛期停工", act=act("jia", at))
    return Extension.objects.get()


def test_on_the_last_day_it_can_still_be_asked_for(zhaoling):
    extension = asked()
    assert (extension.goes_to, extension.old_due_on, extension.granted) == ("报市级", OLD, None)


def test_a_day_later_it_is_refused_and_the_refusal_is_kept(zhaoling):
    assigned("J-1", "jia", due=OLD)
    with pytest.raises(Refused, match="已过文件时限，请走超期说明"):
        ask_extension("J-1", NEW, "汛期停工", act=act("jia", on(9, 1, 8)))
    assert not Extension.objects.exists()
    assert Entry.objects.filter(verb="trail.step.refused", item_ref="J-1").exists()


def test_the_city_cannot_grant_what_the_province_set(zhaoling):
    assigned("J-1", "jia", due=date(2026, 9, 30))
    listed(plant_line("J-1", "jia", due=OLD), key="province", level="省")
    ask_extension("J-1", NEW, "汛期停工", act=act("jia", on(8, 31, 17)))
    extension = Extension.objects.get()
    assert extension.goes_to == "提请省级"
    with pytest.raises(Refused, match="未填写上级批复文号"):
        decide_extension(extension.pk, "", granted=True, act=act("leader", on(9, 1)))
    decide_extension(
        extension.pk, "省整改办函〔2026〕7号", granted=True, act=act("office-1", on(9, 3))
    )
    extension.refresh_from_db()
    assert extension.granted
    assert binding_due(extension.listing.item, on(9, 4).date()) == date(2026, 9, 30)


def test_a_granted_day_binds_and_the_printed_one_stays_in_view(zhaoling):
    extension = asked()
    item = extension.listing.item
    assert binding_due(item, OLD) == OLD
    decide_extension(extension.pk, "市政府批复1号", granted=True, act=act("leader", on(9, 2)))
    assert binding_due(item, date(2026, 9, 1)) == OLD
    assert binding_due(item, date(2026, 9, 2)) == NEW
    (line,) = deadlines(item, date(2026, 9, 2))
    assert (line.printed, line.due_on, line.binds) == (OLD, NEW, True)


def test_a_refused_extension_moves_nothing(zhaoling):
    extension = asked()
    decide_extension(extension.pk, "市政府批复2号", granted=False, act=act("leader", on(9, 2)))
    assert binding_due(extension.listing.item, date(2026, 9, 2)) == OLD
    with pytest.raises(Refused, match="没有这件在办"):
        decide_extension(extension.pk, "再批", granted=True, act=act("leader", on(9, 3)))


@pytest.mark.parametrize(
    ("post", "new", "reason", "code"),
    [
        ("bing", NEW, "汛期停工", "not-responsible"),
        ("jia", OLD, "汛期停工", "not-later"),
        ("jia", NEW, " ", "no-reason"),
        ("office-1", NEW, "汛期停工", "wrong-role"),
    ],
)
def test_who_may_ask_for_what_and_why(zhaoling, post, new, reason, code):
    assigned("J-1", "jia", due=OLD)
    with pytest.raises(Refused) as refused:
        ask_extension("J-1", new, reason, act=act(post, on(8, 20)))
    assert [r.code for r in refused.value.reasons] == [code]
    assert refused.value.reasons[0].remedy


def test_one_extension_at_a_time_and_a_second_press_is_the_same_one(zhaoling):
    assigned("J-1", "jia", due=OLD)
    pressed = act("jia", on(8, 20))
    first = ask_extension("J-1", NEW, "汛期停工", act=pressed)
    assert ask_extension("J-1", NEW, "汛期停工", act=pressed) == first
    with pytest.raises(Refused, match="已有在办"):
        ask_extension("J-1", NEW, "再申请", act=act("jia", on(8, 21)))


def test_only_the_leader_decides_a_day_of_the_city(zhaoling):
    extension = asked()
    with pytest.raises(Refused, match="不能决定市级时限"):
        decide_extension(extension.pk, "1号", granted=True, act=act("office-1", on(9, 1)))


def test_an_item_without_a_known_deadline_has_nothing_to_extend(zhaoling):
    assigned("J-1", "jia", due=None)
    with pytest.raises(Refused, match="没有已知的文件时限"):
        ask_extension("J-1", NEW, "汛期停工", act=act("jia", on(8, 20)))
