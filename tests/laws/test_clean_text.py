"""净文: what holds for every text that is cleaned."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.kernel.documents.as_json import as_json
from zhenggai.kernel.documents.deadlines import parse
from zhenggai.kernel.documents.extract import extract
from zhenggai.kernel.text.passes import cleaned
from zhenggai.stores.readers.read import understood

# Pieces that trip the passes over each other, with plain characters in between.
PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *("战(zhàn)", "攻坚战（gōng jiān zhàn）", "們(men)", "(CO2)", "(", ")", "（", "()"),
                *(",", "，", ",，", "。。", ".", ":", "：", "!", "\n", "\r\n", "　", "\ufeff", " "),
                *("扫码关注\n", "首页 > 新闻\n", "昭陵市召开推进会议\n", "存在著", "著名", "乾隆"),
                *(
                    "2026年9月30日前",
                    "8月底前",
                    "2020112日前",
                    "每月底",
                    "任务",
                    "一、",
                    "1.",
                    "等",
                ),
                *("推进", "整治", "、", "市委书记", "李明", "59个", "《关于整改的通知》", "“", "”"),
            ]
        ),
        st.text(max_size=4),
        st.text("邵昭县市后後環境問題", max_size=6),
    ),
    max_size=24,
).map("".join)
LAWS = settings(max_examples=120, deadline=None, derandomize=True)


@LAWS
@given(PIECES)
def test_the_map_rises_and_stays_inside_the_original(raw):
    text = understood(raw)
    assert len(text.origin) == len(text.text)
    assert list(text.origin) == sorted(set(text.origin))
    assert all(0 <= place < len(raw) for place in text.origin)


@LAWS
@given(PIECES)
def test_a_character_nobody_converted_is_the_one_in_the_original(raw):
    text = understood(raw)
    changed = sum(a != raw[place] for a, place in zip(text.text, text.origin, strict=True))
    converting = {"simplified", "punctuation", "spaces"}
    assert changed <= sum(r.count for r in text.repairs if r.name in converting)
    plain = cleaned(raw)
    odd = {(raw[p], c) for c, p in zip(plain.text, plain.origin, strict=True) if c != raw[p]}
    assert all(new in " ，；：？！（）。" for _, new in odd)


@LAWS
@given(PIECES)
def test_cleaning_what_is_clean_changes_nothing(raw):
    once = understood(raw).text
    again = understood(once)
    assert again.text == once
    assert again.repairs == ()


@LAWS
@given(PIECES, st.data())
def test_a_span_begins_and_ends_at_its_own_characters(raw, data):
    text = understood(raw)
    if not text.text:
        return
    start = data.draw(st.integers(0, len(text.text) - 1))
    end = data.draw(st.integers(start + 1, len(text.text)))
    span = text.span(start, end)
    inside = [c for c, p in zip(text.text, text.origin, strict=True) if span.start <= p < span.end]
    assert "".join(inside) == text.text[start:end]


@LAWS
@given(PIECES)
def test_reading_any_text_ends_and_every_span_lies_in_the_original(raw):
    found = as_json(extract(understood(raw)))
    for key in ("deadlines", "figures", "key_tasks", "people", "problems"):
        for one in found[key]:
            start, end = one["span"]
            assert 0 <= start < end <= len(raw)


@LAWS
@given(st.text(max_size=20))
def test_an_expression_keeps_its_words_and_a_day_has_no_unknown_part(words):
    deadline = parse(words)
    assert deadline.raw == words.strip()
    assert deadline.due_on is None or deadline.due_on.isoformat() == deadline.iso
