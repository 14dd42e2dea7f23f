"""One partial renders a message for the page, the htmx swap and the socket."""

from __future__ import annotations

from typing import Any, Literal

from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString

from assistant.models import Assistant
from chatbot.markdown import render_message, render_plain
from conversations.attachments.rules import rules_of
from conversations.cards import cards_of, other_options
from conversations.event_lines import event_line
from conversations.inbox import mentioning
from conversations.models import Citation, ConversationRating, Message, Rating
from flows.form_controls import controls_of

Audience = Literal["customer", "staff"]
CITATION = ("number", "title", "heading", "url", "language", "quote")
RATING = ("score", "reason", "comment")
ENDING = ("score", "comment")
AS_MARKDOWN = (Message.Kind.ASSISTANT, Message.Kind.PERSON)


def render_html(message: Message, *, assistant: Assistant, audience: Audience) -> str:
    """The message as `audience` sees it, in the active language; sanitised, ready to be inserted."""
    asks = _asks(message, assistant)
    cards = cards_of(message.data)
    context = {
        "message": message,
        "body": _body(message),
        "citations": _citations(message),
        "options": other_options(message.options, cards),
        "cards": cards,
        "files": _files(message, audience),
        "asks": asks,
        "controls": controls_of(asks, message.language),
        "rating": _rating(message),
        "ending": _ending(message),
        "audience": audience,
        "assistant": assistant,
    }
    return get_template("conversations/_message.html").render(context)


def message_view(message: Message, *, assistant: Assistant, audience: Audience) -> dict[str, Any]:
    """A protocol.MessageView, ready to be serialised."""
    return {
        "id": message.pk,
        "seq": message.seq,
        "changed_seq": message.changed_seq,
        "kind": message.kind,
        "client_id": message.client_id,
        "turn": message.turn_id,
        "text": _text(message, audience),
        "html": render_html(message, assistant=assistant, audience=audience),
        "code": message.data.get("code", ""),
        "outcome": message.outcome,
        "partial": message.partial,
        "replaced": "replaced" in message.data,
        "citations": [_fields(citation, CITATION) for citation in _citations(message)],
        "options": message.options,
        "cards": cards_of(message.data),
        "files": _files(message, audience),
        "asks": _asks(message, assistant),
        "rating": _fields(rating, RATING) if (rating := _rating(message)) else None,
        "conversation_rating": _fields(ending, ENDING) if (ending := _ending(message)) else None,
        "created_at": message.created_at,
    }


def _asks(message: Message, assistant: Assistant) -> dict[str, Any] | None:
    """A file is not asked for where none can be sent: words have to do."""
    asks: dict[str, Any] | None = message.data.get("asks")
    return None if asks and asks["kind"] == "file" and not rules_of(assistant) else asks


def _files(message: Message, audience: Audience) -> list[dict[str, Any]]:
    """Each with the addresses that this audience may ask."""
    return [_file(one, audience) for one in message.data.get("files", ())]


def _file(kept: dict[str, Any], audience: Audience) -> dict[str, Any]:
    names = ("staff-file", "staff-thumbnail") if audience == "staff" else ("file", "thumbnail")
    file, small = (reverse(f"conversations:{name}", args=[kept["id"]]) for name in names)
    facts = {name: kept[name] for name in ("id", "name", "kind", "size")}
    return {**facts, "url": file, "thumbnail": small if kept["thumbnail"] else ""}


def _fields(row: Citation | Rating | ConversationRating, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _text(message: Message, audience: Audience) -> str:
    return event_line(message, audience=audience) if message.kind in Message.LINES else message.text


def _body(message: Message) -> SafeString:
    if message.kind in Message.LINES:
        return SafeString("")
    if message.kind == Message.Kind.NOTE:
        return mentioning.shown(message)
    return render_message(message.text) if message.kind in AS_MARKDOWN else render_plain(message.text)


def _citations(message: Message) -> list[Citation]:
    return list(message.citations.all()) if message.kind == Message.Kind.ASSISTANT else []


def _rating(message: Message) -> Rating | None:
    return getattr(message, "rating", None) if message.kind == Message.Kind.ASSISTANT else None


def _ending(message: Message) -> ConversationRating | None:
    return getattr(message, "conversation_rating", None) if message.kind == Message.Kind.EVENT else None
