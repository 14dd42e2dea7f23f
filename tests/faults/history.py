"""The history checker J: nothing acknowledged is lost, doubled or out of order, whatever was killed.

Given what clients saw and what the database holds after a run, `check` returns every violation in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from conversations.models import Message, Turn
from tests.conversations.client import Client

STALE = timedelta(seconds=60)


def check(
    clients: Iterable[Client], *, requests: int | None = None, retries: int = 0, verbatim: bool = True
) -> list[str]:
    """`requests`: model requests of the scripted reply; `retries`: how many of them faults explain;
    `verbatim`: what streamed is kept as it is. What a real model says is checked and put in order first."""
    found: list[str] = []
    for client in clients:
        found += acknowledged_once_and_in_order(client)
        found += answers_as_they_were_seen(client, verbatim=verbatim)
        found += numbers_only_grow(client)
    found += one_end_for_each_turn()
    if requests is not None and requests > (replies := Turn.objects.count()) + retries:
        found.append(f"{requests} model requests for {replies} turns and {retries} declared retries")
    return found


def acknowledged_once_and_in_order(client: Client) -> list[str]:
    """Each acknowledged message is in the database exactly once, in the order in which it was sent."""
    rows = Message.objects.filter(conversation=client.conversation_id, kind="customer").order_by("seq")
    stored = [str(row.client_id) for row in rows]
    found = [f"{n} times in the database: {id_}" for id_, n in Counter(stored).items() if n > 1]
    found += [f"acknowledged and lost: {id_}" for id_ in client.acknowledged if id_ not in stored]
    kept = [id_ for id_ in stored if id_ in client.acknowledged]
    if kept != sorted(client.acknowledged, key=client.sent.index):
        found.append(f"out of order: {kept}")
    return found


def answers_as_they_were_seen(client: Client, *, verbatim: bool) -> list[str]:
    """Every viewer ends with the stored answers; what streamed last is how the answer begins."""
    found = []
    for row in Message.objects.filter(conversation=client.conversation_id, kind="assistant"):
        seen = client.messages.get(row.pk)
        if seen is None or seen["text"] != row.text:
            found.append(f"answer {row.pk} is not what the viewer has")
        attempts = client.streamed.get(row.turn_id or 0, {})
        last = attempts.get(row.turn.attempt, "") if row.turn else ""
        if verbatim and not row.text.startswith(last):
            found.append(f"the viewer saw other words than those stored in {row.pk}: {last[-40:]!r}")
        if row.turn and any(attempt > row.turn.attempt for attempt in attempts):
            found.append(f"words of an attempt that never was: {sorted(attempts)}")
    return found


def numbers_only_grow(client: Client) -> list[str]:
    """No viewer saw the conversation's clock go back, except in a snapshot that is whole."""
    found, last = [], 0
    for event in (event for _, event in client.history if "seq" in event):
        if event["seq"] < last and not (event["type"] == "snapshot" and event["whole"]):
            found.append(f"{event['type']} went back from {last} to {event['seq']}")
        last = max(last, event["seq"]) if event["type"] != "snapshot" else event["seq"]
    return found


def one_end_for_each_turn() -> list[str]:
    """A turn ends in one state; a done one has exactly one whole answer; none is left behind."""
    found: list[str] = []
    stale = Turn.objects.filter(state__in=Turn.LIVE, queued_at__lt=timezone.now() - STALE)
    found += [f"turn {turn.pk} is still {turn.state}" for turn in stale]
    for turn in Turn.objects.filter(state=Turn.State.DONE):
        answers = Message.objects.filter(turn=turn, partial=False).count()
        if answers != 1:
            found.append(f"turn {turn.pk} is done with {answers} answers")
    return found


def summary(clients: Iterable[Client]) -> dict[str, Any]:
    """What happened, for the log of a run."""
    events: Counter[str] = Counter()
    for client in clients:
        events.update(event["type"] for _, event in client.history)
    return dict(events)
