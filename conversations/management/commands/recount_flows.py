"""`manage.py recount_flows`: how often each step of each flow was reached and left, counted anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from conversations.flow_counts import recount


class Command(BaseCommand):
    help = (
        "Count anew what customers did with the flows, from what was kept of each answer. What was "
        "counted of conversations that are deleted is gone then. Best while nobody writes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = recount()
        said = ngettext(
            "Counted anew from %(count)d conversation with flows.",
            "Counted anew from %(count)d conversations with flows.",
            count,
        )
        self.stdout.write(said % {"count": count})
