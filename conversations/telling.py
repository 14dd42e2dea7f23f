"""From what a viewer has seen to what it sees now: the events in between. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conversations.viewing import Sight

Event = dict[str, Any]


@dataclass(slots=True)
class Seen:
    """How far a viewer is: the conversation's clock, the live turn it knows of (0: none), and the latest
    failed turn it was told of."""

    seq: int = 0
    turn: int = 0
    failed: int = 0


def events_since(seen: Seen, sight: Sight) -> Iterator[Event]:
    """What to tell a viewer, in the order of the conversation's clock; the end of a turn comes last."""
    told: list[tuple[int, Event]] = [(m["changed_seq"], _message_event(m, seen)) for m in sight.messages]
    if sight.conversation["seq"] > seen.seq:
        changed = {"type": "conversation.changed", "seq": sight.conversation["seq"]}
        told.append((sight.conversation["seq"], {**changed, "conversation": sight.conversation}))
    yield from (event for _, event in sorted(told, key=lambda pair: pair[0]))
    completed = {event["turn"] for _, event in told if event["type"] == "turn.completed"}
    ended = _ending(seen, sight)
    if ended and ended["turn"] not in completed:
        yield ended


def _message_event(message: dict[str, Any], seen: Seen) -> Event:
    event = {"type": "message.posted", "seq": message["changed_seq"], "message": message}
    fresh = message["seq"] > seen.seq
    if message["kind"] == "assistant" and message["turn"] and fresh and message["outcome"]:
        return {**event, "type": "turn.completed", "turn": message["turn"]}
    return event


def _ending(seen: Seen, sight: Sight) -> Event | None:
    """How the turn that the viewer knew ended, unless with an answer; or that a newer one failed at once."""
    if sight.failed and sight.failed["turn"] != seen.failed:
        return sight.failed
    known_is_live = sight.live_turn is not None and sight.live_turn.pk == seen.turn
    if seen.turn and not known_is_live:
        return {"type": "turn.cancelled", "turn": seen.turn}
    return None
