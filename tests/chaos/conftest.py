"""混沌: runs by ``make chaos`` only; without ``-m chaos`` nothing here is collected."""

from __future__ import annotations

import os
import random
from uuid import uuid4

import pytest
from tests.chaos.victims import Victims


def pytest_configure(config):
    """Name the marker here, too: strict markers are on."""
    config.addinivalue_line("markers", "chaos: kills processes; run by make chaos only")


def pytest_ignore_collect(collection_path, config):
    """Pass over this folder in silence unless it was asked for."""
    asked = config.option.markexpr
    return None if "chaos" in asked and "not chaos" not in asked else True


_told: list[str] = []


def pytest_terminal_summary(terminalreporter):
    """Say what the kills came to, for the record."""
    for line in _told:
        terminalreporter.write_line(line)


@pytest.fixture
def tell():
    """Keeps a line for the end of the run."""
    return _told.append


@pytest.fixture
def dice():
    """Moments to die at; ``ZHENGGAI_CHAOS_SEED`` repeats a run as far as the machine lets it."""
    seed = os.environ.get("ZHENGGAI_CHAOS_SEED") or str(random.SystemRandom().randrange(10**6))
    _told.append(f"ZHENGGAI_CHAOS_SEED={seed}")
    return random.Random(int(seed))


@pytest.fixture
def victims(tmp_path):
    """Processes of one new installation, on SQLite or in a database of its own on PostgreSQL."""
    address = os.environ.get("ZHENGGAI_DATABASE", "")
    if not address:
        yield Victims(tmp_path, "")
        return
    import psycopg

    name = f"zhenggai_chaos_{uuid4().hex[:8]}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield Victims(tmp_path, f"{address.rpartition('/')[0]}/{name}")
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
