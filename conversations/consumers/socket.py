"""What all sockets have in common: who may come in, reading commands, obeying them one at a time."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from uuid import UUID

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import DatabaseError
from django.http import Http404
from django.utils.translation import override

from conversations import draining
from conversations.consumers.barring import Barred
from conversations.consumers.outbox import Outbox
from conversations.consumers.reading import TOO_MANY, Bucket, Problem, parse
from conversations.database import in_database
from conversations.live import Hub
from conversations.protocol import Command, Ping
from conversations.refusals import Refused
from conversations.viewing import clocks
from conversations.wording import problem_words

logger = logging.getLogger(__name__)

PROTOCOL = "causerie.v1"
ABUSE = 1008


class Socket(AsyncWebsocketConsumer):
    """Subclasses say who comes in (`enter`) and may stay (`check`), what they watch, and obey commands by
    methods `on_<type>`."""

    outbox: Outbox | None = None
    check_every: float | None = None  # seconds
    guard: asyncio.Task[None] | None = None
    language = settings.LANGUAGE_CODE

    async def enter(self) -> bool:
        """Find out who comes; False: nobody that we know, who is not even accepted."""
        raise NotImplementedError

    def check(self) -> None:
        """Raise Barred unless they may be here. Asks the database, at every step anew."""
        raise NotImplementedError

    def watch(self, outbox: Outbox) -> None:
        """Begin to listen; the socket has been accepted."""
        raise NotImplementedError

    def unwatch(self) -> None:
        raise NotImplementedError

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Without Channels' trip to a thread for every frame: `in_database` looks after connections."""
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def connect(self) -> None:
        self.bucket = Bucket()
        self.hub = Hub.here(in_database(clocks))
        if draining.begun() or not await self.enter():
            await self.close()
            return
        offered = self.scope.get("subprotocols", [])
        await self.accept(subprotocol=PROTOCOL if PROTOCOL in offered else None)
        try:
            await in_database(self.check)()
        except Barred as barred:
            await self.close(code=barred.close)
        else:
            self._begin()

    def _begin(self) -> None:
        self.outbox = Outbox(self.base_send)
        self.watch(self.outbox)
        if self.check_every:
            self.guard = asyncio.create_task(self._check_again(self.outbox, self.check_every))

    async def _check_again(self, outbox: Outbox, every: float) -> None:
        while True:
            await asyncio.sleep(every)
            try:
                await in_database(self.check)()
            except Barred as barred:
                outbox.close(barred.close)
                return
            except DatabaseError:
                logger.warning("Whether a socket may stay could not be asked", exc_info=True)

    async def websocket_disconnect(self, message: dict[str, Any]) -> None:
        """Returns at once: nothing is waited for when a socket has gone."""
        if self.outbox is not None:
            self.unwatch()
            self.outbox.drop()
        if self.guard:
            self.guard.cancel()
        raise StopConsumer

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.outbox is None or not self._in_time():
            return
        try:
            command = parse(text_data)
        except Problem as problem:
            self.refuse(problem.code, problem.client_id)
        else:
            await self._obey(command)

    def _in_time(self) -> bool:
        if self.bucket.take():
            return True
        if self.bucket.refused == 1:
            self.refuse("too_fast")
        if self.bucket.refused > TOO_MANY and self.outbox:
            self.outbox.close(ABUSE)
        return False

    async def _obey(self, command: Command) -> None:
        client_id = getattr(command, "client_id", None)
        try:
            await getattr(self, f"on_{command.type}", self.on_anything_else)(command)
        except (Refused, Http404) as refused:
            self.refuse(getattr(refused, "code", "not_found"), client_id, getattr(refused, "who", ""))
            if isinstance(refused, Barred) and self.outbox:
                self.outbox.close(refused.close)
        except DatabaseError:
            logger.warning("A command could not be carried out", exc_info=True)
            self.refuse("unavailable", client_id)
        except Exception:  # boundary: one command of one socket
            logger.exception("A command failed")
            self.refuse("unavailable", client_id)

    async def on_ping(self, command: Ping) -> None:
        self.tell({"type": "pong"})

    async def on_anything_else(self, command: Command) -> None:
        raise Refused("not_allowed")

    def tell(self, event: dict[str, Any]) -> None:
        if self.outbox:
            self.outbox.tell(event)

    def refuse(self, code: str, client_id: UUID | None = None, who: str = "") -> None:
        with override(self.language):
            words = problem_words(code, who)
        self.tell({"type": "error", "code": code, "text": words, "client_id": client_id})
