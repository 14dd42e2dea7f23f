"""Who else of the staff has the same conversation open, and what they are writing: told to staff alone."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any
from uuid import uuid4

from accounts.models import User
from conversations.consumers.outbox import Outbox
from conversations.database import in_database
from conversations.live import Hub, Ring, company
from conversations.live.company import Person
from conversations.live.turnlog import News

EVERY = 10.0  # seconds between two words that somebody is still there
WRITES = {company.REPLYING: "reply", company.NOTING: "note"}

_leaving: set[asyncio.Future[None]] = set()  # kept until they are done


class Company:
    """Implements live.Viewer. Says nothing, and is not there, before `arrive`."""

    seen = 2**63

    def __init__(self, *, hub: Hub, conversation: str, user: User, outbox: Outbox) -> None:
        self._hub, self._conversation, self._outbox = hub, conversation, outbox
        self._me = Person(user=user.pk, name=str(user), page=uuid4().hex)
        self._told: dict[int, str] | None = None
        self._news = asyncio.Event()
        self._staying: asyncio.Task[None] | None = None
        hub.join(self, conversation)

    def arrive(self) -> None:
        if self._staying is None:
            self._staying = asyncio.create_task(self._stay())

    def part(self) -> None:
        """Nothing is waited for when a socket has gone."""
        self._hub.part(self, self._conversation)
        if self._staying is None:
            return
        self._staying.cancel()
        going = asyncio.ensure_future(in_database(company.leave)(self._conversation, self._me))
        _leaving.add(going)
        going.add_done_callback(_leaving.discard)

    def tell(self, kind: str) -> None:
        """The others, that this one writes. Asks Redis."""
        company.tell(self._conversation, self._me, kind)

    async def _stay(self) -> None:
        await self._look()
        await in_database(company.tell)(self._conversation, self._me)
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), EVERY)
            self._news.clear()
            await self._look()

    async def _look(self) -> None:
        there = await in_database(company.stay)(self._conversation, self._me)
        others = {one.user: one.name for one in there or () if one.user != self._me.user}
        if others != self._told:
            self._told = others
            people = [{"id": user, "name": name} for user, name in others.items()]
            self._outbox.tell({"type": "people.here", "people": people})

    def heard(self, ring: Ring) -> None:
        if ring.kind == company.HERE and ring.who != self._me.page:
            self._news.set()
        elif ring.kind in WRITES and ring.who != str(self._me.user) and self._staying:
            self._outbox.tell(_writing(ring))

    def read(self, turn: int, news: News) -> None:
        """Answers are the business of who watches the conversation."""

    def leave(self) -> None:
        """The same: it tells the page to come back."""


def _writing(ring: Ring) -> dict[str, Any]:
    return {"type": "people.writing", "id": int(ring.who), "name": ring.name, "what": WRITES[ring.kind]}
