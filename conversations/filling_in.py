"""A form that a customer sends: which one it is of, what it says, that it is sent once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from conversations.leaving.taking import leave
from conversations.masking import without_cards
from conversations.models import Message
from conversations.receiving import Received, receive, was_answered
from conversations.refusals import Refused, written
from flows.form_lines import as_lines


def fill_in(
    *, conversation_id: UUID, message_id: int, values: Mapping[str, str], client_id: UUID, address: str = ""
) -> Received:
    """Say what the form of that message was filled in with: stored as words, and as values beside them.

    That of a message which is left goes to the staff (leaving/taking.py), and not to the assistant.

    Raises Refused: "not_found" for no answer of this conversation; "form_gone" for a form that is not asked
    for any more, that has been sent, or that has no such fields; "form_empty" where nothing stands in it and
    something must.
    """
    message = Message.objects.select_related("conversation").filter(
        conversation=conversation_id, pk=message_id, kind=Message.Kind.ASSISTANT
    ).first()  # fmt: skip
    kept = {name: text for name, one in values.items() if (text := without_cards(written(one)))}
    if message is None:
        raise Refused("not_found")
    fields = _fields(message)
    if not fields or not set(kept) <= {field["name"] for field in fields}:
        raise Refused("form_gone")
    if not kept and any(field["required"] for field in fields):
        raise Refused("form_empty")
    if "leaving" in message.data:
        return leave(message, kept, client_id=client_id, address=address)
    language = message.language or message.conversation.language
    with override(language):
        text = as_lines(fields, kept, language) or _("Nothing to add.")
    return receive(
        conversation_id=conversation_id,
        text=text,
        client_id=client_id,
        address=address,
        data={"form": {"message": message_id, "values": kept}},
        unless=lambda: was_answered(message) or _was_sent(message),
    )


def _fields(message: Message) -> list[dict[str, Any]]:
    asks = message.data.get("asks", {})
    return list(asks["fields"]) if asks.get("kind") == "form" else []


def _was_sent(message: Message) -> bool:
    """From another tab, say."""
    since = Message.objects.filter(conversation=message.conversation_id, kind=Message.Kind.CUSTOMER)
    return since.filter(pk__gt=message.pk, data__form__message=message.pk).exists()
