"""Writing the delta logs of a process's running answers: all of them in one round trip, every 40 ms.

Writing never waits: text is kept here until Redis has it. Whatever Redis loses (it may lose everything) is
sent again from the place where its own record ends.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

import orjson
from redis.exceptions import NoScriptError

from conversations.live.connections import AWAY, for_asking
from conversations.live.log import APPEND, FENCED, LENGTH, LIFE_SECONDS, key
from conversations.live.turnlog import BEGIN, PROGRESS, SOURCES, TEXT

logger = logging.getLogger(__name__)

PACE = 0.04  # seconds between two rounds
LONGEST = 0.1  # the same where a round takes that long
REST = 0.25


class Draft:
    """One attempt at an answer: what has been written, and how much of it the log holds."""

    def __init__(self, *, turn: int, attempt: int, fenced: Callable[[], None]) -> None:
        self.turn, self.attempt, self.fenced = turn, attempt, fenced
        self.length = 0
        self.sent = 0
        self.notes: list[tuple[bytes, bytes]] = []
        self._parts: list[str] = []

    @property
    def text(self) -> str:
        self._parts = ["".join(self._parts)]
        return self._parts[0]

    @property
    def settled(self) -> bool:
        return self.sent >= self.length and not self.notes

    def add(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)


class LogWriter:
    def __init__(self) -> None:
        self._dirty: set[Draft] = set()
        self._waiting: dict[Draft, asyncio.Future[None]] = {}
        self._urgent = asyncio.Event()
        self._wake = asyncio.Event()
        self._client = for_asking()
        self._script = ""
        self.away = False

    def begin(self, draft: Draft) -> None:
        self._note(draft, BEGIN, b"")

    def write(self, draft: Draft, text: str) -> None:
        """Add text; the first words go out at once, the rest with the next round."""
        if not draft.length:
            self._urgent.set()
        draft.add(text)
        self._dirty.add(draft)
        self._wake.set()

    def progress(self, draft: Draft, **said: Any) -> None:
        self._note(draft, PROGRESS, orjson.dumps(said))

    def sources(self, draft: Draft, titles: list[str]) -> None:
        self._note(draft, SOURCES, orjson.dumps(titles))

    def _note(self, draft: Draft, kind: bytes, data: bytes) -> None:
        draft.notes.append((kind, data))
        self._dirty.add(draft)
        self._wake.set()
        self._urgent.set()

    def forget(self, draft: Draft) -> None:
        """Nothing more is to be written of it: it is complete, or no longer wanted."""
        self._dirty.discard(draft)
        if (waiting := self._waiting.get(draft)) and not waiting.done():
            waiting.set_result(None)

    async def settle(self, draft: Draft, *, patience: float = 1.0) -> None:
        """Wait until the log holds all of the draft, so that viewers see its end before it is replaced."""
        if self.away or draft not in self._dirty:
            return
        self._waiting[draft] = asyncio.get_running_loop().create_future()
        self._urgent.set()
        await asyncio.wait([self._waiting[draft]], timeout=patience)
        del self._waiting[draft]

    async def run(self) -> None:
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                self._urgent.clear()
                begun = time.monotonic()
                await self._round()
                await self._pause(min(max(PACE, time.monotonic() - begun), LONGEST))
        finally:
            await self._client.aclose()

    async def _pause(self, seconds: float) -> None:
        """Until the next round is due, or something urgent comes up."""
        try:
            async with asyncio.timeout(REST if self.away else seconds):
                await self._urgent.wait()
        except TimeoutError:
            pass
        if self._dirty:
            self._wake.set()

    async def _round(self) -> None:
        drafts = list(self._dirty)
        try:
            answers = await self._send(drafts)
        except AWAY as error:
            self._leave(error)
        else:
            self.away = False
            for draft, notes, reached in answers:
                self._settle_one(draft, notes, reached)

    async def _send(self, drafts: list[Draft]) -> list[tuple[Draft, int, Any]]:
        if not self._script:
            self._script = await self._client.script_load(APPEND)
        pipe = self._client.pipeline(transaction=False)
        sent: list[tuple[Draft, int, int]] = []
        for draft in drafts:
            calls = _calls(draft)
            for call in calls:
                pipe.evalsha(self._script, 1, key(draft.turn), *call, LIFE_SECONDS, LENGTH)
            sent.append((draft, len(calls), len(draft.notes)))
        answers = iter(await pipe.execute(raise_on_error=False))
        return [(draft, notes, _last(answers, calls)) for draft, calls, notes in sent]

    def _settle_one(self, draft: Draft, notes: int, reached: Any) -> None:
        if isinstance(reached, NoScriptError):
            self._script = ""
        elif isinstance(reached, Exception):
            logger.warning("Turn %s could not be logged: %s", draft.turn, reached)
        elif reached == FENCED:
            self.forget(draft)
            draft.fenced()
        else:
            del draft.notes[:notes]
            draft.sent = int(reached)
            if draft.settled:
                self.forget(draft)

    def _leave(self, error: BaseException) -> None:
        if not self.away:
            logger.warning("Answers are not shown while they are written: %s", error)
        self.away = True


def _calls(draft: Draft) -> list[tuple[Any, ...]]:
    """The appends that are due: notes, then the text that the log does not hold. At least one."""
    calls: list[tuple[Any, ...]] = [(draft.attempt, kind, data, 0, 0) for kind, data in draft.notes]
    if draft.length > draft.sent or not calls:
        text = draft.text[draft.sent :]
        calls.append((draft.attempt, TEXT, text.encode(), draft.sent, draft.length))
    return calls


def _last(answers: Any, count: int) -> Any:
    """The answer to the last of `count` calls, or the first error among them."""
    results = [next(answers) for _ in range(count)]
    return next((result for result in results if isinstance(result, Exception)), results[-1])
