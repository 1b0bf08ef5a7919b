from __future__ import annotations

import pytest
from tests.world_faces import own_home

from zhenggai.apps.ledger.models import Campaign, Item, Listing, ListVersion
from zhenggai.apps.parties.models import Area, Body
from zhenggai.apps.sources.models import Document, Finding
from zhenggai.apps.trail.models import Act, Entry
from zhenggai.faces.cli.main import main
from zhenggai.packs.shelf import HERE


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    own_home(settings, tmp_path)


def directive(key: str) -> str:
    return str(HERE / "campaigns" / key / "directive.txt")


def opened(key: str, *more: str) -> int:
    return main(["open", directive(key), "--campaign", key, *more])


@pytest.mark.django_db
def test_a_real_document_becomes_proposals_and_nothing_is_confirmed(capsys):
    assert opened("shaoyang-2021") == 0
    said = capsys.readouterr().out
    assert "6条待人工确认" in said
    assert f"/console/documents/{Document.objects.get().pk}/" in said
    assert Campaign.objects.get().key == "shaoyang-2021"
    assert Area.objects.filter(level="county").count() == 12
    assert set(Finding.objects.values_list("status", flat=True)) == {"read"}
    assert not Item.objects.exists()


@pytest.mark.django_db
def test_opening_twice_changes_nothing():
    opened("shaoyang-2021")
    before = Act.objects.count(), Entry.objects.count()
    assert opened("shaoyang-2021") == 0
    assert (Act.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("key", ["shaoyang-2021", "zhaoling-2026"])
def test_a_clerk_who_has_looked_confirms_and_the_first_items_exist(zhaoling, key):
    assert opened(key, "--confirm-as", "office-1") == 0
    assert opened(key, "--confirm-as", "office-1") == 0
    version = ListVersion.objects.get(list__campaign__key=key)
    assert version.no == 1
    lines = Listing.objects.filter(version=version).order_by("pk").select_related("item")
    assert [line.item.title for line in lines] == [
        "乡镇污水处理设施建设",
        "乡镇级千人以上饮用水水源地环境问题整治",
        "尾矿库污染整治",
        "砂石土矿专项整治",
    ]
    for line in lines:
        assert not line.item.places.exists()
        assert not line.item.duties.exists()
    assert Act.objects.filter(by_post="office-1", via="cli").exists()


def test_what_the_text_does_not_say_stays_unknown(zhaoling):
    opened("zhaoling-2026", "--confirm-as", "office-1")
    said = Listing.objects.order_by("pk").values_list("deadline_iso", "due_on")
    assert [(iso, str(day)) for iso, day in said] == [
        ("2026-09-30", "2026-09-30"),
        ("XXXX-08-31", "None"),
        ("", "None"),
        ("2026-12-31", "2026-12-31"),
    ]


def test_two_cities_keep_their_own_governments(zhaoling):
    opened("shaoyang-2021")
    assert Campaign.objects.get().authority.name == "邵阳市人民政府"
    assert Body.objects.get(key="city-gov").name == "昭陵市人民政府"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--confirm-as", "nobody"), "不在册"),
        (("--confirm-as", "office-1"), "不在册"),
    ],
)
def test_nobody_confirms_for_a_post_that_nobody_holds(capsys, more, says):
    assert opened("shaoyang-2021", *more) == 2
    assert says in capsys.readouterr().err
    assert not Item.objects.exists()


@pytest.mark.django_db
def test_what_cannot_be_opened_is_one_sentence(tmp_path, capsys):
    odd = tmp_path / "空.txt"
    odd.write_bytes(b"")
    for file, campaign, says in (
        (str(tmp_path / "无.txt"), "shaoyang-2021", "没有文件"),
        (str(odd), "shaoyang-2021", "是空文件"),
        (directive("shaoyang-2021"), "nope", "没有名为“nope”的专项规则包"),
    ):
        assert main(["open", file, "--campaign", campaign]) == 2
        said = capsys.readouterr().err
        assert says in said
        assert said.count("\n") == 1
    assert not Document.objects.exists()
