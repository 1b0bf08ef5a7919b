"""本机安装: starts Django for the commands that need the installation's data."""

from __future__ import annotations

import os

import django


def wake() -> None:
    """Make the chapters ready, once; commands that only read files never call it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhenggai.config.settings")
    django.setup()
