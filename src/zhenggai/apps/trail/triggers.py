"""Triggers that keep the trail append-only on both engines; put back after every migration."""

from __future__ import annotations


def install(**kwargs: object) -> None:
    """Placeholder until the triggers are written."""
