import shutil
from dataclasses import FrozenInstanceError
from datetime import date
from fractions import Fraction

import pytest

from zhenggai.kernel.themes.chain import ChainEnd
from zhenggai.kernel.themes.theme import plan_for
from zhenggai.packs.broken import BrokenPackError
from zhenggai.packs.shelf import HERE, digest, families, read_csv, read_toml
from zhenggai.stores.shelf import check, load_shelf

SHELF = load_shelf((HERE,))


@pytest.fixture
def copy(tmp_path):
    root = tmp_path / "packs"
    shutil.copytree(HERE, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return root


def replaced(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize("case", SHELF.cases, ids=lambda c: c.file.rsplit("/", 1)[-1])
def test_every_case_of_a_theme_gets_the_verdict_it_states(case):
    assert case.differences(SHELF.themes[case.theme], SHELF.standards) == ()


def test_the_packs_shipped_here_have_no_problem():
    assert check(HERE) == ()


def test_the_shelf_is_read_once_and_cannot_be_altered():
    assert load_shelf((HERE,)) is SHELF
    with pytest.raises(FrozenInstanceError):
        SHELF.digest = "other"


def test_the_digest_changes_with_one_character_and_not_with_the_order_of_roots(copy, tmp_path):
    before = digest((copy,))
    assert before == digest((copy,)) == digest((HERE,))
    replaced(copy / "themes/township-sewage/theme.toml", "0.30", "0.31")
    assert digest((copy,)) != before
    assert digest((copy, HERE)) == digest((HERE, copy))


def test_a_number_of_a_pack_is_exact():
    assert SHELF.themes["township-sewage"].params["power_norm"].value == Fraction(3, 10)


def test_a_row_knows_the_line_a_person_counts():
    head = read_toml(HERE / "themes/township-sewage/theme.toml")
    lines = (HERE / "themes/township-sewage/theme.toml").read_text("utf-8").splitlines()
    for row in head.rows("criterion"):
        assert lines[row.number - 1] == "[[criterion]]"
        assert row.text("key") in "".join(lines[row.number : row.number + 2])
    assert [r.number for r in read_csv(HERE / "cities/zhaoling/posts.csv")][:2] == [2, 3]


BREAKS = {
    "unknown kind": ('kind       = "document"', 'kind       = "paperwork"', "unknown"),
    "unknown series": ('"bod_in"', '"bod_inn"', "series 'bod_inn' is unknown"),
    "misspelt name": ("reach       = 60", "reech       = 60", "reech is not read"),
    "unit of another series": ('unit        = "mg/L"', 'unit        = "ug/L"', "write mg/L"),
    "no such question": ('"handover", "eff', '"handing", "eff', "handing is not in checklist.csv"),
    "circle in the plan": (
        'after             = ["prelim"]',
        'after             = ["closing"]',
        "waits for itself in a circle",
    ),
    "norm outside its range": ("low      = 0.24", "low      = 0.34", "low ≤ value ≤ high"),
    "no such standard": ('standard   = "GB 18918"', 'standard   = "GB 1"', "not on the shelf"),
    "derived taken as evidence": ('"derived"', '"evidence"', "ratio_between is derived"),
    "stroke six": ("stroke   = 4", "stroke   = 6", "none of 1 to 5"),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_theme_names_file_line_and_remedy(copy, what):
    old, new, said = BREAKS[what]
    path = copy / "themes/township-sewage/theme.toml"
    line = replaced(path, old, new)
    with pytest.raises(BrokenPackError, match=said) as caught:
        load_shelf((copy,))
    assert caught.value.file == "themes/township-sewage/theme.toml"
    assert 0 < caught.value.row <= line
    assert " → " in str(caught.value)


def test_toml_that_cannot_be_read_names_its_line(copy):
    line = replaced(copy / "chains/city.toml", 'name     = "初验"', 'name     = "初验')
    with pytest.raises(BrokenPackError, match="not TOML") as caught:
        load_shelf((copy,))
    assert (caught.value.file, caught.value.row) == ("chains/city.toml", line)


def test_a_csv_row_with_a_cell_too_few_names_its_line(copy):
    path = copy / "standards/gb18918-2002/limits.csv"
    line = replaced(path, "cod,IB,60,mg/L,,,,表1,true", "cod,IB,60,mg/L,,,表1,true")
    with pytest.raises(BrokenPackError, match="8 cells under 9 headings") as caught:
        load_shelf((copy,))
    assert caught.value.row == line


def test_a_case_that_states_another_verdict_is_a_problem(copy):
    path = copy / "themes/township-sewage/cases/inflow-fell.toml"
    replaced(path, 'answer = "not_met"', 'answer = "met"')
    with pytest.raises(BrokenPackError, match="the verdict is not_met, stated met"):
        load_shelf((copy,))


def test_a_checking_bureau_that_no_city_has_is_a_problem(copy):
    replaced(copy / "chains/city.toml", '"ecology"', '"forestry"')
    with pytest.raises(BrokenPackError, match="zhaoling has no body for 'forestry'"):
        load_shelf((copy,))


def test_limits_that_leave_a_gap_are_a_problem(copy):
    path = copy / "standards/gb18918-2002/limits.csv"
    replaced(path, "nh3n,IB,8,mg/L,water_temp,12,", "nh3n,IB,8,mg/L,water_temp,13,")
    with pytest.raises(BrokenPackError, match="leave a gap"):
        load_shelf((copy,))


def test_two_editions_that_begin_on_one_day_are_a_problem(copy):
    twin = copy / "standards/gb18918-2030"
    shutil.copytree(copy / "standards/gb18918-2002", twin)
    replaced(twin / "pack.toml", '"2002"', '"2030"')
    with pytest.raises(BrokenPackError, match="begins on the same day as GB 18918-2002"):
        load_shelf((copy,))


def test_a_city_brings_its_own_packs_and_check_lists_what_is_wrong(tmp_path):
    chains = tmp_path / "chains"
    chains.mkdir()
    text = (HERE / "chains/city.toml").read_text("utf-8")
    (chains / "own.toml").write_text(text.replace('"city"', '"own"', 1), encoding="utf-8")
    assert check(tmp_path) == ()
    assert set(load_shelf((HERE, tmp_path)).chains) == {*SHELF.chains, "own"}
    (chains / "own.toml").write_text(text, encoding="utf-8")
    assert check(tmp_path) == (
        "chains/own.toml:1: key 'city' is not its folder's name → write \"own\"",
    )


def test_the_same_key_in_two_roots_is_a_problem(tmp_path):
    (tmp_path / "chains").mkdir()
    shutil.copy(HERE / "chains/city.toml", tmp_path / "chains/city.toml")
    with pytest.raises(BrokenPackError, match="two roots hold the key 'city'"):
        families((HERE, tmp_path), "chains")


def test_zhaoling_has_the_units_posts_and_rules_of_its_world():
    city = SHELF.cities["zhaoling"]
    assert [a.level for a in city.areas].count("county") == 12
    assert all(a.code.startswith("9905") for a in city.areas)
    posts = (
        "office-1 office-2 jia yi bing ding zhujian huanbao inspect-1 inspect-2 leader audit "
        "sysadmin secadmin auditadmin firm-b"
    )
    assert " ".join(p.key for p in city.posts) == posts
    assert city.rules["notice_days"] == 5
    assert city.rules["reply_days"] == 3
    assert city.rules["report_answer_days"] == 15


def test_a_real_city_carries_areas_and_no_posts():
    city = SHELF.cities["shaoyang"]
    assert city.posts == ()
    assert [a.code for a in city.areas if a.level == "county"][-1] == "430582"
    assert not any(b.kind == "enterprise" for b in city.bodies)


def test_central_and_film_items_end_here_with_a_forwarding():
    assert SHELF.chains["city"].ends is ChainEnd.CLOSE
    for key in ("central-inspection", "warning-film"):
        assert SHELF.chains[key].ends.label == "同意上报销号"


def test_the_first_check_is_signed_by_the_bureau_of_the_industry():
    theme, city = SHELF.themes["township-sewage"], SHELF.cities["zhaoling"]
    first, second = SHELF.chains["city"].checks
    assert [b.name for b in city.bodies_of(first.field(theme))] == ["市住建局"]
    assert [b.name for b in city.bodies_of(second.field(theme))] == ["市生态环境局"]


def test_the_plan_takes_the_notice_period_from_the_city():
    plan = plan_for(SHELF.themes["township-sewage"], SHELF.cities["zhaoling"].rules)
    notice = next(m for m in plan if m.key == "notice")
    assert (notice.shortest, notice.likely, notice.longest, notice.day_kind) == (5, 5, 5, "notice")


def test_the_campaigns_say_what_is_simulated_and_what_is_past():
    zhaoling, shaoyang = SHELF.campaigns["zhaoling-2026"], SHELF.campaigns["shaoyang-2021"]
    assert (zhaoling.simulated, shaoyang.simulated) == (True, False)
    assert zhaoling.clock_zero.isoformat() == "2026-08-06T08:00:00+08:00"
    assert [g.due_on for g in zhaoling.goals] == [
        date(2026, 8, 31),
        date(2026, 9, 30),
        date(2026, 12, 31),
    ]


WORDS = ["作风不实", "病灶", "空壳", "造假", "弄虚作假", "末位", "倒数", "甩锅", "推诿", "不力"]


@pytest.mark.parametrize(
    "path", sorted(HERE.rglob("*.toml")), ids=lambda p: f"{p.parent.name}/{p.name}"
)
def test_no_pack_speaks_of_guilt(path):
    text = path.read_text(encoding="utf-8")
    assert [w for w in WORDS if w in text] == []
