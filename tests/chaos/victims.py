"""赴死的进程: start one, listen to what it says, kill it between two of its words."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 120  # seconds until a victim that says nothing is a failure of the test


@dataclass
class Victims:
    """One installation and the processes that work in it.

    Parameters
    ----------
    home
        Its folder.
    database
        Its address on PostgreSQL; empty for SQLite in the folder.
    """

    home: Path
    database: str

    def started(self, role: str, *args: str) -> subprocess.Popen[str]:
        """Start a process in a role of ``roles.py``; it says ``ready`` when it begins."""
        own = dict(os.environ, ZHENGGAI_HOME=str(self.home), ZHENGGAI_DATABASE=self.database)
        with self._errors(role).open("a") as errors:
            victim = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
                [sys.executable, "-m", "tests.chaos.roles", role, *args],
                cwd=ROOT,
                env=own,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert heard(victim) == "ready", self._errors(role).read_text()[-3000:]
        return victim

    def asked(self, role: str, *args: str):
        """Run a role to its end and return what it says, read as JSON."""
        victim = self.started(role, *args)
        said, _ = victim.communicate(timeout=LONGEST)
        assert victim.returncode == 0, self._errors(role).read_text()[-3000:]
        return json.loads(said.splitlines()[-1])

    def _errors(self, role: str) -> Path:
        return self.home / f"{role}.err"


def heard(victim: subprocess.Popen[str]) -> str:
    """Return the next line a victim says; nothing when it has ended."""
    return victim.stdout.readline().strip()


def killed(victim: subprocess.Popen[str], after: float) -> list[str]:
    """Kill -9 after so many seconds, and return what it still had said by then."""
    try:
        victim.wait(after)
    except subprocess.TimeoutExpired:
        victim.send_signal(signal.SIGKILL)
    victim.wait(LONGEST)
    said = victim.stdout.read().split("\n")
    victim.stdout.close()
    return said[:-1]  # what has no end of line was not said
