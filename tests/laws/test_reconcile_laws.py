from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.kernel.reconcile.join import reconcile, strokes
from zhenggai.kernel.reconcile.model import (
    AnswerFact,
    Claim,
    Daily,
    Facts,
    PaperFact,
    ReportFact,
    SupplyLine,
)
from zhenggai.kernel.themes.criterion import Weight
from zhenggai.kernel.verdict import Answer, Verdict
from zhenggai.packs.shelf import HERE
from zhenggai.stores.shelf import load_shelf

SHELF = load_shelf((HERE,))
THEME = SHELF.themes["township-sewage"]
DAY = date(2026, 8, 20)
FINISHED = date(2026, 7, 10)
ORDER = (Answer.NOT_MET, Answer.CANNOT_TELL, Answer.MET)
CHECKED = ("cod_out", "nh3n_out", "tp_out", "tn_out")
# Small around each limit of grade IB, so that both sides of it are drawn often.
LEVELS = {
    "bod_in": (40, 60, 80),
    "cod_out": (20, 60, 61),
    "nh3n_out": (3, 8, 9, 15, 16),
    "tp_out": (0, 1, 2),
    "tn_out": (12, 20, 21),
    "temp_out": (8, 12, 13, 20),
    "power": (60, 200, 258),
}
STATUS = ("valid",) * 6 + ("missing", "flagged", "below_limit_of_detection")


@st.composite
def dailies(draw, key):
    """A run of days with one usual value and a few odd ones."""
    usual = draw(st.sampled_from(LEVELS[key]))
    length = draw(st.sampled_from((75, 75, 75, 20)))
    odd = draw(
        st.dictionaries(
            st.integers(1, length),
            st.tuples(st.sampled_from(LEVELS[key]), st.sampled_from(STATUS)),
            max_size=3,
        )
    )
    found = []
    for n in range(1, length + 1):
        value, status = odd.get(n, (usual, "valid"))
        kept = None if status in ("missing", "flagged") else Fraction(value)
        found.append(Daily(DAY - timedelta(days=n), kept, status, f"observation:{key}/{n}"))
    return tuple(found)


@st.composite
def facts(draw):
    keys = draw(st.sampled_from([tuple(LEVELS), tuple(LEVELS), tuple(LEVELS)[:-2]]))
    questions = [q.key for q in THEME.checklist]
    visits = st.lists(
        st.tuples(st.sampled_from(questions), st.sampled_from(("是", "否", "说不清"))), max_size=3
    )
    answered = [(q, "是") for q in questions] + draw(visits)
    finished = st.sampled_from((None, FINISHED, FINISHED + timedelta(days=10)))
    return Facts(
        day=DAY,
        claim=draw(
            st.sampled_from((Claim(FINISHED, {"daily_volume": Fraction(860)}, "claim:1"), None))
        ),
        series={key: draw(dailies(key)) for key in keys},
        papers=draw(
            st.sampled_from(((), (PaperFact("completion-acceptance", FINISHED, "paper:1"),)))
        ),
        answers=tuple(
            AnswerFact(q, value, DAY - timedelta(days=draw(st.integers(1, 3))), f"answer:{n}")
            for n, (q, value) in enumerate(answered)
        ),
        reports=tuple(
            ReportFact("report:1", answered=done) for done in draw(st.sets(st.booleans()))
        ),
        supply_lines=draw(st.sampled_from(((), (SupplyLine(Fraction(150), "supply:1"),)))),
        measures_finished={"works": draw(finished), "pipes": FINISHED},
        accepted_on=draw(st.sampled_from((None, FINISHED, FINISHED + timedelta(days=20)))),
        grade=draw(st.sampled_from(("IB", "IB", "IA", ""))),
        conditions=draw(st.sampled_from(({"built_year": Fraction(2026)}, {}))),
    )


def weigh(found):
    return reconcile(THEME, found, SHELF.standards)


def answers(found):
    return {r.key: r.answer for r in weigh(found).results}


def worse_or_equal(after, before):
    return all(ORDER.index(after[k]) <= ORDER.index(before[k]) for k in before)


def with_series(found, key, listed):
    return replace(found, series={**found.series, key: tuple(listed)})


@given(facts(), st.sampled_from(CHECKED), st.integers(1, 15))
def test_one_more_exceedance_never_improves_an_answer(found, key, ago):
    over = Daily(DAY - timedelta(days=ago), Fraction(10_000), "valid", "observation:over")
    after = with_series(found, key, (*found.series.get(key, ()), over))
    before_all, after_all = answers(found), answers(after)
    judged = f"{key.removesuffix('_out')}-within"
    assert ORDER.index(after_all[judged]) <= ORDER.index(before_all[judged])
    assert after_all[judged] is Answer.NOT_MET or not found.grade


@given(facts(), st.data())
def test_a_lower_value_after_completion_never_improves_an_answer(found, data):
    after_days = [d for d in found.series["bod_in"] if d.day > FINISHED and d.status == "valid"]
    chosen = data.draw(st.sampled_from(after_days))
    lower = tuple(
        replace(d, value=d.value / 2) if d == chosen else d for d in found.series["bod_in"]
    )
    assert worse_or_equal(answers(with_series(found, "bod_in", lower)), answers(found))


@given(facts())
def test_an_objection_a_failed_answer_or_a_late_measure_never_improves_an_answer(found):
    worse = (
        replace(found, reports=(*found.reports, ReportFact("report:new", answered=False))),
        replace(found, answers=(*found.answers, AnswerFact("connected", "否", DAY, "answer:new"))),
        replace(found, measures_finished={**found.measures_finished, "equipment": DAY}),
    )
    before = answers(found)
    assert all(worse_or_equal(answers(w), before) for w in worse)


def without(found, data):
    """Take away some of what is known."""
    what = data.draw(st.sampled_from(("series", "day", "papers", "answers", "more")))
    key = data.draw(st.sampled_from(sorted(found.series)))
    if what == "series":
        return replace(found, series={k: v for k, v in found.series.items() if k != key})
    if what == "day":
        listed = found.series[key]
        lost = data.draw(st.sets(st.sampled_from(listed), min_size=1, max_size=10))
        return with_series(found, key, (d for d in listed if d not in lost))
    if what == "papers":
        return replace(found, papers=())
    if what == "answers":
        lost = data.draw(st.sampled_from(found.answers))
        return replace(found, answers=tuple(a for a in found.answers if a != lost))
    return data.draw(
        st.sampled_from(
            (
                replace(found, claim=None),
                replace(found, grade=""),
                replace(found, conditions={}),
                replace(found, accepted_on=None),
                replace(found, measures_finished=dict.fromkeys(found.measures_finished)),
            )
        )
    )


@settings(max_examples=200)
@given(facts(), st.data())
def test_knowing_less_never_turns_cannot_tell_into_met(found, data):
    before, after = answers(found), answers(without(found, data))
    turned = [k for k in before if before[k] is Answer.CANNOT_TELL and after[k] is Answer.MET]
    derived = {c.key for c in THEME.criteria if c.weight is Weight.DERIVED}
    assert set(turned) <= derived


@given(facts(), st.sampled_from(CHECKED), st.integers(1, 15))
def test_a_day_without_data_is_never_taken_for_a_day_within_the_limit(found, key, ago):
    lost = DAY - timedelta(days=ago)
    gap = with_series(found, key, (d for d in found.series.get(key, ()) if d.day != lost))
    assert answers(gap)[f"{key.removesuffix('_out')}-within"] is not Answer.MET


@given(facts(), st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(found, random):
    def shuffled(listed):
        copy = list(listed)
        random.shuffle(copy)
        return tuple(copy)

    other = replace(
        found,
        series={k: shuffled(v) for k, v in sorted(found.series.items(), reverse=True)},
        papers=shuffled(found.papers),
        answers=shuffled(found.answers),
        reports=shuffled(found.reports),
        measures_finished=dict(reversed(found.measures_finished.items())),
    )
    assert weigh(other) == weigh(found)


@given(facts())
def test_facts_handed_in_twice_change_nothing(found):
    twice = replace(
        found,
        series={k: v * 2 for k, v in found.series.items()},
        papers=found.papers * 2,
        answers=found.answers * 2,
        reports=found.reports * 2,
        supply_lines=found.supply_lines * 2,
    )
    assert weigh(twice) == weigh(found)


@given(facts())
def test_a_derived_criterion_changes_neither_the_verdict_nor_a_stroke(found):
    plain = replace(
        THEME, criteria=tuple(c for c in THEME.criteria if c.weight is not Weight.DERIVED)
    )
    with_it, without_it = weigh(found), reconcile(plain, found, SHELF.standards)
    assert with_it.verdict == without_it.verdict
    assert strokes(with_it.results, noticed=False) == strokes(without_it.results, noticed=False)
    assert without_it.clues == ()


@given(facts())
def test_the_verdict_is_the_join_of_what_is_not_derived(found):
    got = weigh(found)
    joined = Verdict.join(
        Verdict(r.answer, r.reasons) for r in got.results if r.weight is not Weight.DERIVED
    )
    assert got.verdict == joined


@given(facts())
def test_whatever_is_not_met_or_not_told_says_why_and_what_to_do(found):
    for result in weigh(found).results:
        if result.answer is not Answer.MET and not (result.derived and not result.claimed):
            assert result.reasons
            assert all(r.text and r.remedy for r in result.reasons)
