"""Telling those who wait their place, and refusing politely when too many wait."""

from __future__ import annotations

from django.conf import settings

from conversations import answering, leases
from conversations.database import in_database
from conversations.live import Draft, LogWriter, presence

QUEUE_PER_PERMIT = 10  # beyond this a question is refused politely, unless QUEUE_LIMIT says otherwise
EXACT = 10  # places told exactly; further back only every ten places, so that a long queue is cheap to tell


class Places:
    """`name` and `permits` are those of this responder; how many may wait depends on all of them."""

    def __init__(self, writer: LogWriter, *, name: str, permits: int) -> None:
        self._writer, self._name, self._permits = writer, name, permits
        self._together = permits
        self._told: dict[int, int] = {}

    async def tell(self) -> None:
        """Write each waiting turn's place into its log when it changes; fail the newest beyond the limit."""
        waiting, limit = await in_database(self._queue)()
        for turn, _ in waiting[limit:]:
            await in_database(answering.give_up)(turn, code="busy")
        places = {turn: rounded(n) for n, (turn, _) in enumerate(waiting[:limit], 1)}
        for turn, attempt in waiting[:limit]:
            if self._told.get(turn) != places[turn]:
                self._write(turn, attempt, places[turn])
        self._told = places

    def leave(self) -> None:
        presence.leave(self._name, self._permits)

    def _queue(self) -> tuple[list[tuple[int, int]], int]:
        """Who waits, and how many may."""
        self._together = presence.permits_together(self._name, self._permits) or self._together
        return leases.waiting(), settings.QUEUE_LIMIT or self._together * QUEUE_PER_PERMIT

    def _write(self, turn: int, attempt: int, place: int) -> None:
        draft = Draft(turn=turn, attempt=attempt, fenced=lambda: None)
        self._writer.progress(draft, code="queued", position=place)


def rounded(place: int) -> int:
    """A place as it is told: 1 … 10, then 20, 30 …"""
    return place if place <= EXACT else -(-place // 10) * 10
