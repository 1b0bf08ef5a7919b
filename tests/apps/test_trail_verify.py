"""核验: each attack is one test; verification names what was done."""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest
from django.db import connection
from tests.world import act, on
from tests.world_ledger import CAMPAIGN, open_zhaoling
from tests.world_trail import attack, change, clock_set, entry_of, key, told

from zhenggai.apps.planning.counts import report_count
from zhenggai.apps.trail import checks, triggers
from zhenggai.apps.trail import verify as verification
from zhenggai.apps.trail.anchors import anchors_file, drop_anchor
from zhenggai.apps.trail.chain import GENESIS, folded
from zhenggai.apps.trail.faults import Fault
from zhenggai.apps.trail.models import Act, Anchor, Entry, Seal
from zhenggai.apps.trail.sealing import head, seal_all
from zhenggai.apps.trail.testing import unlock
from zhenggai.apps.trail.verify import verify
from zhenggai.kernel.verdict import Refused


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def trail(transactional_db, home):
    """Five acts with seven entries, anchored after the third act and at the end."""
    acts = [told("doc:1"), told("doc:2", times=3), clock_set(9)]
    drop_anchor("公示", on(8, 6, 9))
    acts += [told("doc:3"), clock_set(10)]
    drop_anchor("整点", on(8, 6, 10))
    return acts


def found(**given):
    report = verify(**given)
    return {fault.code for fault in report.faults}, "\n".join(f.text for f in report.faults)


def test_an_untouched_trail_has_no_faults(trail):
    report = verify()
    assert report.faults == ()
    assert (report.entries, report.sealed, report.unsealed, report.anchors) == (7, 7, 0, 2)


def test_entries_that_wait_for_the_sealer_are_counted_and_are_no_fault(trail):
    told("doc:4", times=2)
    report = verify()
    assert report.faults == ()
    assert (report.entries, report.unsealed) == (9, 2)


def test_an_edited_body_is_named_with_its_act(trail):
    sql = (
        "UPDATE trail_entry SET body = REPLACE(body, 'doc:2', 'doc:9') WHERE act_id = %s AND n = 1"
    )
    attack((sql, [key(trail[1])]))
    codes, text = found()
    assert codes == {"entry-changed", "entry-column"}
    assert str(trail[1].id) in text
    assert "第2条留痕" in text
    assert "表trail.entry的body列已被改动" in text
    assert "subject列与其正文不符" in text


@pytest.mark.parametrize("name", ["trailxclockshift:1", "trail.clock:1", "trail.clockshift:x"])
def test_a_body_that_names_no_row_is_a_fault_and_stops_nothing(trail, name):
    sql = "UPDATE trail_entry SET body = REPLACE(body, 'trail.clockshift:1', %s) WHERE act_id = %s"
    attack((sql, [name, key(trail[2])]))
    codes, text = found()
    assert "entry-changed" in codes
    assert codes & {"table-missing", "row-unreadable"}
    assert str(trail[2].id) in text


def test_an_edited_digest_is_told_from_an_edited_body(trail):
    attack(("UPDATE trail_entry SET digest = %s WHERE act_id = %s", ["0" * 64, key(trail[0])]))
    codes, text = found()
    assert codes == {"entry-changed"}
    assert "digest列已被改动" in text


def test_an_entry_rewritten_with_its_digest_no_longer_fits_its_seal(trail):
    entry = entry_of(trail[1], n=2)
    body = entry.body.replace('"said":2', '"said":7')
    digest = hashlib.sha256(body.encode()).hexdigest()
    sql = "UPDATE trail_entry SET body = %s, digest = %s WHERE id = %s"
    attack((sql, [body, digest, entry.pk]))
    codes, text = found()
    assert codes == {"link-broken"}
    assert str(trail[1].id) in text
    assert "表trail.entry该行已被改动" in text


def test_a_chain_rewritten_to_its_end_contradicts_the_anchors(trail):
    entry = entry_of(trail[0])
    body = entry.body.replace('"said":0', '"said":7')
    digest = hashlib.sha256(body.encode()).hexdigest()
    attack(
        ("UPDATE trail_entry SET body = %s, digest = %s WHERE id = %s", [body, digest, entry.pk])
    )
    chain, statements = GENESIS, []
    for seal in Seal.objects.select_related("entry__act").order_by("seq"):
        chain = folded(chain, seal.entry)
        statements.append(("UPDATE trail_seal SET chain = %s WHERE seq = %s", [chain, seal.seq]))
        sql = "UPDATE trail_anchor SET chain = %s WHERE seq = %s"
        statements.append((sql, [chain, seal.seq]))
    attack(*statements)
    codes, text = found()
    assert codes == {"chain-rewritten", "anchor-changed"}
    assert "锚点第5号（2026-08-06 09:00，公示）（其后另有1条锚点不符）" in text


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("by_post", "office-2"),
        ("by_person", "bing"),
        ("via", "api"),
        ("at", "2026-08-05 01:00:00Z"),
    ],
)
def test_an_edited_act_is_named_by_its_entries(trail, column, value):
    value = "2026-08-05 01:00:00" if column == "at" and connection.vendor == "sqlite" else value
    attack(change("trail_act", column, value, "id", key(trail[1])))
    codes, text = found()
    assert codes == {"act-changed"}
    assert str(trail[1].id) in text


@pytest.mark.parametrize("column", ["digest", "outcome"])
def test_an_edited_column_that_no_entry_repeats_breaks_the_link(trail, column):
    attack(change("trail_act", column, "x", "id", key(trail[1])))
    codes, text = found()
    assert codes == {"link-broken"}
    assert str(trail[1].id) in text
    assert "表trail.act该行的recorded_at、digest、outcome列" in text


@pytest.mark.parametrize("column", ["verb", "subject", "item_ref"])
def test_an_edited_column_of_an_entry_is_named(trail, column):
    attack(change("trail_entry", column, "x", "act_id", key(trail[3])))
    codes, text = found()
    assert codes == {"entry-column"}
    assert str(trail[3].id) in text
    assert f"表trail.entry的{column}列" in text


def test_a_deleted_entry_is_named_with_the_act_it_is_missing_from(trail):
    attack(("DELETE FROM trail_entry WHERE act_id = %s AND n = 1", [key(trail[1])]))
    codes, text = found()
    assert codes == {"entry-missing"}
    assert "第3号链环尚在" in text
    assert str(trail[1].id) in text


def test_a_deleted_act_is_named(trail):
    attack(("DELETE FROM trail_act WHERE id = %s", [key(trail[1])]))
    codes, text = found()
    assert codes == {"act-missing"}
    assert f"行为{trail[1].id}已从表trail.act删除，其留痕尚在3条" in text


def test_a_deleted_seal_leaves_a_gap(trail):
    attack(("DELETE FROM trail_seal WHERE seq IN (2, 3)", []))
    codes, text = found()
    assert codes == {"seal-missing"}
    assert "链环缺号：2至3" in text


def test_an_edited_seal_is_named(trail):
    attack(("UPDATE trail_seal SET chain = %s WHERE seq = 3", ["f" * 64]))
    codes, text = found()
    assert "seal-changed" in codes
    assert "第3号链环" in text
    assert "表trail.seal的chain列已被改动" in text


def test_two_swapped_entries_are_named(trail):
    one, other = (Seal.objects.get(entry__act_id=trail[n].id) for n in (0, 3))
    swap = "UPDATE trail_seal SET entry_id = %s WHERE seq = %s"
    attack(
        (swap, [-1, one.seq]),
        (swap, [one.entry_id, other.seq]),
        (swap, [other.entry_id, one.seq]),
    )
    codes, text = found()
    assert codes == {"swapped"}
    assert f"第{one.seq}号链环下应是行为{trail[0].id}" in text
    assert f"第{other.seq}号链环下应是行为{trail[3].id}" in text


def cut_after(seq):
    """Take the end of the trail away, so that what is left agrees with itself."""
    gone = Entry.objects.filter(seal__seq__gt=seq)
    statements = [("DELETE FROM trail_seal WHERE seq > %s", [seq])]
    statements += [("DELETE FROM trail_entry WHERE id = %s", [entry.pk]) for entry in gone]
    pk = Act._meta.pk
    acts = {pk.get_db_prep_value(entry.act_id, connection) for entry in gone}
    statements += [("DELETE FROM trail_act WHERE id = %s", [act_id]) for act_id in acts]
    statements += [("DELETE FROM trail_anchor WHERE seq > %s", [seq])]
    attack(*statements)


def test_a_cut_tail_is_contradicted_by_the_anchors_file(trail):
    cut_after(6)
    attack(("UPDATE trail_clockshift SET seconds = 0", []))
    codes, text = found()
    assert "restored" in codes
    assert f"第一个缺失的行为是{trail[4].id}" in text


def test_a_restored_past_that_went_on_names_the_first_missing_act(trail, home):
    outside = home / "published.log"
    shutil.copy(anchors_file(), outside)
    cut_after(5)
    anchors_file().write_text(
        anchors_file().read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8"
    )
    told("doc:77", times=3)
    clock_set(10)
    drop_anchor("整点", on(8, 6, 10))
    assert verify().faults == (), "without a copy elsewhere the fork agrees with itself"
    codes, text = found(against=outside)
    assert codes == {"restored"}
    assert (
        f"锚点第7号（2026-08-06 10:00，整点）不在本库的链上：第一个缺失的行为是{trail[3].id}"
        in text
    )
    assert "恢复" in text


def test_a_missing_trigger_is_named(trail):
    dropped = triggers._wanted()[0]
    triggers._drop(dropped)
    codes, text = found()
    assert codes == {"trigger-missing"}
    assert f"触发器{dropped.name}缺失" in text


def test_last_months_number_changed_by_sql_is_named_by_act_row_and_column(
    transactional_db, home, request
):
    request.getfixturevalue("zhaoling")
    open_zhaoling()
    reported = act("bing", on(7, 31, 17))
    ref = report_count(CAMPAIGN, "bing-gov", "2026-07", "reported", 19, act=reported)
    seal_all()
    assert verify().faults == ()
    row = int(ref.partition(":")[2])
    attack(("UPDATE planning_count SET value = 16 WHERE id = %s", [row]))
    codes, text = found()
    assert codes == {"row-changed"}
    assert f"行为{reported.id}（2026-07-31 17:00，bing）" in text
    assert f"表planning.count第{row}行的value列为“19”" in text
    assert "库中现为“16”" in text


def test_a_row_that_is_gone_is_named(trail):
    attack(("DELETE FROM trail_clockshift", []))
    codes, text = found()
    assert codes == {"row-missing"}
    assert str(trail[4].id) in text
    assert "表trail.clockshift第1行的seconds列" in text


@pytest.mark.parametrize("column", ["at", "recorded_at"])
def test_a_column_that_no_longer_reads_is_a_fault_and_stops_nothing(trail, column):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite lets a column hold what is not of its type")
    never = change("trail_act", column, "2026-13-45 99:00:00", "id", key(trail[1]))
    attack(never, ("UPDATE trail_clockshift SET seconds = seconds + 1", []))
    codes, _ = found()
    assert codes == {"unreadable", "row-changed"}


def test_a_row_that_no_longer_reads_is_a_fault(trail):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite lets a column hold what is not of its type")
    attack(("UPDATE trail_clockshift SET seconds = 'later'", []))
    assert found()[0] == {"row-changed"}


@pytest.mark.parametrize("column", ["seq", "chain", "occasion", "where"])
def test_an_edited_anchor_differs_from_the_file(trail, column):
    value = 6 if column == "seq" else "x"
    attack(change("trail_anchor", column, value, "seq", 5))
    codes, text = found()
    assert codes == {"anchor-changed"}
    assert "与锚点文件不符" in text


def test_an_edited_line_of_the_anchors_file_is_found(trail):
    text = anchors_file().read_text(encoding="utf-8")
    anchors_file().write_text(text.replace("公示", "整点"), encoding="utf-8")
    assert found()[0] == {"anchor-changed"}


@pytest.mark.parametrize("rest", [None, "{}\n", "rubbish\n"])
def test_an_anchors_file_that_is_gone_or_broken_is_a_fault(trail, rest):
    anchors_file().unlink()
    if rest is not None:
        anchors_file().write_text(rest, encoding="utf-8")
    codes, text = found()
    assert codes == {"anchors-file"}
    assert "而库中有2条锚点" in text


def test_to_verify_against_a_file_that_is_not_there_is_refused(trail, home):
    with pytest.raises(Refused, match="不在"):
        verify(home / "nowhere.log")


def test_chapters_witness_what_lies_outside_the_database(trail, monkeypatch):
    monkeypatch.setitem(
        verification._witnesses, "blobs", lambda: [Fault("blob-changed", "文件ab已被改动")]
    )
    assert found() == ({"blob-changed"}, "文件ab已被改动")


def test_packs_changed_after_they_were_recorded_are_found(trail, monkeypatch):
    monkeypatch.setattr(checks, "packs_recorded", lambda: "a" * 64)
    monkeypatch.setattr(checks, "packs_now", lambda: "b" * 64)
    codes, text = found()
    assert codes == {"packs-changed"}
    assert "规则包现指纹bbbbbbbbbbbb与登记的aaaaaaaaaaaa不符" in text


def test_whoever_rewrites_everything_with_its_anchors_is_found_by_a_copy_elsewhere(trail, home):
    outside = home / "published.log"
    shutil.copy(anchors_file(), outside)
    line = json.loads(outside.read_text(encoding="utf-8").splitlines()[0])
    outside.write_text(json.dumps(line | {"chain": "0" * 64}) + "\n", encoding="utf-8")
    assert head().seq == 7
    assert Anchor.objects.count() == 2
    assert found(against=outside)[0] == {"chain-rewritten"}


def test_the_trail_is_unlocked_under_pytest_only(db, monkeypatch):
    monkeypatch.delenv("PYTEST_VERSION")
    with pytest.raises(RuntimeError, match="pytest only"):
        unlock()
