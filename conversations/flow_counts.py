"""What each stored answer did with flows: counted by `flows`, and found again by its conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone

from assistant.events import Answer
from conversations.models import Conversation, Trace
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


def person_comes(conversation: Conversation) -> None:
    """Whoever is in the middle of a flow goes on with a person, and has not just left. For whoever holds the
    record: the state is stored with the rest."""
    stood = conversation.state.get(KEPT)
    if (after := counting.with_person(stood, timezone.localdate())) is None:
        return
    conversation.state = {**conversation.state, KEPT: after}
    transaction.on_commit(partial(counting.add, counting.moved(stood, after)), robust=True)


def recount() -> int:
    """Count everything anew from the traces; returns in how many conversations flows were walked."""
    traces = Trace.objects.filter(route__kind="flow").order_by("message__conversation", "message__seq")
    whose = ("message__conversation", f"message__conversation__state__{KEPT}")
    rows = traces.values_list(*whose, "message__created_at", "route__steps", "route__passed").iterator()
    counts: Counter[counting.Key] = Counter()
    conversations = 0
    for (_conversation, now), replies in groupby(rows, key=lambda row: row[:2]):
        conversations += 1
        counts.update(_counts_of((row[2:] for row in replies), now))
    counting.replace_all(counts)
    return conversations


def _counts_of(replies: Iterable[tuple[Any, ...]], now: counting.Kept | None) -> Counter[counting.Key]:
    """Of one conversation, reply by reply; `now` is what stands there, where a person has come since."""
    counts: Counter[counting.Key] = Counter()
    stood: counting.Kept | None = None
    for at, steps, passed in replies:
        if steps or passed:
            day = timezone.localdate(at)
            counts.update(counting.tally(steps or [], passed or [], stood, day))
            stood = counting.kept(passed or [], day)
    if stood and now:
        counts.update(counting.moved(stood, now))
    return counts
