"""佐证: files of the kinds the theme asks for, kept bit for bit, seen only by who may."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on
from tests.world_ledger import item as found
from tests.world_works import paper, photo, under_way

from zhenggai.apps.evidence import queries
from zhenggai.apps.evidence.actions import put_forward, sign_self_check
from zhenggai.apps.evidence.checks import files_are_what_they_were
from zhenggai.apps.evidence.models import Blob, Evidence, SelfCheck
from zhenggai.apps.parties.models import Post
from zhenggai.apps.trail.models import Entry
from zhenggai.kernel.verdict import Refused

pytestmark = pytest.mark.usefixtures("zhaoling")
DAY = date(2026, 6, 20)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Every test has its own folder of files."""
    settings.HOME = tmp_path


def put(kind="run-log", name="运行记录.pdf", content=None, *, post="bing", press=None, day=DAY):
    body = paper("运行") if content is None else content
    return put_forward("W-037", kind, name, body, day, act=press or act(post, on(6, 20)))


def test_a_photo_is_kept_bit_for_bit_and_measured():
    item = under_way()
    put("photo-pair", "整改前.jpg", photo())
    (file,) = queries.files(item)
    assert (file.kind_name, file.media, file.width, file.height) == (
        "整改前后对比照片",
        "image/jpeg",
        32,
        24,
    )
    seen = queries.content_for(Post.objects.get(key="bing"), DAY, file.ref)
    assert seen.content == photo()


def test_who_may_not_see_the_item_sees_no_file():
    under_way()
    ref = put("photo-pair", "整改前.jpg", photo())
    for post in ("yi", "firm-b", "sysadmin"):
        assert queries.content_for(Post.objects.get(key=post), DAY, ref) is None
        assert queries.thumbnail_for(Post.objects.get(key=post), DAY, ref, 16) is None
    assert queries.thumbnail_for(Post.objects.get(key="zhujian"), DAY, ref, 16)
    assert queries.content_for(Post.objects.get(key="bing"), DAY, "evidence:nothing") is None


@pytest.mark.parametrize("content", [paper("不是照片"), b"\xff\xd8\xff\xe0broken", b""])
def test_a_photo_that_is_no_photo_is_refused_and_nothing_is_kept(content):
    under_way()
    with pytest.raises(Refused) as refused:
        put("photo-pair", "整改前.jpg", content)
    assert refused.value.reasons[0].remedy
    assert not Evidence.objects.exists()
    assert not queries.blobs().root.exists()


@pytest.mark.parametrize(
    ("kind", "name", "day", "said"),
    [
        ("poem", "诗.pdf", DAY, "不收“poem”类佐证"),
        ("run-log", " ", DAY, "文件没有名称"),
        ("run-log", "运行记录.pdf", date(2026, 6, 21), "晚于2026-06-20"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(kind, name, day, said):
    under_way()
    with pytest.raises(Refused, match=said):
        put(kind, name, day=day)


def test_the_same_file_twice_is_refused_but_a_double_press_is_one():
    under_way()
    press = act("bing", on(6, 20))
    assert put(press=press) == put(press=press)
    with pytest.raises(Refused, match="是同一文件"):
        put()
    assert Evidence.objects.count() == Blob.objects.count() == 1


def test_another_county_puts_nothing_forward_here():
    under_way()
    with pytest.raises(Refused, match="不是本事项的责任单位"):
        put(post="yi")
    with pytest.raises(Refused, match="无权提交佐证"):
        put(post="audit")


def test_before_the_hand_over_nothing_is_taken():
    found()
    with pytest.raises(Refused, match="待交办"):
        put(post="office-1")


def test_a_pair_needs_two_photos_of_two_days():
    item = under_way()
    name = "整改前后对比照片"
    assert name in queries.missing_evidence(item)
    put("photo-pair", "前.jpg", photo(1), day=date(2026, 5, 28))
    put("photo-pair", "前2.jpg", photo(2), day=date(2026, 5, 28))
    assert name in queries.missing_evidence(item)
    put("photo-pair", "后.jpg", photo(3), day=DAY)
    assert name not in queries.missing_evidence(item)


def test_papers_are_facts_by_their_own_day():
    item = under_way()
    ref = put("completion-acceptance", "竣工.pdf", paper("竣工"), day=date(2026, 6, 18))
    put("run-log", "运行.pdf", paper("无日期"), day=None)
    (fact,) = queries.papers(item)
    assert (fact.kind, fact.on, fact.ref) == (
        "completion-acceptance",
        date(2026, 6, 18),
        ref,
    )


def test_the_self_check_is_signed_by_the_person_of_the_act_as_what_they_say():
    item = under_way()
    sheet = put("self-check", "自查表.pdf", paper("自查"))
    assert "自查表（单位负责人签字）" in queries.missing_evidence(item)
    sign_self_check("W-037", DAY, "丙县人民政府副县长", sheet, act=act("bing", on(6, 20)))
    signed = SelfCheck.objects.get()
    assert (signed.person, signed.as_title, signed.signed_on) == (
        "bing",
        "丙县人民政府副县长",
        DAY,
    )
    assert "自查表（单位负责人签字）" not in queries.missing_evidence(item)


@pytest.mark.parametrize(
    ("kind", "signed_on", "title", "said"),
    [
        ("run-log", DAY, "丙县人民政府副县长", "不是本轮的自查表"),
        ("self-check", date(2026, 6, 21), "丙县人民政府副县长", "签署日期2026-06-21晚于"),
        ("self-check", DAY, " ", "未写明以何身份签署"),
    ],
)
def test_a_self_check_that_is_none_is_refused(kind, signed_on, title, said):
    under_way()
    sheet = put(kind, "某表.pdf", paper("某表"))
    with pytest.raises(Refused, match=said):
        sign_self_check("W-037", signed_on, title, sheet, act=act("bing", on(6, 20)))
    assert not SelfCheck.objects.exists()


def test_one_sheet_is_signed_once_and_only_by_who_answers():
    under_way()
    sheet = put("self-check", "自查表.pdf", paper("自查"))
    with pytest.raises(Refused, match="不是本事项的责任单位"):
        sign_self_check("W-037", DAY, "市住建局副局长", sheet, act=act("zhujian", on(6, 20)))
    sign_self_check("W-037", DAY, "丙县人民政府副县长", sheet, act=act("bing", on(6, 20)))
    with pytest.raises(Refused, match="已登记签署"):
        sign_self_check("W-037", DAY, "丙县人民政府副县长", sheet, act=act("bing", on(6, 20)))
    with pytest.raises(Refused, match="没有佐证evidence:999"):
        sign_self_check("W-037", DAY, "副县长", "evidence:999", act=act("bing", on(6, 20)))


def test_verification_names_a_file_that_was_changed_and_one_that_is_gone():
    under_way()
    put()
    assert list(files_are_what_they_were()) == []
    path = next(p for p in queries.blobs().root.rglob("*") if p.is_file())
    path.write_bytes(b"other")
    assert "已被改动" in next(iter(files_are_what_they_were())).text
    path.unlink()
    assert "不在" in next(iter(files_are_what_they_were())).text


def test_no_name_of_a_person_or_file_enters_the_trail():
    under_way()
    put(name="张三签字.pdf")
    assert not Entry.objects.filter(body__contains="张三").exists()
