"""The message form: offered where a person is wanted and nobody is there. Until one takes the conversation
the assistant goes on answering, so nothing is answered by both."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from chatbot import mailing
from conversations.models import Conversation, Message
from conversations.posting import HEARD, Record
from conversations.reaching import Reach, in_words

NOBODY_THERE = "nobody_there"  # the code of the message that offers the form
Told = dict[str, Any]


def offer(writing: Record, *, found: Reach, told: Told) -> Message:
    """For whoever holds the record. `told`: what staff are to read once a message is left. Asked again, the
    form that stands there is enough."""
    conversation = writing.conversation
    if standing := standing_offer(conversation):
        return standing
    language = str(conversation.state.get("language") or conversation.language)
    with override(language):
        text = f"{in_words(found, language)} {_how_it_is_answered()}"
        asks = {"kind": "form", "fields": _fields(conversation)}
    kept = {"code": NOBODY_THERE, "asks": asks, "leaving": told, "zone": found.zone if found.back else ""}
    return writing.post(kind=Message.Kind.ASSISTANT, text=text, language=language, data=kept)


def standing_offer(conversation: Conversation) -> Message | None:
    """The form, where nothing has been said since."""
    newest = conversation.messages.filter(kind__in=HEARD).order_by("-seq").first()
    return newest if newest and "leaving" in newest.data else None


def _how_it_is_answered() -> str:
    if mailing.can_send():
        return _("Leave us a message: we answer here and by e-mail. I go on helping you meanwhile.")
    return _("Leave us a message, and we answer you here. I go on helping you meanwhile.")


def _fields(conversation: Conversation) -> list[dict[str, Any]]:
    """An address is needed where mail can be sent; what is known already stands there."""
    customer = conversation.customer
    before = conversation.left_messages.last()
    name = before.name if before else customer.name
    email = before.email if before else customer.email
    return [
        _field("name", _("Name"), "text", written=name, autofill="name"),
        _field("email", _("E-mail"), "email", needed=mailing.can_send(), written=email, autofill="email"),
        _field("message", _("Message"), "text", long=True),
    ]


def _field(
    name: str, label: str, kind: str, *, needed: bool = False, long: bool = False, written: str = "",
    autofill: str = "",
) -> dict[str, Any]:  # fmt: skip
    return {
        "name": name, "label": label, "kind": kind, "required": needed, "choices": [], "long": long,
        "autofill": autofill, "written": written, "why": "",
    }  # fmt: skip
