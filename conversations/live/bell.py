"""The bell: one stream that says *that* a conversation has changed, never what was said.

Every web process and every responder tails it from the last ring it heard, so a blip of Redis loses nothing.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
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
MOST_MISSED = 1_000  # rings that somebody who comes back is told of one by one
ID = re.compile(r"\d{1,20}-\d{1,20}")  # of an entry of a stream
NONE_YET = "0-0"


@dataclass(frozen=True, slots=True)
class Ring:
    """`kind` is "changed", "typing", one of those among staff (live/company.py), "told" (a member of staff,
    `who`, was told something) or, for lists, of no one conversation: "lists" (what they show beside the
    conversations, such as a label, is no longer as it was), "gathered" (words that searches find, or numbers)
    and "missed" (nobody knows what). `turn`: the live turn now (0: none), None: as before; `ended`: the one
    that has ended with this."""

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
_owed: threading.Timer | None = None  # something could not be rung: it is said as soon as that can be


def ring(ring: Ring) -> None:
    """Tell every process. With Redis away they find out for themselves, within seconds."""
    if time.monotonic() < _silent_until or not _rung(ring):
        _owe()


def _rung(ring: Ring) -> bool:
    global _silent_until
    try:
        quick().xadd(BELL, {b"r": orjson.dumps(ring)}, maxlen=LENGTH, approximate=True)
    except AWAY as error:
        _silent_until = time.monotonic() + SILENCE
        if _owed is None:  # else it is known already
            logger.warning("The bell is out of order: %s", error)
        return False
    return True


def _owe() -> None:
    """A short failure may be this process's alone: the others hear later that they have missed something."""
    global _owed
    if _owed is None:
        _owed = threading.Timer(SILENCE, _pay)
        _owed.daemon = True
        _owed.start()


def _pay() -> None:
    global _owed
    rung = _rung(Ring("", kind="missed"))
    _owed = None
    if not rung:
        _owe()


def newest() -> str:
    """The id of the last ring, for `after`; "" while the bell is out of order."""
    if time.monotonic() < _silent_until:
        return ""
    try:
        found: Any = quick().xrevrange(BELL, count=1)
    except AWAY:
        return ""
    return found[0][0].decode() if found else NONE_YET


async def after(client: Any, last: str) -> list[Ring] | None:
    """What was rung since that one; None where nobody can say any more."""
    if not ID.fullmatch(last):
        return None
    try:
        answer = await client.xrange(BELL, min=last, count=MOST_MISSED)
    except AWAY:
        return None
    entries = [(key.decode(), Ring(**orjson.loads(fields[b"r"]))) for key, fields in answer]
    if last != NONE_YET and (not entries or entries[0][0] != last):
        return None  # it is too long ago, or Redis has forgotten
    return None if len(entries) == MOST_MISSED else [one for key, one in entries if key != last]


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
