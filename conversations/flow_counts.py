"""What each stored answer did with flows: counted by `flows`, and found again by its conversation."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from assistant.events import Answer
from conversations.models import Trace
from flows import counting

KEPT = "walked"  # in Conversation.state: what was counted as standing, to be taken back when it goes on


def note(answer: Answer, *, before: dict[str, Any]) -> dict[str, Any]:
    """What the state of the conversation keeps of it. Counted once the answer stands; a count may be lost, an
    answer must not."""
    stood, route = before.get(KEPT), answer.route
    if route is None or not (route.steps or route.passed):
        return {KEPT: stood} if stood else {}
    today = timezone.localdate()
    counts = counting.tally(route.steps, route.passed, stood, today)
    transaction.on_commit(partial(counting.add, counts), robust=True)
    return {KEPT: counting.kept(route.passed, today)}


def recount() -> int:
    """Count everything anew from the traces; returns in how many conversations flows were walked."""
    traces = Trace.objects.filter(route__kind="flow").order_by("message__conversation", "message__seq")
    rows = traces.values_list("message__conversation", "message__created_at", "route__steps", "route__passed")
    counts: Counter[counting.Key] = Counter()
    stood: counting.Kept | None = None
    latest, conversations = None, 0
    for conversation, at, steps, passed in rows.iterator():
        if conversation != latest:
            latest, stood, conversations = conversation, None, conversations + 1
        if steps or passed:
            day = timezone.localdate(at)
            counts.update(counting.tally(steps or [], passed or [], stood, day))
            stood = counting.kept(passed or [], day)
    counting.replace_all(counts)
    return conversations
