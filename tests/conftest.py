"""What every test may lean on: where the shared material is, and the world of 昭陵市."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings as installation
from hypothesis import HealthCheck, settings

# Nothing a test writes may reach the folder of somebody's real installation.
installation.HOME = Path(tempfile.mkdtemp(prefix="zhenggai-test-"))

settings.register_profile("dev", max_examples=25, deadline=None)
settings.register_profile(
    "ci",
    max_examples=200,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("night", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared():
    """The folder of shared material; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared reference material is not beside this checkout")
    return SHARED


@pytest.fixture
def zhaoling(db):
    """昭陵市, registered and seated."""
    from tests.world import seat_everybody

    return seat_everybody()
