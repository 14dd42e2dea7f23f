"""Questions before the chat, as a shop would ask them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from assistant.models import Assistant, IntroductionQuestion
from conversations.introducing.keeping import introduce
from conversations.models import Conversation
from conversations.receiving import receive

ORDER = {"en": "Your order number", "fr": "Votre numéro de commande"}
TOPIC = {"en": "What is it about?", "fr": "De quoi s’agit-il ?"}
TOPICS = {"en": ["A lamp", "A parcel"], "fr": ["Une lampe", "Un colis"]}


def asks(assistant: Assistant, kind: str, key: str = "", **more: Any) -> IntroductionQuestion:
    rows = assistant.introduction
    return rows.create(kind=kind, key=key or kind, position=rows.count() + 1, **more)


def asks_everything(assistant: Assistant) -> None:
    asks(assistant, "name")
    asks(assistant, "email", required=True)
    asks(assistant, "text", "order", label=ORDER)
    asks(assistant, "choice", "topic", label=TOPIC, options=TOPICS)


def say(conversation: Conversation) -> None:
    receive(conversation_id=conversation.pk, text="Hello", client_id=uuid4())


def answer(conversation: Conversation, client_id: UUID | None = None, **values: str) -> dict[str, str]:
    return introduce(conversation_id=conversation.pk, values=values, client_id=client_id or uuid4())
