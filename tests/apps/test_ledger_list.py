"""印发清单: entered whole or refused whole; a known item is listed again, not opened twice."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on
from tests.world_ledger import CAMPAIGN, duties, heading, item, listed, open_zhaoling, plant_line

from zhenggai.apps.ledger.actions import issue_list, open_campaign, open_item, restate
from zhenggai.apps.ledger.models import Campaign, Duty, Gram, Item, Listing, ListVersion, Standing
from zhenggai.apps.ledger.queries import history, listings_in_force, main_place
from zhenggai.apps.sources.intake import confirm_finding, take_in
from zhenggai.apps.trail.models import Entry
from zhenggai.kernel.verdict import Refused


@pytest.fixture
def campaign(zhaoling):
    """昭陵市 with its campaign open."""
    open_zhaoling()


def test_a_campaign_is_opened_from_its_pack_and_only_once(zhaoling):
    open_campaign(CAMPAIGN, act=act("office-1", on(5, 20)))
    open_campaign(CAMPAIGN, act=act("office-2", on(5, 21)))
    opened = Campaign.objects.get()
    assert (opened.authority.key, opened.simulated) == ("campaign-office", True)


@pytest.mark.parametrize(
    ("post", "pack", "says"),
    [("office-1", "nowhere", "没有名为"), ("jia", CAMPAIGN, "无权开设专项")],
)
def test_who_opens_which_campaign(zhaoling, post, pack, says):
    with pytest.raises(Refused, match=says) as refused:
        open_campaign(pack, act=act(post, on(5, 20)))
    assert refused.value.reasons[0].remedy


def test_a_list_opens_its_items_with_duties_place_search_and_standing(zhaoling):
    found = item()
    assert (found.stage, found.chain, found.theme) == ("found", "city", "township-sewage")
    assert main_place(found).key == "W-037-plant"
    assert Duty.objects.filter(item=found).count() == 4
    assert Standing.objects.get(item=found).strokes == "-----"
    assert Gram.objects.filter(item=found, gram="青石").exists()
    listing = Listing.objects.get(item=found)
    assert (listing.due_on, listing.counts) == (date(2026, 9, 30), True)


def test_what_was_known_when_a_version_was_issued_is_its_own_entry(campaign):
    listed(plant_line())
    version = ListVersion.objects.get()
    assert version.entry.verb == "ledger.list.issued"
    guarded = Entry.objects.get(verb="ledger.list.lined").body
    assert f"ledger.listversion:{version.pk}" in guarded


def test_the_next_version_lists_known_items_again_and_opens_only_the_new(campaign):
    listed(plant_line("W-1"), plant_line("W-2"))
    listed(
        plant_line("W-1", due=date(2026, 12, 31), title="改名"),
        plant_line("W-3", "yi"),
        in_force_on=date(2026, 7, 1),
    )
    assert set(Item.objects.values_list("code", flat=True)) == {"W-1", "W-2", "W-3"}
    assert Item.objects.get(code="W-1").title != "改名"
    in_june, in_july = (
        {x.item.code: x.due for x in listings_in_force(date(2026, month, 15))} for month in (6, 7)
    )
    assert in_june == {"W-1": date(2026, 9, 30), "W-2": date(2026, 9, 30)}
    assert in_july == {"W-1": date(2026, 12, 31), "W-3": date(2026, 9, 30)}
    assert [t.sentence for t in history("W-1")] == ["立项", "落实责任", "列入清单"]


def test_a_list_sent_twice_is_one_version(campaign):
    pressed = act("office-1", on(5, 22))
    issue_list(heading(), (plant_line(),), act=pressed)
    issue_list(heading(), (plant_line(),), act=pressed)
    assert ListVersion.objects.count() == Item.objects.count() == 1


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((), "list-empty"),
        ((plant_line("W-1"), plant_line("W-1")), "line-twice"),
        ((plant_line("W-1", title=" "),), "line-unnamed"),
        ((plant_line("W" * 25),), "line-unnamed"),
        ((plant_line(title="长" * 201),), "title-long"),
        ((plant_line(theme="moon"),), "unknown-theme"),
        ((plant_line(chain="moon"),), "unknown-chain"),
        ((plant_line(deadline_kind="soon"),), "unknown-deadline-kind"),
        ((plant_line(deadline_iso="2026-09-01"),), "deadline-disagrees"),
        ((plant_line(deadline_kind="milestone"),), "deadline-disagrees"),
        ((plant_line(duties=(("boss", "housing"),)),), "unknown-duty"),
        ((plant_line(duties=(("co", "nobody"),)),), "unknown-body"),
        ((plant_line(place_key="nowhere"),), "unknown-place"),
        ((plant_line(duties=duties("bing", acceptor="bing-gov")),), "self-acceptance"),
        ((plant_line(finding_no=9),), "finding-open"),
    ],
)
def test_one_wrong_line_refuses_the_whole_list(campaign, lines, code):
    with pytest.raises(Refused) as refused:
        listed(plant_line("GOOD"), *lines) if lines else listed()
    assert code in {r.code for r in refused.value.reasons}
    assert all(r.remedy for r in refused.value.reasons)
    assert not Item.objects.exists()
    assert not ListVersion.objects.exists()


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (heading(level="乡"), "unknown-level"),
        (heading(document_id=99), "unknown-document"),
        (heading(in_force_on=date(2026, 5, 1)), "version-backdated"),
    ],
)
def test_a_wrong_heading_is_refused(campaign, head, code):
    if code == "version-backdated":
        listed(plant_line())
    with pytest.raises(Refused) as refused:
        issue_list(head, (plant_line("W-9"),), act=act("office-1", on(5, 23)))
    assert [r.code for r in refused.value.reasons] == [code]
    assert not Item.objects.filter(code="W-9").exists()


def test_a_county_issues_no_list_and_a_closed_campaign_has_none(zhaoling):
    with pytest.raises(Refused, match="无权印发清单"):
        issue_list(heading(), (plant_line(),), act=act("bing", on(5, 22)))
    with pytest.raises(Refused, match="尚未开设"):
        listed(plant_line())


def test_an_item_keeps_the_finding_it_answers(campaign, settings, tmp_path):
    settings.HOME = tmp_path
    from zhenggai.apps.places.queries import shelf

    directive = shelf().campaigns[CAMPAIGN].directive.encode()
    office = act("office-1", on(5, 22))
    document = int(take_in("通知.txt", directive, act=office).partition(":")[2])
    confirm_finding(document, 3, {}, act=act("office-1", on(5, 22)))
    listed(plant_line(finding_no=3), document_id=document)
    answers = Item.objects.get().findings.get().finding
    assert (answers.no, answers.fields["theme"]) == (3, "township-sewage")


def test_one_item_can_be_added_to_a_list_but_not_twice(campaign):
    listed(plant_line("W-1"))
    extra = plant_line("W-2", "yi")
    pressed = act("office-1", on(5, 25))
    assert open_item("city", extra, act=pressed) == "item:W-2"
    assert open_item("city", extra, act=pressed) == "item:W-2"
    assert Listing.objects.filter(version__no=1).count() == 2
    with pytest.raises(Refused, match="已有第W-2号"):
        open_item("city", extra, act=act("office-1", on(5, 26)))
    with pytest.raises(Refused, match="已在清单"):
        open_item("city", plant_line("W-2", number="other"), act=act("office-1", on(5, 26)))
    with pytest.raises(Refused, match="没有清单"):
        open_item("nowhere", plant_line("W-4"), act=act("office-1", on(5, 26)))


def test_a_projection_is_restated_without_an_entry(zhaoling):
    item()
    entries = Entry.objects.count()
    restate("W-037", slack_wd=7, must_start_on=date(2026, 7, 1), case_open=True)
    stands = Standing.objects.get()
    assert (stands.slack_wd, stands.must_start_on, stands.case_open) == (7, date(2026, 7, 1), True)
    assert Entry.objects.count() == entries
