from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from zhenggai.kernel.reconcile.join import reconcile, strokes
from zhenggai.kernel.reconcile.measures_finished import accepted_before_built
from zhenggai.kernel.reconcile.model import (
    Agreement,
    AnswerFact,
    Daily,
    Facts,
    PaperFact,
    ReportFact,
    SupplyLine,
)
from zhenggai.kernel.reconcile.ratio_between import shown
from zhenggai.kernel.themes.criterion import Weight
from zhenggai.kernel.verdict import Answer
from zhenggai.packs.shelf import HERE
from zhenggai.stores.shelf import load_shelf

SHELF = load_shelf((HERE,))
THEME = SHELF.themes["township-sewage"]
CASES = {c.file.rsplit("/", 1)[-1].removesuffix(".toml"): c.facts for c in SHELF.cases}


def weigh(facts):
    return reconcile(THEME, facts, SHELF.standards)


def result(facts, key):
    return next(r for r in weigh(facts).results if r.key == key)


def with_series(facts, key, dailies):
    return replace(facts, series={**facts.series, key: tuple(dailies)})


def test_the_inflow_that_falls_after_completion_is_not_met_with_means_windows_and_days():
    found = result(CASES["inflow-fell"], "inflow-rises")
    assert (found.name, found.answer) == ("完工后进水浓度应上升", Answer.NOT_MET)
    assert found.claimed == "申报2026年6月30日完工"
    assert found.measured == "68.4 → 41.2 mg/L"
    text = found.reasons[0].text
    for said in (
        "68.4 mg/L",
        "41.2 mg/L",
        "30个有效日",
        "2026年5月31日至2026年6月29日",
        "2026年7月1日至2026年7月30日",
    ):
        assert said in text
    assert len(found.facts) == 60


def test_power_gives_a_derived_value_and_a_clue_and_no_measured_mark():
    found = weigh(CASES["inflow-fell"])
    line = next(r for r in found.results if r.weight is Weight.DERIVED)
    assert (line.claimed, line.measured) == ("日处理860 t/d", "")
    assert (line.derived.value, line.derived.high) == (220, 275)
    assert shown(line.derived) == "220（183–275）t/d"
    (clue,) = found.clues
    assert "供电量66 kWh/d ÷ 吨水电耗0.30 kWh/t（0.24–0.36）" in clue.sentence
    assert "演练参数" in clue.sentence
    assert "待核实" in clue.sentence
    assert any("第二路供电" in a for a in clue.alternatives)


def test_the_verdict_is_not_met_because_of_the_measured_criterion_only():
    found = weigh(CASES["inflow-fell"])
    assert found.verdict.answer is Answer.NOT_MET
    assert [r.code for r in found.verdict.reasons] == ["not-risen"]
    derived = next(r for r in found.results if r.weight is Weight.DERIVED)
    assert derived.answer is not Answer.NOT_MET
    assert derived.agreement is Agreement.DISAGREE


def test_a_verified_second_supply_line_explains_the_volume():
    found = weigh(CASES["second-supply-line"])
    line = next(r for r in found.results if r.weight is Weight.DERIVED)
    assert shown(line.derived) == "720（600–900）t/d"
    assert "（66＋150）" in line.derived.formula
    assert found.clues == ()
    assert line.agreement is Agreement.AGREE
    assert found.verdict.answer is Answer.NOT_MET


def test_a_supply_line_handed_in_twice_counts_once():
    facts = CASES["second-supply-line"]
    twice = replace(facts, supply_lines=facts.supply_lines * 2)
    assert weigh(twice) == weigh(facts)


def test_a_claim_without_a_volume_has_nothing_to_compare():
    facts = CASES["inflow-fell"]
    found = result(replace(facts, claim=replace(facts.claim, says={})), "power-explains-volume")
    assert found.agreement is Agreement.NOT_APPLICABLE
    assert found.claimed == ""


def test_too_few_days_after_completion_cannot_be_told():
    facts = replace(CASES["inflow-fell"], day=date(2026, 7, 20))
    found = result(facts, "inflow-rises")
    assert found.answer is Answer.CANNOT_TELL
    assert "后有19个有效日，各需30个" in found.reasons[0].text


def test_the_valid_days_nearest_to_completion_are_used():
    facts = CASES["inflow-fell"]
    far = [
        Daily(date(2026, 5, 31) - timedelta(days=n), Fraction(5), "valid", f"observation:far/{n}")
        for n in range(1, 20)
    ]
    found = result(with_series(facts, "bod_in", (*far, *facts.series["bod_in"])), "inflow-rises")
    assert found.measured == "68.4 → 41.2 mg/L"


def test_the_day_of_completion_belongs_to_neither_side():
    facts = CASES["inflow-fell"]
    finished = Daily(date(2026, 6, 30), Fraction(9999), "valid", "observation:finished")
    found = result(
        with_series(facts, "bod_in", (*facts.series["bod_in"], finished)), "inflow-rises"
    )
    assert found.measured == "68.4 → 41.2 mg/L"
    assert "observation:finished" not in found.facts


def test_days_beyond_the_reach_are_not_searched():
    facts = CASES["inflow-fell"]
    near = [d for d in facts.series["bod_in"] if d.day != date(2026, 6, 1)]
    far = Daily(date(2026, 4, 30), Fraction(70), "valid", "observation:far")
    found = result(with_series(facts, "bod_in", (far, *near)), "inflow-rises")
    assert found.answer is Answer.CANNOT_TELL
    assert "前有29个有效日" in found.reasons[0].text


@pytest.mark.parametrize("status", ["flagged", "missing", "below_limit_of_detection"])
def test_days_that_are_not_valid_enter_no_mean(status):
    facts = CASES["inflow-fell"]
    noise = [Daily(d.day, Fraction(9999), status, f"{d.ref}/x") for d in facts.series["bod_in"]]
    noisy = with_series(facts, "bod_in", (*facts.series["bod_in"], *noise))
    assert result(noisy, "inflow-rises").measured == "68.4 → 41.2 mg/L"


def test_equal_means_have_not_risen():
    facts = CASES["inflow-fell"]
    flat = [replace(d, value=Fraction(50)) for d in facts.series["bod_in"]]
    assert result(with_series(facts, "bod_in", flat), "inflow-rises").answer is Answer.NOT_MET


@pytest.mark.parametrize(
    ("case", "answer"),
    [
        ("ammonia-without-temperature", Answer.CANNOT_TELL),
        ("ammonia-warm-water", Answer.NOT_MET),
        ("ammonia-cold-water", Answer.MET),
    ],
)
def test_ammonia_is_judged_by_the_water_temperature_of_its_day(case, answer):
    found = result(CASES[case], "nh3n-within")
    assert found.answer is answer
    if answer is Answer.CANNOT_TELL:
        assert "缺水温，无法确定适用8还是15 mg/L" in found.reasons[0].text
    if answer is Answer.NOT_MET:
        assert "超标0.55倍" in found.reasons[0].text


def test_missing_days_are_named():
    found = result(CASES["device-silent"], "cod-within")
    assert found.answer is Answer.CANNOT_TELL
    assert found.agreement is Agreement.INSUFFICIENT
    assert "缺9日有效数据：7月28日至8月5日" in found.reasons[0].text


def test_an_exceedance_is_not_hidden_by_missing_days():
    facts = CASES["device-silent"]
    over = Daily(date(2026, 7, 27), Fraction(90), "valid", "observation:over")
    found = result(with_series(facts, "cod_out", (*facts.series["cod_out"], over)), "cod-within")
    assert found.answer is Answer.NOT_MET
    assert "超标0.5倍" in found.reasons[0].text


def test_the_day_of_the_judgement_is_not_over_and_does_not_count():
    facts = CASES["all-met"]
    today = Daily(facts.day, Fraction(900), "valid", "observation:today")
    assert weigh(with_series(facts, "cod_out", (*facts.series["cod_out"], today))) == weigh(facts)


def test_a_permit_without_a_grade_cannot_be_judged():
    found = result(replace(CASES["all-met"], grade=""), "tp-within")
    assert found.answer is Answer.CANNOT_TELL
    assert found.reasons[0].text == "未登记许可排放级别"


def test_below_detection_above_the_limit_asks_for_another_method():
    facts = CASES["all-met"]
    lod = [
        replace(d, value=Fraction(2), status="below_limit_of_detection")
        for d in facts.series["tp_out"]
    ]
    found = result(with_series(facts, "tp_out", lod), "tp-within")
    assert found.answer is Answer.CANNOT_TELL
    assert "检出限高于限值" in found.reasons[0].text
    assert found.measured == ""


def test_a_valid_value_of_a_day_goes_before_a_detection_limit_of_the_same_day():
    facts = CASES["all-met"]
    lod = [
        replace(d, value=Fraction(2), status="below_limit_of_detection", ref=f"{d.ref}/lod")
        for d in facts.series["tp_out"]
    ]
    both = with_series(facts, "tp_out", (*lod, *facts.series["tp_out"]))
    assert result(both, "tp-within").answer is Answer.MET


@pytest.mark.parametrize("limits", [("2", "0.01"), ("0.01", "2")])
def test_of_two_detection_limits_of_a_day_the_better_one_counts(limits):
    facts = CASES["all-met"]
    lod = [
        replace(d, value=Fraction(x), status="below_limit_of_detection", ref=f"{d.ref}/{x}")
        for d in facts.series["tp_out"]
        for x in limits
    ]
    assert result(with_series(facts, "tp_out", lod), "tp-within").answer is Answer.MET


def test_acceptance_before_the_last_measure_names_both_dates():
    reason = accepted_before_built(
        date(2026, 6, 20), {"主体工程": date(2026, 5, 20), "管网工程": date(2026, 6, 25)}
    )
    assert reason.text == "验收日期2026年6月20日早于“管网工程”的完成日期2026年6月25日"
    assert len(reason.facts) == 2


@pytest.mark.parametrize("accepted_on", [None, date(2026, 6, 25), date(2026, 7, 1)])
def test_acceptance_on_or_after_the_last_measure_is_no_reason(accepted_on):
    assert accepted_before_built(accepted_on, {"管网工程": date(2026, 6, 25), "公示": None}) is None


def test_measures_after_acceptance_do_not_hold_it_up():
    facts = CASES["all-met"]
    more = {**facts.measures_finished, "notice": None, "closing": None}
    found = result(replace(facts, measures_finished=more), "built-before-accepted")
    assert found.answer is Answer.MET


def test_an_unfinished_measure_keeps_the_answer_open():
    facts = CASES["all-met"]
    more = {**facts.measures_finished, "works": None}
    found = result(replace(facts, measures_finished=more), "built-before-accepted")
    assert found.answer is Answer.CANNOT_TELL
    assert "主体工程" in found.reasons[0].text


def test_a_later_visit_replaces_an_earlier_answer():
    facts = CASES["not-connected"]
    again = AnswerFact("connected", "是", date(2026, 8, 5), "answer:again")
    found = result(replace(facts, answers=(*facts.answers, again)), "seen-on-site")
    assert found.answer is Answer.MET


def test_two_answers_of_one_day_are_sent_for_review():
    facts = CASES["all-met"]
    other = AnswerFact("connected", "否", facts.answers[0].on, "answer:other")
    found = result(replace(facts, answers=(*facts.answers, other)), "seen-on-site")
    assert found.answer is Answer.NOT_MET
    assert found.reasons[0].remedy == "两份回答不一致，复核后以复核为准"


def test_an_answer_that_says_nothing_is_no_answer():
    facts = CASES["all-met"]
    vague = tuple(replace(a, value="说不清") for a in facts.answers)
    found = result(replace(facts, answers=vague), "seen-on-site")
    assert found.answer is Answer.CANNOT_TELL


def test_facts_after_the_day_are_not_known_on_it():
    facts = CASES["all-met"]
    later = facts.day + timedelta(days=1)
    moved = replace(
        facts,
        papers=tuple(replace(p, on=later) for p in facts.papers),
        answers=tuple(replace(a, on=later) for a in facts.answers),
        accepted_on=later,
    )
    found = {r.key: r.answer for r in weigh(moved).results}
    for key in ("completion-paper", "seen-on-site", "built-before-accepted"):
        assert found[key] is Answer.CANNOT_TELL


def test_an_open_report_holds_the_closing():
    facts = replace(CASES["all-met"], reports=(ReportFact("report:1", answered=False),))
    found = weigh(facts)
    assert found.verdict.answer is Answer.NOT_MET
    assert found.verdict.reasons[0].facts == ("report:1",)


def test_a_paper_of_another_kind_does_not_count():
    facts = replace(CASES["all-met"], papers=(PaperFact("contract", date(2026, 1, 1), "paper:2"),))
    assert result(facts, "completion-paper").answer is Answer.CANNOT_TELL


@pytest.mark.parametrize(
    ("case", "noticed", "codes"),
    [
        ("all-met", False, "aaaa-"),
        ("all-met", True, "aaaaa"),
        ("inflow-fell", False, "aaxa-"),
        ("only-power-differs", False, "aaaa-"),
        ("device-silent", False, "aada-"),
        ("not-connected", False, "axax-"),
        ("nothing-known", False, "-----"),
    ],
)
def test_the_five_strokes(case, noticed, codes):
    assert strokes(weigh(CASES[case]).results, noticed=noticed) == codes


def test_a_disagreement_is_not_hidden_by_insufficient_data():
    facts = CASES["inflow-fell"]
    silent = {k: v for k, v in facts.series.items() if k != "cod_out"}
    late = [d for d in facts.series["cod_out"] if d.day < date(2026, 8, 1)]
    found = weigh(replace(facts, series={**silent, "cod_out": tuple(late)}))
    assert Agreement.INSUFFICIENT in {r.agreement for r in found.results if r.stroke == 3}
    assert strokes(found.results, noticed=False) == "aaxa-"


def test_a_claim_that_nothing_can_check_yet_is_hollow():
    facts = Facts(day=CASES["all-met"].day, claim=CASES["all-met"].claim, grade="IB")
    assert strokes(weigh(facts).results, noticed=False) == "ccca-"


def test_a_stroke_without_a_criterion_does_not_apply():
    silent = replace(THEME, criteria=tuple(c for c in THEME.criteria if c.stroke != 2))
    found = reconcile(silent, CASES["all-met"], SHELF.standards)
    assert strokes(found.results, noticed=False) == "a0aa-"


def test_the_second_line_is_a_fact_of_the_derived_value():
    facts = replace(CASES["inflow-fell"], supply_lines=(SupplyLine(Fraction(150), "supply:9"),))
    assert "supply:9" in result(facts, "power-explains-volume").facts
