"""草稿安装: a scratch installation on SQLite with its triggers in place, and away again."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator


def wake() -> None:
    """Start Django in a folder of its own; the caller's installation is never touched."""
    home = Path(tempfile.mkdtemp(prefix="zhenggai-bench-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["ZHENGGAI_HOME"] = str(home)
    os.environ.pop("ZHENGGAI_DATABASE", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhenggai.config.settings"
    django.setup()

    call_command("migrate", interactive=False, verbosity=0)
    connection.close()


@contextmanager
def installation() -> Iterator[Path]:
    """Give a fresh copy of the empty installation, and take it away again."""
    first, name = Path(settings.HOME), connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(dir=first) as folder:
        connection.settings_dict["NAME"] = shutil.copy(name, folder)
        settings.HOME = Path(folder)
        try:
            yield settings.HOME
        finally:
            connection.close()
            connection.settings_dict["NAME"], settings.HOME = name, first
