"""`manage.py recount_guidance`: how often each row of guidance was followed, counted anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from conversations.guidance_counts import recount


class Command(BaseCommand):
    help = (
        "Count anew how often each row of guidance was followed, from what was kept of each answer. What was "
        "counted of conversations that are deleted is gone then. Best while nobody writes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = recount()
        said = ngettext(
            "Counted anew from %(count)d answer with guidance.",
            "Counted anew from %(count)d answers with guidance.",
            count,
        )
        self.stdout.write(said % {"count": count})
