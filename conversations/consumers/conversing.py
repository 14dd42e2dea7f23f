"""A socket that is about one conversation, chosen when it was opened and never by what is sent over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from conversations import live
from conversations.access import Actor, may_see
from conversations.consumers.barring import GONE, Barred
from conversations.consumers.outbox import Outbox
from conversations.consumers.socket import Socket
from conversations.consumers.watching import Seat, Watcher
from conversations.database import in_database
from conversations.models import Conversation
from conversations.protocol import Earlier, Resume, Typing
from conversations.rendering import Audience


class ConversationSocket(Socket):
    audience: Audience
    actor: Actor
    conversation: UUID
    typist = "customer"
    typing_name = ""

    def check(self) -> None:
        if not may_see(self.actor, self.conversation):
            raise Barred(GONE)

    def watch(self, outbox: Outbox) -> None:
        seat = Seat(self.conversation, self.audience, self.language, self.check)
        self.watcher = Watcher(hub=self.hub, seat=seat, outbox=outbox)

    def unwatch(self) -> None:
        self.watcher.part()

    async def act(self, action: Callable[..., Any], **arguments: Any) -> Any:
        """Carry out an action on this conversation, if the actor may still see it."""
        return await in_database(self._checked)(action, arguments)

    def _checked(self, action: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        self.check()
        try:
            return action(conversation_id=self.conversation, **arguments)
        except Conversation.DoesNotExist:
            raise Barred(GONE) from None  # deleted since

    async def on_resume(self, command: Resume) -> None:
        await self.watcher.resume(command)

    async def on_earlier(self, command: Earlier) -> None:
        await self.watcher.look_back(command)

    async def on_typing(self, command: Typing) -> None:
        ring = live.Ring(str(self.conversation), kind="typing", who=self.typist, name=self.typing_name)
        await self.act(lambda conversation_id: live.ring(ring))
