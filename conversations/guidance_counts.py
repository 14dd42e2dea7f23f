"""Which rows of guidance each stored answer has followed: counted by `assistant.guidance`, found again."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assistant.events import Answer
from assistant.guidance import counting
from conversations.inbox.few import found_in
from conversations.models import Trace


def note(answer: Answer) -> None:
    """Counted once the answer stands; a count may be lost, an answer must not."""
    hits = counting.hits_in(answer.route.guidance) if answer.route else []
    if hits:
        transaction.on_commit(partial(counting.add, hits, timezone.now()), robust=True)


def recount() -> int:
    """Count everything anew from the traces; returns how many answers have followed a row."""
    counts: dict[int, tuple[int, datetime]] = {}
    answers = 0
    traces = Trace.objects.filter(route__guidance__contains=[{"hit": True}]).order_by("message__created_at")
    for notes, at in traces.values_list("route__guidance", "message__created_at").iterator():
        answers += 1
        for row in counting.hits_in(notes):
            counts[row] = (counts.get(row, (0, at))[0] + 1, at)
    counting.replace_all(counts)
    return answers


def behind(row: int) -> Q:
    """The conversations behind the hits of a row."""
    traces = Trace.objects.filter(route__guidance__contains=[{"row": row, "hit": True}])
    keys = traces.values_list("message__conversation", flat=True)
    return found_in(keys, lambda: Q(pk__in=keys))
