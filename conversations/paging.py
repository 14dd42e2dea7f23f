"""A conversation's messages in pages: as many as a viewer is shown at once, bounded in number and in size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from conversations.models import Conversation, Message
from conversations.rendering import Audience, message_view

PAGE = 50
WEIGHT = 96 * 1024  # characters: well below what may wait for a slow reader (consumers/outbox.py)

View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Messages in their order, ready to be serialised; `earlier`: there are others before them."""

    messages: list[View]
    earlier: bool


def newest(conversation: Conversation, *, audience: Audience, before: int | None = None) -> Page:
    """The last page, or the last before the message with that number. It holds at least one message."""
    visible = _visible(conversation, audience)
    if before is not None:
        visible = visible.filter(seq__lt=before)
    found = list(visible.order_by("-seq")[: PAGE + 1])
    views = _fitting(found[:PAGE], conversation, audience)
    return Page(views[::-1], earlier=len(found) > len(views))


def changed(conversation: Conversation, *, audience: Audience, since: int) -> Page | None:
    """What has changed after a number of the conversation's clock; None when that is more than a page."""
    found = list(_visible(conversation, audience).filter(changed_seq__gt=since).order_by("seq")[: PAGE + 1])
    if len(found) > PAGE:
        return None
    views = _fitting(found, conversation, audience)
    return Page(views, earlier=False) if len(views) == len(found) else None


def _visible(conversation: Conversation, audience: Audience) -> QuerySet[Message]:
    """What the audience sees at the clock that was read with the conversation."""
    messages = Message.objects.filter(conversation=conversation, changed_seq__lte=conversation.last_seq)
    if audience == "customer":
        messages = messages.exclude(kind__in=Message.AMONG_STAFF)
    return messages.select_related("author", "rating", "conversation_rating")


def _fitting(messages: list[Message], conversation: Conversation, audience: Audience) -> list[View]:
    """Rendered one by one, up to the first that makes the page too large."""
    answers = [message for message in messages if message.kind == Message.Kind.ASSISTANT]
    prefetch_related_objects(answers, "citations")  # none are asked for what was only said
    views: list[View] = []
    weight = 0
    for message in messages:
        view = message_view(message, assistant=conversation.assistant, audience=audience)
        weight += len(view["html"]) + len(view["text"]) + len(str(view["cards"]))
        if views and weight > WEIGHT:
            break
        views.append(view)
    return views
