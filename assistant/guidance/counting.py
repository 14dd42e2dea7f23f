"""How often each row was followed. Whoever stores an answer says which rows it notes as hits.

The counts can be made anew from what traces keep (`manage.py recount_guidance`). Nothing of the playground or
of a scenario comes here: they store no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from assistant.events import Route
from assistant.guidance.held import Did
from assistant.guidance.rows import Guidance


def hits_in(notes: Iterable[Mapping[str, Any]]) -> list[int]:
    """The rows behind the notes of a trace, each once, as a list that may be added up."""
    return sorted({int(note["row"]) for note in notes if note.get("hit")})


def reason_given(route: Route | None) -> str:
    """Why staff want a person here, in their own words; "" where no row has asked for one."""
    notes = route.guidance if route else ()
    return next((str(note["text"]) for note in notes if note["did"] == Did.HANDED_OVER), "")


def add(rows: Iterable[int], at: datetime) -> None:
    """One statement for each, in order: two answers at once do not wait for each other in a circle."""
    for row in rows:
        Guidance.objects.filter(pk=row).update(hits=F("hits") + 1, last_hit_at=at)


@transaction.atomic
def replace_all(counts: Mapping[int, tuple[int, datetime]]) -> None:
    """Those that are named nowhere have never been followed."""
    for row in Guidance.objects.select_for_update().order_by("pk"):
        row.hits, row.last_hit_at = counts.get(row.pk, (0, None))
        row.save(update_fields=["hits", "last_hit_at"])
