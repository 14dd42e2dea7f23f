"""What a colleague reads of a conversation that was handed over, in their language (inbox/briefing.py)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from actions.models import Call
from conversations.event_lines import REASONS
from conversations.inbox.briefing import line_of
from conversations.models import Conversation
from flows.texts import in_language

WHAT_CAME = {
    Call.State.DONE: _("done"),
    Call.State.FAILED: _("failed"),
    Call.State.DECLINED: _("turned down"),
    Call.State.WAITING: _("waits for approval"),
    Call.State.RUNNING: _("under way"),
}


def briefed(conversation: Conversation, language: str) -> dict[str, Any] | None:
    """The last time that it was handed over; it stays when a person has taken over."""
    line = line_of(conversation)
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
