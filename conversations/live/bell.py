"""The bell: one stream that says *that* a conversation has changed, never what was said.

Every web process and every responder tails it from the last ring it heard, so a blip of Redis loses nothing.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from conversations.live.connections import AWAY, for_waiting, quick

logger = logging.getLogger(__name__)

BELL = "live:bell"
LENGTH = 10_000
BLOCK_MS = 5_000
PATIENCE = 15.0  # seconds around a blocking read: longer than BLOCK_MS, so only a dead network meets it
REST = 0.5  # seconds between attempts while Redis is away
SILENCE = 1.0  # seconds in which a process does not try to ring after a failure


@dataclass(frozen=True, slots=True)
class Ring:
    """`kind` is "changed", "typing", one of those among staff (live/company.py), "told" (a member of staff,
    `who`, was told something) or, for lists and within a process, "missed". `turn`: the live turn now (0:
    none), None: as before; `ended`: the one that has ended with this."""

    conversation: str
    kind: str = "changed"
    turn: int | None = None
    ended: int = 0
    who: str = ""
    name: str = ""

    def ends(self, turn: int) -> bool:
        """Whether that turn is over. A ring from before the turn says nothing of it: it may be heard late."""
        return turn == self.ended or (self.turn is not None and turn < self.turn)


_silent_until = 0.0


def ring(ring: Ring) -> None:
    """Tell every process. With Redis away they find out for themselves, within seconds."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        quick().xadd(BELL, {b"r": orjson.dumps(ring)}, maxlen=LENGTH, approximate=True)
    except AWAY as error:
        _silent_until = time.monotonic() + SILENCE
        logger.warning("The bell is out of order: %s", error)


class Listener:
    """Hears every ring from now on. `gone` and `back` are called when Redis leaves and when it returns."""

    def __init__(
        self, *, hear: Callable[[Ring], None], gone: Callable[[], None], back: Callable[[], None]
    ) -> None:
        self._hear, self._gone, self._back = hear, gone, back
        self._last: bytes | str | None = None
        self._away = False

    async def run(self) -> None:
        client = for_waiting()
        try:
            while True:
                await self._attempt(client)
        finally:
            await client.aclose()

    async def _attempt(self, client: Any) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                rings = await self._next(client)
        except AWAY as error:
            self._leave(error)
            await asyncio.sleep(REST)
        else:
            self._return()
            for heard in rings:
                self._hear(heard)

    async def _next(self, client: Any) -> list[Ring]:
        if self._last is None:
            newest = await client.xrevrange(BELL, count=1)
            self._last = newest[0][0] if newest else "0-0"
            return []
        answer = await client.xread({BELL: self._last}, count=1000, block=BLOCK_MS)
        entries = _entries(answer)
        if entries:
            self._last = entries[-1][0]
        return [Ring(**orjson.loads(fields[b"r"])) for _, fields in entries]

    def _leave(self, error: BaseException) -> None:
        if not self._away:
            self._away = True
            logger.warning("Redis is away (%s): looking at the database instead", error)
            self._gone()

    def _return(self) -> None:
        if self._away:
            self._away = False
            logger.info("Redis is back")
            self._back()


def _entries(answer: Any) -> list[tuple[bytes, dict[bytes, bytes]]]:
    """The entries of the one stream that was asked for, in either shape that redis-py gives."""
    if not answer:
        return []
    streams = answer.values() if isinstance(answer, dict) else (entries for _, entries in answer)
    return [entry for entries in streams for entry in entries]
