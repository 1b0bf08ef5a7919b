"""Components: shape and word before colour, everything escaped, unknown never blank."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from zhenggai.faces.ui.templatetags.ui import AGREEMENTS, VERDICTS, WEIGHTS
from zhenggai.kernel.themes.criterion import Weight
from zhenggai.kernel.verdict import Answer

EVIL = "<script>alert(1)</script>"


def draw(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_the_glyph_says_every_stroke_in_words():
    drawn = draw('{% zheng "acxd-" "l" %}')
    assert (
        "销号五笔：任务节点一致，现场证据已报待核，监测数据不一致，群众反馈数据不足，公示核销未到"
        in drawn
    )
    assert 'role="img"' in drawn


def test_a_stroke_that_does_not_agree_is_broken_in_two():
    assert draw('{% zheng "x----" %}').count('class="broken"') == 2


def test_a_claimed_stroke_is_hollow():
    drawn = draw('{% zheng "c----" %}')
    assert 'class="claim-out"' in drawn
    assert 'class="claim-in"' in drawn


@pytest.mark.parametrize("strokes", ["aaaa", "aaaaaa", "aaaaq"])
def test_a_glyph_with_other_than_five_known_codes_is_an_error(strokes):
    with pytest.raises(ValueError, match="takes five"):
        draw("{% zheng strokes %}", strokes=strokes)


def test_a_light_without_its_word_keeps_its_name_for_screen_readers():
    assert 'aria-label="红灯"' in draw('{% light "red" "" %}')
    assert "红灯" in draw('{% light "red" %}')


def test_each_light_has_its_own_shape():
    levels = ("red", "yellow", "green", "closed", "none")
    shapes = {draw("{% light level '' %}", level=level).split("<svg")[1] for level in levels}
    assert len(shapes) == 5


def test_a_derived_figure_carries_its_range_and_formula_and_no_measured_mark():
    drawn = draw('{% figure "derived" 220 "t/d" low=183 high=275 formula="66 ÷ 0.30" %}')
    assert "推算" in drawn
    assert "（183–275）" in drawn
    assert "66 ÷ 0.30" in drawn
    assert "measured" not in drawn


def test_a_figure_nobody_gave_is_unknown():
    assert "未知" in draw('{% figure "measured" None "mg/L" %}')


@pytest.mark.parametrize("name", ["zh_date", "md", "zh_time", "plain"])
def test_a_value_nobody_gave_is_unknown(name):
    assert 'class="unk"' in draw("{{ value|" + name + " }}", value=None)


def test_a_known_day_is_written_with_its_weekday():
    assert draw("{{ day|zh_date }}{{ day|wd }}", day=date(2026, 9, 20)) == "2026年9月20日周日"


@pytest.mark.parametrize(
    "source",
    [
        "{% stage_tag 'closed' evil %}",
        "{% pending evil %}",
        "{% unknown evil %}",
        "{% light 'red' evil %}",
        "{% verdict 'met' evil %}",
        "{% figure 'claimed' evil evil formula=evil %}",
        "{% shell_bar 10 5 unit=evil %}",
    ],
)
def test_words_from_outside_are_escaped(source):
    drawn = draw(source, evil=EVIL)
    assert EVIL not in drawn
    assert "&lt;script&gt;" in drawn


def test_the_words_for_verdicts_and_weights_are_those_of_the_kernel():
    assert {key: str(sign[2]) for key, sign in VERDICTS.items()} == {a: a.label for a in Answer}
    assert {key: str(word) for key, word in WEIGHTS.items()} == {w: w.label for w in Weight}


def test_every_agreement_has_a_sign_of_its_own():
    assert len({sign[1] for sign in AGREEMENTS.values()}) == len(AGREEMENTS)


def test_a_misspelt_icon_fails_at_once():
    with pytest.raises(TemplateSyntaxError, match="no icon"):
        draw('{% icon "chek" %}')


class Sheet(forms.Form):
    day = forms.DateField(label="验收日期", help_text="以签字表为准")
    note = forms.CharField(label="说明", required=False)
    kind = forms.ChoiceField(label="结果", choices=[("a", "不符")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="属实")


def test_a_field_shows_label_help_error_and_whether_it_is_required():
    form = Sheet({"day": "9月"})
    drawn = draw("{% field form.day %}", form=form)
    assert 'for="id_day"' in drawn
    assert "必填" in drawn
    assert 'id="id_day_helptext"' in drawn
    assert 'aria-describedby="id_day_helptext id_day_error"' in drawn
    assert 'id="id_day_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert "可不填" in draw("{% field form.note %}", form=form)


def test_choices_are_grouped_under_a_legend_and_a_tick_stands_before_its_words():
    form = Sheet()
    assert "<legend>结果" in draw("{% field form.kind %}", form=form)
    ticked = draw("{% field form.sure %}", form=form)
    assert ticked.index("<input") < ticked.index("<label")


def test_two_forms_never_carry_the_same_act():
    assert draw("{% act_field %}") != draw("{% act_field %}")


def test_a_shell_bar_says_claim_measurement_and_due():
    assert 'aria-label="申报 62% · 核实 55% · 应达 80%"' in draw("{% shell_bar 62 55 80 %}")
