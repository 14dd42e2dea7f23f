"""What a colleague reads of a conversation that was handed over, in their language (inbox/briefing.py)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actions.models import Call
from conversations.event_lines import REASONS
from conversations.inbox.briefing import HANDED_OVER, lines_of
from conversations.models import Conversation, LeftMessage, Message
from flows.texts import in_language

WHAT_CAME = {
    Call.State.DONE: _("done"),
    Call.State.FAILED: _("failed"),
    Call.State.DECLINED: _("turned down"),
    Call.State.WAITING: _("waits for approval"),
    Call.State.RUNNING: _("under way"),
}


def told_of(conversation: Conversation) -> tuple[Message | None, LeftMessage | None]:
    """The line that says that it was handed over last, and the message that the customer left last: one
    statement for both."""
    left = LeftMessage.objects.filter(conversation=conversation).order_by("-pk").values("message")[:1]
    wanted = Q(pk__in=lines_of(conversation).values("pk")[:1]) | Q(pk__in=left)
    found = list(conversation.messages.filter(wanted).select_related("left").order_by("seq"))
    lines = [one for one in found if one.kind == Message.Kind.EVENT and one.data.get("code") in HANDED_OVER]
    messages = [one.left for one in found if hasattr(one, "left")]
    return lines[-1] if lines else None, messages[-1] if messages else None


def briefed(line: Message | None, language: str) -> dict[str, Any] | None:
    """The last time that it was handed over; it stays when a person has taken over."""
    if line is None:
        return None
    kept = line.data.get("brief") or {}
    return {
        "at": line.created_at,
        "reason": line.data.get("why") or REASONS.get(line.data.get("reason", ""), ""),
        "summary": line.data.get("summary"),
        "said": kept.get("said", []),
        "flows": [_of(one, language) for one in kept.get("flows", [])],
        "articles": kept.get("articles", []),
        "tools": [{**one, "came": WHAT_CAME.get(one["state"], "")} for one in kept.get("tools", [])],
        "slots": [_of(one, language) for one in kept.get("slots", [])],
    }


def _of(kept: dict[str, Any], language: str) -> dict[str, str]:
    return {name: str(in_language(words, language)) for name, words in kept.items()}
