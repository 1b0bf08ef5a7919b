"""净文: what cleaning repairs, and that it keeps the way back."""

from __future__ import annotations

import pytest

from zhenggai.kernel.text.clean import CleanText, Span, clean
from zhenggai.kernel.text.layout import unwrap
from zhenggai.kernel.text.passes import cleaned
from zhenggai.kernel.text.pinyin import strip_pinyin


@pytest.mark.parametrize(
    "noisy",
    ["攻坚战(zhàn)", "攻坚战(gōngjiānzhàn)", "攻坚战（gōng jiān zhàn）", "攻坚战( zhàn )(zhàn)"],
)
def test_bracketed_pinyin_goes_in_every_style(noisy):
    assert cleaned(noisy).text == "攻坚战"


@pytest.mark.parametrize("kept", ["化学需氧量（COD）", "砷（as）", "邵阳（2021）", "（记者 某某）"])
def test_a_bracket_with_anything_but_pinyin_stays(kept):
    assert cleaned(kept).text == kept


def test_a_toneless_reading_goes_only_beside_toned_ones():
    assert cleaned("我们(men)在推进(jìn)").text == "我们在推进"
    assert cleaned("我们(men)").text == "我们（men）"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("来源:某网,会议召开.", "来源：某网，会议召开。"),
        ("共1,046.64公顷,时间19:37", "共1,046.64公顷，时间19:37"),
        ("讯(记者 某某)8月6日", "讯（记者 某某）8月6日"),
        ("GB 3838(2002)", "GB 3838(2002)"),
        ("推进,，落实。。", "推进，落实。"),
        ("推进整改。。。", "推进整改。。。"),
    ],
)
def test_punctuation_is_chinese_where_the_sentence_is(raw, text):
    assert cleaned(raw).text == text


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 书记专题 > 最新活动",
        "当前位置：首页 > 新闻",
        "weixin",
        "扫码关注",
        "官方微信公众号",
        "分享到：微信 微博 QQ空间",
        "【字体：大 中 小】 打印本页 关闭窗口",
        "浏览次数：128次",
    ],
)
def test_the_furniture_of_a_page_goes(line):
    assert cleaned(f"昭陵市召开会议\n{line}\n会议强调，抓好整改。").text == (
        "昭陵市召开会议\n会议强调，抓好整改。"
    )


@pytest.mark.parametrize("line", ["打印机采购公告", "关注乡镇污水处理", "128", "首页新闻很重要。"])
def test_a_line_that_says_something_stays(line):
    assert line in cleaned(f"标题\n{line}\n正文。").text


def test_a_headline_set_three_times_stands_once():
    page = "昭陵市召开推进会议\n" * 3 + "会议强调，抓好整改。"
    text = cleaned(page)
    assert text.text == "昭陵市召开推进会议\n会议强调，抓好整改。"
    assert ("headline", 2) in [(r.name, r.count) for r in text.repairs]


def test_lines_broken_at_a_pages_edge_are_joined_but_numbered_items_are_not():
    wrapped = CleanText.of(
        "为做好今年的整改工作现将有关事项通知如下请各有关单位认真抓\n好落实并按要求反馈\n一、重点任务"
    )
    assert unwrap(wrapped).text.split("\n") == [
        "为做好今年的整改工作现将有关事项通知如下请各有关单位认真抓好落实并按要求反馈",
        "一、重点任务",
    ]


def test_a_span_covers_what_was_deleted_inside_it():
    raw = "打好攻坚战(zhàn)工作"
    text = cleaned(raw)
    start = text.text.index("战工")
    assert text.span(start, start + 2) == Span(4, 12)
    assert raw[4:12] == "战(zhàn)工"


def test_an_empty_span_is_an_error():
    with pytest.raises(ValueError, match="no text between"):
        cleaned("整改").span(1, 1)


def test_each_pass_says_how_often_it_repaired():
    text = clean(CleanText.of("战(zhàn)进(jìn)"), (strip_pinyin,))
    assert [(r.label, r.count) for r in text.repairs] == [("去拼音", 2)]
