"""上月的数: a count is corrected with both values kept, and July's table stays what it was."""

from __future__ import annotations

import pytest
from tests.world import act, on
from tests.world_ledger import CAMPAIGN, open_zhaoling

from zhenggai.apps.planning import queries
from zhenggai.apps.planning.counts import (
    approve_correction,
    correct_count,
    draft_correction_letter,
    issue_count_table,
    report_count,
)
from zhenggai.apps.planning.models import Count
from zhenggai.apps.sources.actions import sign_paper
from zhenggai.apps.sources.models import Document, Paper
from zhenggai.apps.trail.models import Entry
from zhenggai.apps.trail.sealing import known_seq
from zhenggai.kernel.verdict import Refused

JULY = ("2026-07", "reported")
REASON = "3座管网未贯通，误报"


@pytest.fixture
def july(zhaoling):
    """丙县 said 19, 乙区 12, and the table of July went out on 08-03."""
    open_zhaoling()
    bing = report_count(CAMPAIGN, "bing-gov", *JULY, 19, act=act("bing", on(7, 31, 17)))
    report_count(CAMPAIGN, "yi-gov", *JULY, 12, act=act("yi", on(7, 31, 17)))
    table = issue_count_table(CAMPAIGN, *JULY, act=act("office-1", on(8, 3)))
    sign_paper(int(table.partition(":")[2]), "昭攻坚办〔2026〕31号", act=act("office-1", on(8, 3)))
    return {"count": bing, "table": table}


@pytest.fixture
def statement(july):
    """The paper the correction rests on."""
    return Document.objects.create(
        sha256="5" * 64, direction="in", name="情况说明.pdf", media="application/pdf"
    ).pk


def corrected(july, statement, value=16):
    asked = correct_count(july["count"], value, REASON, statement, act=act("bing", on(8, 10)))
    return approve_correction(asked, act=act("office-1", on(8, 10, 15)))


def values(**as_of):
    return {x.body: x.value for x in queries.count_table(CAMPAIGN, *JULY, **as_of)}


def test_the_july_table_prints_19_for_ever(july, statement):
    then = known_seq()
    corrected(july, statement)
    assert values() == {"bing-gov": 16, "yi-gov": 12}
    assert values(known_seq=then) == {"bing-gov": 19, "yi-gov": 12}
    assert {x.body: x.value for x in queries.regenerated(july["table"])} == {
        "bing-gov": 19,
        "yi-gov": 12,
    }
    assert "丙县人民政府 19" in Paper.objects.get(kind="月报表").fields["text"]
    assert values(known_seq=known_seq()) == {"bing-gov": 16, "yi-gov": 12}


def test_a_figure_that_came_later_is_not_in_an_earlier_table(july):
    then = known_seq()
    report_count(CAMPAIGN, "jia-gov", *JULY, 7, act=act("jia", on(8, 4)))
    assert values() == {"bing-gov": 19, "jia-gov": 7, "yi-gov": 12}
    assert values(known_seq=then) == {"bing-gov": 19, "yi-gov": 12}


def test_both_values_the_reason_the_paper_and_the_approver_are_named(july, statement):
    corrected(july, statement)
    line = next(x for x in queries.count_table(CAMPAIGN, *JULY) if x.body == "bing-gov")
    assert line.values == (19, 16)
    assert (line.reasons, line.papers) == ((REASON,), (f"document:{statement}",))
    assert line.approved_by == ("office-1",)


def test_every_paper_that_carried_19_is_named_in_a_letter(july, statement):
    new = corrected(july, statement)
    assert [(c.kind, c.number) for c in queries.carried_by(july["count"])] == [
        ("月报表", "昭攻坚办〔2026〕31号")
    ]
    draft_correction_letter(new, act=act("office-1", on(8, 10, 16)))
    letter = Paper.objects.get(kind="更正函")
    assert letter.status == "draft"
    for said in ("原报19", "更正为16", REASON, "昭攻坚办〔2026〕31号"):
        assert said in letter.fields["text"]


def test_until_the_office_agrees_19_is_in_force(july, statement):
    correct_count(july["count"], 16, REASON, statement, act=act("bing", on(8, 10)))
    assert values()["bing-gov"] == 19
    assert len(queries.pending_corrections(CAMPAIGN)) == 1
    with pytest.raises(Refused, match="没有已核准的更正"):
        draft_correction_letter(
            f"count:{Count.objects.last().pk}", act=act("office-1", on(8, 10, 16))
        )


def test_a_correction_of_a_correction_starts_from_what_is_in_force(july, statement):
    new = corrected(july, statement)
    with pytest.raises(Refused, match="已有更正"):
        correct_count(july["count"], 15, REASON, statement, act=act("bing", on(8, 11)))
    again = correct_count(new, 17, "复核后1座贯通", statement, act=act("bing", on(8, 11)))
    approve_correction(again, act=act("office-2", on(8, 12)))
    assert values()["bing-gov"] == 17


def test_the_trail_holds_the_columns_a_hand_could_change(july):
    row = Count.objects.get(pk=july["count"].partition(":")[2])
    entry = Entry.objects.get(verb="planning.count.reported", subject=july["count"])
    assert f'"planning.count:{row.pk}"' in entry.body
    assert '"value":"19"' in entry.body


@pytest.mark.parametrize(
    ("value", "reason", "said"),
    [(19, REASON, "与原值19不同"), (16, " ", "须写明原因"), (-1, REASON, "小于0")],
)
def test_an_empty_correction_is_refused(july, statement, value, reason, said):
    with pytest.raises(Refused, match=said):
        correct_count(july["count"], value, reason, statement, act=act("bing", on(8, 10)))


def test_a_correction_needs_its_paper(july):
    with pytest.raises(Refused, match="没有编号为404的文件"):
        correct_count(july["count"], 16, REASON, 404, act=act("bing", on(8, 10)))


def test_nobody_speaks_for_another_county(july, statement):
    with pytest.raises(Refused, match="不能代该单位填报"):
        correct_count(july["count"], 16, REASON, statement, act=act("yi", on(8, 10)))
    with pytest.raises(Refused, match="不能代该单位填报"):
        report_count(CAMPAIGN, "jia-gov", *JULY, 3, act=act("yi", on(8, 10)))


def test_the_office_approves_and_not_who_asked(july, statement):
    asked = correct_count(july["count"], 16, REASON, statement, act=act("office-1", on(8, 10)))
    with pytest.raises(Refused, match="无权核准更正"):
        approve_correction(asked, act=act("bing", on(8, 10)))
    with pytest.raises(Refused, match="同一人"):
        approve_correction(asked, act=act("office-1", on(8, 10, 15)))
    approve_correction(asked, act=act("office-2", on(8, 10, 15)))
    with pytest.raises(Refused, match="没有待核准的更正"):
        approve_correction(asked, act=act("office-2", on(8, 10, 16)))


def test_a_figure_is_reported_once_and_not_for_a_month_to_come(july):
    with pytest.raises(Refused, match="已填报"):
        report_count(CAMPAIGN, "bing-gov", *JULY, 18, act=act("bing", on(8, 1)))
    with pytest.raises(Refused, match="不是可填报的月份"):
        report_count(CAMPAIGN, "bing-gov", "2026-09", "reported", 1, act=act("bing", on(8, 1)))


def test_a_table_of_nothing_is_refused(july):
    with pytest.raises(Refused, match="还没有单位填报"):
        issue_count_table(CAMPAIGN, "2026-08", "reported", act=act("office-1", on(8, 20)))
    with pytest.raises(Refused, match="无权拟制月报表"):
        issue_count_table(CAMPAIGN, *JULY, act=act("bing", on(8, 20)))
