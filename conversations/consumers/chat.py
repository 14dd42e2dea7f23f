"""A customer's socket. Which conversation it is about stands in the signed token it was opened with."""

from __future__ import annotations

from typing import Any

from conversations import filling_in, handoff, receiving, turns
from conversations.access import Visitor
from conversations.consumers.barring import EXPIRED, Barred
from conversations.consumers.conversing import ConversationSocket
from conversations.consumers.socket import PROTOCOL
from conversations.database import in_database
from conversations.introducing.keeping import introduce
from conversations.introducing.shown import wrong_words
from conversations.leaving.offering import standing_offer
from conversations.models import Owner
from conversations.protocol import Choose, Form, Human, Introduce, Rate, RateConversation, Retry, Say, Stop
from conversations.ratings import giving as rating
from conversations.receiving import Received
from conversations.tokens import read_token
from conversations.viewing import see_message


class ChatConsumer(ConversationSocket):
    audience = "customer"

    async def enter(self) -> bool:
        tokens = [offered for offered in self.scope.get("subprotocols", []) if offered != PROTOCOL]
        grant = read_token(tokens[0]) if len(tokens) == 1 else None
        if grant is None:
            return False
        self.actor, self.conversation = Visitor(grant.customer), grant.conversation
        self.language, self.late = grant.language, grant.expired
        return True

    def check(self) -> None:
        if self.late:
            raise Barred(EXPIRED)
        super().check()

    @property
    def address(self) -> str:
        return str((self.scope.get("client") or [""])[0])

    async def on_message(self, command: Say) -> None:
        said = {"text": command.text, "files": command.files, "client_id": command.client_id}
        await self._acknowledge(await self.act(receiving.receive, **said, address=self.address))

    async def on_choose(self, command: Choose) -> None:
        chosen = {"message_id": command.message, "option": command.option, "client_id": command.client_id}
        await self._acknowledge(await self.act(receiving.choose, **chosen, address=self.address))

    async def on_form(self, command: Form) -> None:
        filled = {"message_id": command.message, "values": command.values, "client_id": command.client_id}
        await self._acknowledge(await self.act(filling_in.fill_in, **filled, address=self.address))

    async def on_introduce(self, command: Introduce) -> None:
        said = {"values": command.values, "client_id": command.client_id}
        wrong = wrong_words(await self.act(introduce, **said, address=self.address), self.language)
        self.tell({"type": "introduced", "client_id": command.client_id, "wrong": wrong})

    async def _acknowledge(self, received: Received) -> None:
        """A repeated message is not news to anyone but its sender."""
        if not received.fresh:
            self.watcher.tell_again(await self._seen(received.message.pk))

    async def _seen(self, message: int) -> dict[str, Any]:
        return await in_database(see_message)(message, audience="customer", language=self.language)

    async def on_stop(self, command: Stop) -> None:
        await self.act(turns.stop, turn_id=command.turn)

    async def on_retry(self, command: Retry) -> None:
        await self.act(receiving.retry, client_id=command.client_id, address=self.address)

    async def on_rate(self, command: Rate) -> None:
        said = {"score": command.score, "reason": command.reason, "comment": command.comment}
        await self.act(rating.rate, message_id=command.message, email=command.email, **said)

    async def on_rate_conversation(self, command: RateConversation) -> None:
        said = {"score": command.score, "comment": command.comment}
        await self.act(rating.rate_conversation, message_id=command.message, **said)

    async def on_human(self, command: Human) -> None:
        """Where nobody is there the answer is a form, which may be there already."""
        asked = await self.act(handoff.request_person)
        if asked.owner == Owner.ASSISTANT and (form := await in_database(standing_offer)(asked)):
            self.watcher.tell_again(await self._seen(form.pk))
