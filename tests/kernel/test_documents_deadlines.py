"""时限: each expression seen in public documents, and the traps beside them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from zhenggai.kernel.calendars.deadline import DeadlineKind
from zhenggai.kernel.documents.deadlines import find, parse


@pytest.mark.parametrize(
    ("words", "kind", "iso"),
    [
        ("2021年9月30日前", "exact", "2021-09-30"),
        ("二〇二六年九月三十日前", "exact", "2026-09-30"),
        ("2021年12月底前", "month_end", "2021-12-31"),
        ("2019年2月底", "month_end", "2019-02-28"),
        ("2018年11月", "month_end", "2018-11-30"),
        ("2026年年底前", "month_end", "2026-12-31"),
        ("8月底前", "month_end", "XXXX-08-31"),
        ("2月底前", "month_end", "XXXX-02-XX"),
        ("年底前", "month_end", "XXXX-12-31"),
        ("20209月", "month_end", "2020-09-30"),
        ("201812月", "month_end", "2018-12-31"),
        ("2020924日", "exact", "2020-09-24"),
        ("2019629日", "exact", "2019-06-29"),
        ("20191130日", "exact", "2019-11-30"),
        ("每年6月底前", "recurring", ""),
        ("每季度", "recurring", ""),
        ("立即整改", "immediate", ""),
        ("立行立改", "immediate", ""),
        ("即知即改", "immediate", ""),
        ("边督边改", "immediate", ""),
        ("长期坚持", "standing", ""),
        ("已经完成，长期坚持", "standing", ""),
        ("持续推进", "standing", ""),
        ("年内取得阶段性成果", "milestone", ""),
        ("会后7个工作日内", "relative", ""),
        ("反馈后30个工作日内", "relative", ""),
        ("反馈后三十个工作日内", "relative", ""),
        ("信访件7天内", "relative", ""),
        ("自公示之日起5个工作日内", "relative", ""),
        ("约谈后30日内", "relative", ""),
        ("按序时进度", "unknown", ""),
        ("*月*日前", "unknown", ""),
        ("2026年13月1日前", "unknown", ""),
        ("2026年9月31日前", "unknown", ""),
    ],
)
def test_an_expression_is_read_as_it_was_meant_and_its_words_are_kept(words, kind, iso):
    deadline = parse(words)
    assert (deadline.raw, deadline.kind, deadline.iso) == (words, DeadlineKind(kind), iso)
    assert (deadline.due_on is None) == ("X" in iso or not iso)


def test_a_day_without_signs_that_reads_two_ways_is_not_chosen():
    deadline = parse("2020112")
    assert deadline.alternatives == ("2020-01-12", "2020-11-02")
    assert (deadline.iso, deadline.due_on) == ("", None)


def test_before_a_month_leaves_two_month_ends_open():
    assert parse("2026年9月前").alternatives == ("2026-08-31", "2026-09-30")
    assert parse("2026年9月前").iso == ""


def test_a_milestone_with_a_day_is_still_a_milestone():
    deadline = parse("2026年底前取得阶段性成效")
    assert (deadline.kind, deadline.iso) == (DeadlineKind.MILESTONE, "2026-12-31")


def test_stages_are_one_deadline_that_ends_with_the_last():
    (place,) = find("2026年9月30日前完成80%，2026年12月31日前全部完成。")
    assert place.stated.deadline.kind is DeadlineKind.STAGED
    assert place.stated.deadline.due_on == date(2026, 12, 31)
    assert [(s.share, s.iso) for s in place.stated.stages] == [
        (Fraction(4, 5), "2026-09-30"),
        (Fraction(1), "2026-12-31"),
    ]


def test_stages_keep_an_unknown_year_unknown():
    (place,) = find("9月30日前完成80%，12月31日前全部完成。")
    assert [s.iso for s in place.stated.stages] == ["XXXX-09-30", "XXXX-12-31"]


@pytest.mark.parametrize(
    "past",
    [
        "该项目应于2017年底前建成",
        "截至6月底，已开工3座",
        "8月6日前往现场",
        "2018年6月21日到7月10日，督察组开展督察",
        "每日排放废水",
        "按短期攻坚、中期推进和长期坚持三个阶段",
        "持续推进高质量发展",
        "8月6日前后",
        "产量为2020112吨",
    ],
)
def test_a_day_that_binds_nobody_is_no_deadline(past):
    assert find(past) == ()


def test_a_publication_period_has_two_ends_and_one_year_said_once():
    (place,) = find("公示日期为2025年1月21日至2月8日公示期间")
    assert (place.stated.starts, place.stated.deadline.iso) == ("2025-01-21", "2025-02-08")
    (across,) = find("公示期2025年12月29日至1月5日。")
    assert across.stated.deadline.iso == "XXXX-01-05"


def test_two_deadlines_of_a_sentence_both_stand_where_they_are():
    text = "8月底前完成方案，2026年9月30日前完成。"
    assert [text[p.start : p.end] for p in find(text)] == ["8月底前", "2026年9月30日前"]
