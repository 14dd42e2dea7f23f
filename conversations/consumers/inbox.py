"""The staff's lists: told which conversations are no longer as they were, never what was said in them."""

from __future__ import annotations

import asyncio

from django.http import QueryDict

from conversations.consumers.ahead import Lists
from conversations.consumers.outbox import Outbox
from conversations.consumers.socket import Socket
from conversations.consumers.staff import CHECK_EVERY, agent_at
from conversations.inbox.sharing import sit_down
from conversations.languages import language_of
from conversations.live import Hub, Ring
from conversations.live.company import AMONG_STAFF
from conversations.live.turnlog import News
from conversations.notifying.choosing import be_here
from conversations.notifying.telling import TOLD
from conversations.protocol import Look

GATHER = 0.3  # seconds in which changes are gathered into one event
GATHERED = "gathered"
NOT_OF_LISTS = {"typing", TOLD, GATHERED, *AMONG_STAFF}


def tells(ring: Ring, user: str) -> bool:
    """Whether somebody was told something; when the bell was out of order, they may have been."""
    return ring.kind == "missed" or (ring.kind == TOLD and ring.who == user)


class ListWatcher:
    """Implements live.Viewer for all conversations."""

    def __init__(self, *, hub: Hub, outbox: Outbox, user: int) -> None:
        self._hub, self._outbox, self._me = hub, outbox, str(user)
        self._changed: dict[str, None] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._lists = Lists.here()
        self.seen = 2**63
        hub.join_everywhere(self)

    def heard(self, ring: Ring) -> None:
        if tells(ring, self._me):
            self._outbox.tell({"type": "notices.changed"})
        if ring.kind == GATHERED:
            self._outbox.tell({"type": "inbox.gathered"})
        if ring.kind in NOT_OF_LISTS:
            return
        for one in self._lists.seen_by(self._outbox):
            one.changed()
        if ring.kind == "changed":
            self._changed[ring.conversation] = None
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GATHER, self._flush)

    async def catch_up(self, last: str) -> None:
        """With what was rung since the list was read that the page shows; `last`: the newest ring then."""
        missed = await self._hub.rung_after(last)
        for ring in [Ring("", kind="missed")] if missed is None else missed:
            self.heard(ring)

    def _flush(self) -> None:
        self._timer = None
        self._outbox.tell({"type": "inbox.changed", "conversations": list(self._changed)})
        self._changed.clear()

    def read(self, turn: int, news: News) -> None:
        """Lists show no answer while it is written."""

    def leave(self) -> None:
        self._outbox.leave()

    def look(self, query: str, language: str) -> None:
        self._lists.look(query, language, outbox=self._outbox, user=int(self._me))

    def part(self) -> None:
        self._hub.part(self, "")
        self._lists.look_away(self._outbox)
        if self._timer:
            self._timer.cancel()


class InboxConsumer(Socket):
    check_every = CHECK_EVERY
    catching_up: asyncio.Task[None] | None = None

    async def enter(self) -> bool:
        self.language = language_of(self.scope)
        self.since = QueryDict(self.scope.get("query_string", b"")).get("since")
        return True

    def check(self) -> None:
        """Every half a minute, which is also how it is known who is there (inbox/sharing.py)."""
        self.agent = agent_at(self.scope)
        sit_down(self.agent)
        be_here(self.agent)

    def watch(self, outbox: Outbox) -> None:
        self.watcher = ListWatcher(hub=self.hub, outbox=outbox, user=self.agent.pk)
        if self.since is not None:
            self.catching_up = asyncio.create_task(self.watcher.catch_up(str(self.since)))

    async def on_look(self, command: Look) -> None:
        self.watcher.look(command.query, self.language)

    def unwatch(self) -> None:
        self.watcher.part()
        if self.catching_up:
            self.catching_up.cancel()
