"""A conversation as staff see it, live; the person at this socket can answer over it too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from accounts.models import User
from conversations import handoff
from conversations.access import agent_of
from conversations.consumers.barring import SIGNED_OUT, Barred
from conversations.consumers.company import Company
from conversations.consumers.conversing import ConversationSocket
from conversations.consumers.outbox import Outbox
from conversations.inbox import mentioning
from conversations.languages import language_of
from conversations.live.company import NOTING, REPLYING
from conversations.naming import called
from conversations.protocol import Resume, Say, Typing
from conversations.refusals import Refused

CHECK_EVERY = 30.0  # seconds in which whoever has signed out, or may do less now, is sent away


def agent_at(scope: Mapping[str, Any]) -> User:
    """Who sits at a socket of staff. Raises Barred."""
    agent = agent_of(scope["session"].session_key)
    if agent is None:
        raise Barred(SIGNED_OUT)
    return agent


class StaffConsumer(ConversationSocket):
    audience = "staff"
    typist = "person"
    check_every = CHECK_EVERY
    agent: User

    async def enter(self) -> bool:
        self.conversation = UUID(str(self.scope["url_route"]["kwargs"]["conversation"]))
        self.language = language_of(self.scope)
        return True

    def check(self) -> None:
        self.actor = self.agent = agent_at(self.scope)
        self.typing_name = called(self.agent, audience="customer")
        try:
            super().check()
        except Barred:
            # Whoever may not any more since a moment ago is signed out, and nothing is gone.
            agent_at(self.scope)
            raise

    def watch(self, outbox: Outbox) -> None:
        super().watch(outbox)
        here = str(self.conversation)
        self.company = Company(hub=self.hub, conversation=here, user=self.agent, outbox=outbox)

    def unwatch(self) -> None:
        super().unwatch()
        self.company.part()

    async def on_resume(self, command: Resume) -> None:
        await super().on_resume(command)
        self.company.arrive()
        await self.act(handoff.see, user=self.actor)
        await self.act(mentioning.see, user=self.actor)

    async def on_typing(self, command: Typing) -> None:
        """A note is no business of the customer, nor that it is written."""
        kind = REPLYING if command.what == "reply" else NOTING
        if kind == REPLYING:
            await super().on_typing(command)
        await self.act(lambda conversation_id: self.company.tell(kind))

    async def on_message(self, command: Say) -> None:
        if command.files:
            raise Refused("not_allowed")
        said = {"text": command.text, "client_id": command.client_id, "instead_of": command.instead_of}
        await self.act(handoff.reply_as_person, user=self.actor, **said)
