"""A message that a customer leaves: stored in the conversation, which waits for a person from then on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from chatbot import mailing
from conversations import limits
from conversations.inbox import briefing
from conversations.masking import without_cards
from conversations.models import Customer, LeftMessage, Message, Owner
from conversations.posting import Record, record
from conversations.receiving import Received, was_answered
from conversations.refusals import Refused
from conversations.waiting import begin_to_wait

LEFT = "left_message"  # the code of the line that says so
LONGEST_NAME = 120


def leave(form: Message, values: Mapping[str, str], *, client_id: UUID, address: str = "") -> Received:
    """Once, however often it is sent. Raises Refused: "form_gone" where something was said since,
    "form_empty" without an address that mail needs, "wrong_address", and "too_many_mails" for this
    conversation, network or mailbox."""
    known = Message.objects.filter(conversation=form.conversation_id, client_id=client_id).first()
    if known:
        return Received(known, fresh=False)
    email = _address_in(values, form, address)
    with record(form.conversation_id) as writing:
        if known := writing.find(client_id):
            return Received(known, fresh=False)
        if was_answered(form) or LeftMessage.objects.filter(message__data__left=form.pk).exists():
            raise Refused("form_gone")
        message = _store(writing, form, values, email, client_id)
        told = {**_with_words(form.data["leaving"], message.text), "to": email}
        begin_to_wait(writing, owner=Owner.ASSISTANT, code=LEFT, told=told)
        return Received(message, fresh=True)


def _with_words(told: dict[str, Any], text: str) -> dict[str, Any]:
    """What colleagues read of the conversation ends with what was left."""
    brief = told.get("brief", {})
    said = [*brief.get("said", []), text[: briefing.LONGEST]]
    return {**told, "brief": {**brief, "said": list(dict.fromkeys(said))}}


def _address_in(values: Mapping[str, str], form: Message, address: str) -> str:
    email = values.get("email", "").strip()
    if not email:
        if mailing.can_send():
            raise Refused("form_empty")
        return ""
    if not mailing.is_address(email):
        raise Refused("wrong_address")
    if not limits.allows_transcript(
        conversation=str(form.conversation_id), mailbox=email, address=address
    ):  # fmt: skip
        raise Refused("too_many_mails")
    return email


def _store(writing: Record, form: Message, values: Mapping[str, str], email: str, client_id: UUID) -> Message:
    """The address stands in a row of its own: what is said is searched, quoted and shown to models."""
    conversation = writing.conversation
    language = form.language or conversation.language
    with override(language):
        text = without_cards(values.get("message", "")) or _("Please get back to me.")
    message = writing.post(
        kind=Message.Kind.CUSTOMER, text=text, client_id=client_id, data={"left": form.pk}
    )  # fmt: skip
    name = without_cards(values.get("name", ""))[:LONGEST_NAME]
    LeftMessage.objects.create(
        conversation=conversation, message=message, name=name, email=email, language=language
    )
    if name:
        Customer.objects.filter(pk=conversation.customer_id, name="").update(name=name)
    return message
