"""`manage.py rebuild_insights`: the figures counted anew from every conversation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from insights.counting import count_all
from insights.recounting import all_counted

EVERY = 20  # batches between two lines that say how far it is


class Command(BaseCommand):
    help = (
        "Count the figures of the insights anew from every conversation. Customers may go on writing, and "
        "names of topics are kept."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for at, done in enumerate(count_all(), 1):
            if at % EVERY == 0:
                self._say(done)
        all_counted()
        self._say(done)

    def _say(self, done: int) -> None:
        said = ngettext("%(count)d conversation is counted.", "%(count)d conversations are counted.", done)
        self.stdout.write(said % {"count": done})
