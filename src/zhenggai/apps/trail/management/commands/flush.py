"""清空: nobody empties the database; a test's own is unlocked first, and locked again after."""

from __future__ import annotations

from django.core.management.commands import flush

from zhenggai.apps.trail import testing


class Command(flush.Command):
    """Django's ``flush``, behind the lock of the trail."""

    def handle(self, **options: object) -> None:
        """Empty a test's database; ``post_migrate`` puts the triggers back."""
        testing.unlock()
        super().handle(**options)
