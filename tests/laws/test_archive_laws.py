"""观测档案: what holds for all observations and corrections."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.analytics.observations import BEIJING
from zhenggai.stores.archive import Archive, Flag, Observation

START = datetime(2026, 6, 28, tzinfo=BEIJING)
PLACES, SERIES = (1, 2), ("bod_in", "cod_out")
SPAN = {"first": date(2026, 6, 28), "last": date(2026, 7, 4)}

observations = st.builds(
    Observation,
    st.sampled_from(PLACES),
    st.sampled_from(SERIES),
    st.integers(0, 7 * 24 - 1).map(lambda hour: START + timedelta(hours=hour)),
    st.integers(-(2**31) + 1, 2**31 - 1),
    st.sampled_from(Flag),
)
tables = st.lists(observations, max_size=30, unique_by=lambda o: (o.place, o.series, o.at))
corrections = st.lists(st.tuples(tables, st.integers(1, 9)), max_size=3)


def archive():
    return Archive(Path(tempfile.mkdtemp(prefix="zhenggai-law-")))


def everything(kept, files, known_seq=None):
    return {
        (place, series): kept.select(
            files, place=place, series=(series,), **SPAN, known_seq=known_seq
        )
        for place in PLACES
        for series in SERIES
    }


def expected(rows):
    """The same by hand: the last writer of a time wins."""
    last = {(o.place, o.series, o.at): o for o in rows}
    return {
        (place, series): tuple(last[k] for k in sorted(last) if k[:2] == (place, series))
        for place in PLACES
        for series in SERIES
    }


@settings(max_examples=15, deadline=None)
@given(tables)
def test_what_was_written_is_what_is_selected(rows):
    kept = archive()
    assert everything(kept, kept.write(rows, kind="water", layer="base")) == expected(rows)


@settings(max_examples=15, deadline=None)
@given(tables, corrections, st.integers(0, 9))
def test_the_last_correction_known_wins(rows, later, known_seq):
    kept = archive()
    files = kept.write(rows, kind="water", layer="base")
    for revision, (changed, seq) in enumerate(later, start=1):
        files += kept.write(changed, kind="water", layer="delta", seq=seq, revision=revision)
    known = sorted((seq, n) for n, (_, seq) in enumerate(later) if seq <= known_seq)
    seen = [*rows, *(o for _, n in known for o in later[n][0])]
    assert everything(kept, files, known_seq) == expected(seen)


@settings(max_examples=15, deadline=None)
@given(tables, corrections)
def test_compaction_changes_no_answer(rows, later):
    kept = archive()
    files = kept.write(rows, kind="water", layer="base")
    for revision, (changed, seq) in enumerate(later, start=1):
        files += kept.write(changed, kind="water", layer="delta", seq=seq, revision=revision)
    assert everything(kept, kept.compact(files)) == everything(kept, files)
