"""Telling those who wait their place, and refusing politely when too many wait."""

from __future__ import annotations

from conversations import answering, leases
from conversations.database import in_database
from conversations.live import Draft, LogWriter

EXACT = 10  # places told exactly; further back only every ten places, so that a long queue is cheap to tell


class Places:
    def __init__(self, writer: LogWriter, *, limit: int) -> None:
        self._writer, self._limit = writer, limit
        self._told: dict[int, int] = {}

    async def tell(self) -> None:
        """Write each waiting turn's place into its log when it changes; fail the newest beyond the limit."""
        waiting = await in_database(leases.waiting)()
        for turn, _ in waiting[self._limit :]:
            await in_database(answering.give_up)(turn, code="busy")
        places = {turn: rounded(n) for n, (turn, _) in enumerate(waiting[: self._limit], 1)}
        for turn, attempt in waiting[: self._limit]:
            if self._told.get(turn) != places[turn]:
                self._write(turn, attempt, places[turn])
        self._told = places

    def _write(self, turn: int, attempt: int, place: int) -> None:
        draft = Draft(turn=turn, attempt=attempt, fenced=lambda: None)
        self._writer.progress(draft, code="queued", position=place)


def rounded(place: int) -> int:
    """A place as it is told: 1 … 10, then 20, 30 …"""
    return place if place <= EXACT else -(-place // 10) * 10
