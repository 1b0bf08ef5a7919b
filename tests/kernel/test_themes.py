import pytest

from zhenggai.kernel.themes.criterion import RatioBetween, Weight
from zhenggai.kernel.themes.load_campaign import city
from zhenggai.packs.broken import BrokenPackError
from zhenggai.packs.shelf import HERE, Row
from zhenggai.stores.shelf import load_shelf

THEME = load_shelf((HERE,)).themes["township-sewage"]
HEAD = Row(
    "cities/x/city.toml", 1, {"key": "x", "name": "某市", "code": "990500", "simulated": True}
)


def area(code, level, parent=""):
    return Row(
        "cities/x/areas.csv", 2, {"code": code, "name": "某地", "level": level, "parent": parent}
    )


def test_the_first_four_strokes_each_have_a_criterion():
    assert {c.stroke for c in THEME.criteria} == {1, 2, 3, 4}


def test_only_the_ratio_is_derived():
    derived = [c for c in THEME.criteria if c.weight is Weight.DERIVED]
    assert [type(c) for c in derived] == [RatioBetween]


def test_every_criterion_says_where_it_comes_from():
    assert all(c.clause and c.source for c in THEME.criteria)


def test_what_is_our_own_template_is_not_called_verified():
    for measure in THEME.plan:
        assert not (measure.verified and "本系统模板" in measure.source)


def test_a_claim_asks_for_a_self_check_a_photo_pair_and_the_acceptance():
    kinds = {e.kind for e in THEME.evidence}
    assert {"self-check", "photo-pair", "completion-acceptance"} <= kinds


def test_the_plan_ends_with_acceptance_notice_and_closing():
    assert [m.key for m in THEME.plan if not m.before_acceptance] == [
        "acceptance",
        "notice",
        "closing",
    ]


def test_an_area_code_of_the_wrong_length_is_refused():
    with pytest.raises(BrokenPackError, match="write 6 digits for a county"):
        city(HEAD, [area("99050", "county")], [], [])


def test_an_area_whose_parent_is_unknown_is_refused():
    with pytest.raises(BrokenPackError, match="parent '990500' is not in areas"):
        city(HEAD, [area("990501", "county", "990500")], [], [])


def test_an_area_listed_twice_is_refused():
    with pytest.raises(BrokenPackError, match="'990501' occurs twice"):
        city(HEAD, [area("990501", "county"), area("990501", "county")], [], [])
