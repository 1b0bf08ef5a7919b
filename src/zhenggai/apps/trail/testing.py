"""Unlocks the trail for tests, and only under pytest."""

from __future__ import annotations

import os

from zhenggai.apps.trail import triggers


def unlock() -> None:
    """Drop the triggers, so that a test may empty or attack its own database."""
    if "PYTEST_VERSION" not in os.environ:
        raise RuntimeError("the trail is unlocked under pytest only")
    triggers.drop_all()
