"""Wakes every chapter's verbs, handlers, jobs and checks once, when the installation starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrailConfig(AppConfig):
    """留痕."""

    name = "zhenggai.apps.trail"

    def ready(self) -> None:
        """Discover what the chapters say, and put the triggers back after every migration."""
        from zhenggai.apps.trail import bus, triggers  # noqa: PLC0415 - models are ready only now

        bus.discover()
        post_migrate.connect(triggers.install, dispatch_uid="trail.triggers")
