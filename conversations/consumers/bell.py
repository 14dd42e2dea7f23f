"""The bell of staff pages that show no list: told when there is something new for whoever sits there."""

from __future__ import annotations

from conversations.consumers.inbox import tells
from conversations.consumers.outbox import Outbox
from conversations.consumers.socket import Socket
from conversations.consumers.staff import CHECK_EVERY, agent_at
from conversations.languages import language_of
from conversations.live import Hub, Ring
from conversations.live.turnlog import News
from conversations.notifying.choosing import be_here


class BellWatcher:
    """Implements live.Viewer for what one member of staff is told."""

    seen = 2**63

    def __init__(self, *, hub: Hub, outbox: Outbox, user: int) -> None:
        self._hub, self._outbox, self._me = hub, outbox, str(user)
        hub.join_everywhere(self)

    def heard(self, ring: Ring) -> None:
        if tells(ring, self._me):
            self._outbox.tell({"type": "notices.changed"})

    def read(self, turn: int, news: News) -> None:
        """A bell shows no answer."""

    def leave(self) -> None:
        self._outbox.leave()

    def part(self) -> None:
        self._hub.part(self, "")


class BellConsumer(Socket):
    check_every = CHECK_EVERY

    async def enter(self) -> bool:
        self.language = language_of(self.scope)
        return True

    def check(self) -> None:
        """Every half a minute, which is also how it is known who is here."""
        self.agent = agent_at(self.scope)
        be_here(self.agent)

    def watch(self, outbox: Outbox) -> None:
        self.watcher = BellWatcher(hub=self.hub, outbox=outbox, user=self.agent.pk)

    def unwatch(self) -> None:
        self.watcher.part()
