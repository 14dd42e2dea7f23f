"""One per web process: hears the bell once, reads the logs once, and tells the viewers of this process."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection
from typing import Protocol
from weakref import WeakKeyDictionary

from conversations.live.bell import Listener, Ring, after
from conversations.live.connections import AWAY, for_asking
from conversations.live.log import read_after
from conversations.live.turnlog import News, TurnLog

logger = logging.getLogger(__name__)

PACE = 0.02  # seconds between two readings of the logs
LONGEST = 0.1  # the same where a reading takes that long: a slow machine is not kept busy with reading
REST = 0.25  # the same, while Redis is away
LOOK_SECONDS = 2.0  # how often the database is asked while the bell is out of order …
CHECK_SECONDS = 10.0  # … and when it is not, for a ring that was lost
GONE = 2**62  # the clock of a conversation that has been deleted: later than everything that was seen of it

# Given conversation ids, the last seq of each: the hub's only question to the database.
Clocks = Callable[[Collection[str]], Awaitable[dict[str, int]]]


class Viewer(Protocol):
    """A socket, as the hub sees it. None of these may wait."""

    @property
    def seen(self) -> int: ...
    def heard(self, ring: Ring) -> None: ...
    def read(self, turn: int, news: News) -> None: ...
    def leave(self) -> None: ...


class Follow:
    """A log being read, and for whom."""

    def __init__(self, turn: int) -> None:
        self.log = TurnLog(turn)
        self.last: bytes | str = "0-0"
        self.viewers: set[Viewer] = set()


class Hub:
    _of_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self._rooms: defaultdict[str, set[Viewer]] = defaultdict(set)
        self._everywhere: set[Viewer] = set()
        self._follows: dict[int, Follow] = {}
        self._reading = asyncio.Event()
        self._round = 0
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._away = False
        self._client = for_asking()
        listener = Listener(hear=self._hear, gone=self._gone, back=self._back)
        self._tasks = [
            asyncio.ensure_future(self._for_ever(work))
            for work in (listener.run, self._read_logs, self._look)
        ]

    @classmethod
    def here(cls, clocks: Clocks) -> Hub:
        """The hub of this process (of this event loop), started when it is first asked for."""
        loop = asyncio.get_running_loop()
        if loop not in cls._of_loop:
            cls._of_loop[loop] = cls(clocks)
        return cls._of_loop[loop]

    @classmethod
    def running(cls) -> Hub | None:
        """The hub of a process that has one event loop, if a socket was ever opened."""
        return next(iter(cls._of_loop.values()), None)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()
        self._of_loop.pop(asyncio.get_running_loop(), None)

    # --- who watches -------------------------------------------------------------------------------------

    def join(self, viewer: Viewer, conversation: str) -> None:
        self._rooms[conversation].add(viewer)

    def join_everywhere(self, viewer: Viewer) -> None:
        self._everywhere.add(viewer)

    def part(self, viewer: Viewer, conversation: str) -> None:
        room = self._rooms.get(conversation, set())
        room.discard(viewer)
        if not room:
            self._rooms.pop(conversation, None)
        self._everywhere.discard(viewer)

    async def follow(self, viewer: Viewer, turn: int) -> TurnLog:
        """What the log says so far; from now on the viewer is told what is added, without a gap."""
        if turn not in self._follows:
            self._follows[turn] = Follow(turn)
            self._reading.set()
        follow = self._follows[turn]
        follow.viewers.add(viewer)
        try:
            if follow.last == "0-0":
                await self.caught_up()
        except asyncio.CancelledError:  # the viewer has gone, and does not know yet what it follows
            self.unfollow(viewer, turn)
            raise
        return follow.log

    def unfollow(self, viewer: Viewer, turn: int) -> None:
        if follow := self._follows.get(turn):
            follow.viewers.discard(viewer)
            if not follow.viewers:
                del self._follows[turn]
        if not self._follows:
            self._reading.clear()

    async def rung_after(self, last: str) -> list[Ring] | None:
        """What was rung since; None where nobody can say any more."""
        return None if self._away else await after(self._client, last)

    async def caught_up(self, *, patience: float = 0.5) -> None:
        """Wait until everything that the logs hold now has been told."""
        if self._away or not self._follows:
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((self._round + 1, done))
        await asyncio.wait([done], timeout=patience)

    def everyone_leaves(self) -> None:
        """The process is about to end."""
        for viewer in {viewer for room in self._rooms.values() for viewer in room} | self._everywhere:
            viewer.leave()

    # --- the bell -----------------------------------------------------------------------------------------

    def _hear(self, ring: Ring) -> None:
        for viewer in list(self._rooms.get(ring.conversation, ())):
            viewer.heard(ring)
        for viewer in list(self._everywhere):
            viewer.heard(ring)

    def _gone(self) -> None:
        self._away = True

    def _back(self) -> None:
        self._away = False
        for conversation in list(self._rooms):
            self._hear(Ring(conversation))
        self._lists_may_be_old()

    def _lists_may_be_old(self) -> None:
        """No clock says what lists have missed, so they are to be read again."""
        for viewer in list(self._everywhere):
            viewer.heard(Ring("", kind="missed"))

    async def _look(self) -> None:
        """Ask the database which conversations have moved on without the bell."""
        while True:
            await asyncio.sleep(LOOK_SECONDS if self._away else CHECK_SECONDS)
            if self._away:
                self._lists_may_be_old()
            asked = list(self._rooms)
            found = await self._clocks(asked) if asked else {}
            for conversation in asked:
                seq = found.get(conversation, GONE)
                if any(viewer.seen < seq for viewer in self._rooms.get(conversation, ())):
                    self._hear(Ring(conversation))

    # --- the logs -----------------------------------------------------------------------------------------

    async def _read_logs(self) -> None:
        while True:
            await self._reading.wait()
            self._round += 1
            begun = time.monotonic()
            try:
                await self._read_once()
            except AWAY:
                await asyncio.sleep(REST)
            else:
                self._round_done()
                await asyncio.sleep(min(max(PACE, time.monotonic() - begun), LONGEST))

    def _round_done(self) -> None:
        for wanted, done in self._waiting:
            if wanted <= self._round and not done.done():
                done.set_result(None)
        self._waiting = [pair for pair in self._waiting if not pair[1].done()]

    async def _read_once(self) -> None:
        positions = {turn: follow.last for turn, follow in self._follows.items()}
        for turn, entries in (await read_after(self._client, positions)).items():
            if follow := self._follows.get(turn):
                follow.last = entries[-1][0]
                self._tell(follow, follow.log.take(fields for _, fields in entries))

    def _tell(self, follow: Follow, news: News | None) -> None:
        if news is not None:
            for viewer in list(follow.viewers):
                viewer.read(follow.log.turn, news)

    async def _for_ever(self, work: Callable[[], Awaitable[None]]) -> None:
        """A loop that a single failure must not end."""
        while True:
            try:
                await work()
            except Exception:  # boundary: a task of this process
                logger.exception("The hub stumbled and goes on")
                await asyncio.sleep(1)
