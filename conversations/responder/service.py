"""Claiming turns, keeping their leases, noticing when an answer is no longer wanted, and ending well."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from secrets import token_hex

from django.conf import settings
from django.db import DatabaseError

from conversations import answering, leases
from conversations.database import in_database
from conversations.leases import Claim
from conversations.live import LogWriter, Ring
from conversations.live.bell import Listener
from conversations.responder.lag import LagProbe
from conversations.responder.queueing import Places
from conversations.responder.work import Reply, Running

logger = logging.getLogger(__name__)

POLL = 1.0  # seconds: how late a turn is found when its ring was lost, or when its worker disappeared
AT_ONCE = 25  # turns claimed in one go, so that the first of them do not wait for the last
# Turns that are read and searched for side by side. More at a time would all be ready later: who asked first
# is answered first, and what waits may be taken by another responder.
PREPARING = 4
GRACE = 5.5  # seconds for running replies to finish after SIGTERM; then they are given back


class Responder:
    def __init__(self, *, reply: Reply, permits: int | None = None) -> None:
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{token_hex(4)}"
        self.permits = permits or settings.RESPONDER_PERMITS
        self._reply = reply
        self._running: dict[int, Running] = {}
        self._giving_back: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._stopping = asyncio.Event()
        self._writer = LogWriter()
        self._places = Places(self._writer, name=self.name, permits=self.permits)
        self._lag = LagProbe()

    async def run(self) -> None:
        """Work until `stop` is called."""
        listener = Listener(hear=self._hear, gone=lambda: None, back=self._wake.set)
        works = (listener.run, self._writer.run, self._lag.run, self._heartbeats, self._sweeps, self._claims)
        tasks = [asyncio.create_task(self._for_ever(work)) for work in works]
        logger.info("%s answers up to %d questions at a time", self.name, self.permits)
        await self._stopping.wait()
        await self._finish()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()

    # --- claiming ---------------------------------------------------------------------------------------

    def _hear(self, ring: Ring) -> None:
        """A conversation has a new live turn, or none any more: work, or stop working."""
        for running in list(self._running.values()):
            if str(running.claim.conversation) == ring.conversation and ring.ends(running.claim.turn):
                running.cancel()
        if ring.turn:
            self._wake.set()

    async def _claims(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            more = await self._claim()
            if not more:
                await self._until_woken()

    async def _until_woken(self) -> None:
        try:
            async with asyncio.timeout(POLL):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _claim(self) -> bool:
        """Take as many turns as there are permits; True when there may be more to take at once."""
        preparing = sum(running.preparing for running in self._running.values())
        free = min(self.permits - len(self._running), AT_ONCE, PREPARING - preparing)
        if free <= 0 or self._lag.too_high or self._stopping.is_set():
            return False
        claims = await in_database(leases.claim)(worker=self.name, limit=free)
        for claim in claims:
            self._start(claim)
        return len(claims) == free

    def _start(self, claim: Claim) -> None:
        if earlier := self._running.pop(claim.turn, None):  # our own lease had ended
            earlier.cancel()
        running = Running(claim, reply=self._reply, writer=self._writer, prepared=self._wake.set)
        self._running[claim.turn] = running
        running.task.add_done_callback(lambda _: self._ended(running))

    def _ended(self, running: Running) -> None:
        """However a task ends, its lease is not renewed any more; what was cancelled and is still wanted is
        free for another attempt at once."""
        if self._running.get(running.claim.turn) is running:
            del self._running[running.claim.turn]
        if running.task.cancelled():
            giving = asyncio.create_task(self._give_back([running.claim]))
            self._giving_back.add(giving)
            giving.add_done_callback(self._giving_back.discard)
        self._wake.set()

    async def _give_back(self, claims: list[Claim]) -> None:
        try:
            await in_database(leases.release)(claims)
        except DatabaseError:
            logger.warning("%d turns wait for the end of their lease", len(claims), exc_info=True)
        self._wake.set()

    # --- leases -----------------------------------------------------------------------------------------

    async def _heartbeats(self) -> None:
        while True:
            await asyncio.sleep(settings.TURN_HEARTBEAT_SECONDS)
            if alive := dict(self._running):
                kept = await in_database(leases.renew)(worker=self.name, turns=list(alive))
                for turn, running in alive.items():
                    if turn not in kept:
                        running.cancel()

    async def _sweeps(self) -> None:
        """What no single responder is asked to do: turns that nobody can answer, and places in the queue."""
        while True:
            await asyncio.sleep(POLL)
            for turn in await in_database(leases.worn_out)():
                await in_database(answering.give_up)(turn, code="interrupted")
            await self._places.tell()

    async def _finish(self) -> None:
        """Let replies end within the grace; give the others back to the queue, for another responder."""
        tasks = [running.task for running in self._running.values()]
        if tasks:
            logger.info("Ending: %d answers are under way", len(tasks))
            await asyncio.wait(tasks, timeout=GRACE)
        left = list(self._running.values())
        for running in left:
            running.cancel()
        if left:
            await asyncio.wait([running.task for running in left], timeout=1)
            await self._give_back([running.claim for running in left])
        await asyncio.gather(*self._giving_back)
        await in_database(self._places.leave)()

    async def _for_ever(self, work: Callable[[], Awaitable[None]]) -> None:
        """A loop that a single failure must not end."""
        while True:
            try:
                await work()
            except Exception:  # boundary: a task of this process
                logger.exception("The responder stumbled and goes on")
                await asyncio.sleep(1)
            else:
                return
