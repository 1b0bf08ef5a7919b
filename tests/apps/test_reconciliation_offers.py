"""可办事项: buttons follow the post, and a button that must wait says why."""

from __future__ import annotations

import pytest
from tests.world import act, on
from tests.world_cases import noticed
from tests.world_ledger import item

from zhenggai.apps.ledger.actions import hand_over
from zhenggai.apps.ledger.models import Item
from zhenggai.apps.parties.queries import actor_of
from zhenggai.apps.reconciliation.offers import Offer, offered
from zhenggai.apps.reconciliation.queries import latest_run


def offers(found: Item, post: str, month: int = 6, day: int = 2) -> tuple[Offer, ...]:
    """What a post is offered on a day."""
    asking = act(post, on(month, day))
    return offered(found, actor_of(asking), asking, latest_run(found))


def buttons(found: Item, post: str, month: int = 6, day: int = 2) -> dict[str, bool]:
    """Labels of the buttons a post has, and whether they can be pressed."""
    return {o.label: o.enabled for o in offers(found, post, month, day)}


def test_the_office_hands_over_and_the_county_that_answers_plans(zhaoling):
    found = item()
    assert buttons(found, "office-1") == {"交办": True}
    assert buttons(found, "bing") == {}
    hand_over("W-037", "1号", act=act("office-1", on(5, 25)))
    found.refresh_from_db()
    assert set(buttons(found, "bing")) == {"报送方案"}
    assert not buttons(found, "jia")["报送方案"]


def test_a_missing_duty_disables_the_button_and_says_why(zhaoling):
    found = item(duties=(("territorial", "bing-gov"),))
    (offer,) = offers(found, "office-1")
    assert not offer.enabled
    assert "验收单位" in offer.reasons[0].text


@pytest.mark.parametrize(
    ("chain", "label"), [("city", "核准销号"), ("central-inspection", "同意上报销号")]
)
def test_the_last_button_reads_as_the_source_demands(zhaoling, chain, label):
    noticed()
    Item.objects.update(chain=chain)
    assert set(buttons(Item.objects.get(), "leader", 9, 25)) == {label}
