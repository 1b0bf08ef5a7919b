"""What every test of a chapter is held to."""

from __future__ import annotations

import pytest
from tests.traces import watching


@pytest.fixture(autouse=True)
def traced(request):
    """No transaction writes without leaving a trace; see ``tests/traces.py``."""
    marked = request.node.get_closest_marker("django_db")
    if not marked and not {"db", "transactional_db"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("db")
    with watching():
        yield
