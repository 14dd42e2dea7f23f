"""A conversation as staff see it, live; the person at this socket can answer over it too."""

from __future__ import annotations

from uuid import UUID

from accounts.models import User
from conversations import handoff
from conversations.consumers.conversing import ConversationSocket
from conversations.languages import language_of
from conversations.protocol import Say


class StaffConsumer(ConversationSocket):
    audience = "staff"
    typist = "person"

    async def enter(self) -> bool:
        user = self.scope["user"]
        self.conversation = UUID(str(self.scope["url_route"]["kwargs"]["conversation"]))
        self.language = language_of(self.scope)
        if not isinstance(user, User):
            return False
        self.actor, self.typing_name = user, str(user)
        return await self.allowed()

    async def on_message(self, command: Say) -> None:
        said = {"text": command.text, "client_id": command.client_id}
        await self.act(handoff.reply_as_person, user=self.actor, **said)
