"""The rows of a list as they are now, for everybody who looks at that list: told ahead of the list itself.

Each page fetches its list when something changes, with counts and marks of its own. Twenty people who look at
the same list all fetch the same rows, so these are read once, and told to all (consumers/ahead.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import override

from accounts.models import User
from conversations import live
from conversations.access import conversations_for
from conversations.event_lines import REASONS
from conversations.inbox import listing
from conversations.inbox.filters import PAGE, Filters


@dataclass(frozen=True, slots=True)
class Row:
    """`facts`: all that it shows, but for how long ago things were, which pages reckon themselves."""

    facts: tuple[object, ...]
    html: str


@dataclass(frozen=True, slots=True)
class Rows:
    """`heard`: the newest ring before they were read; `shown`: by the conversation's key, in order."""

    heard: str
    shown: dict[str, Row]


def is_everybodys(query: str) -> bool:
    """Whether it shows the same to everybody, at any hour, in any time zone."""
    filters = Filters.read(QueryDict(query))
    own = filters.show in ("mine", "mentions") or filters.since or filters.until
    return not (own or filters.is_gathered or filters.after)


def rows_of(query: str, language: str, reader: int, known: Mapping[str, Row]) -> Rows | None:
    """As `reader`, one of those who look, may see them; None where they may not any more. Of those that are
    `known` only what has changed is drawn."""
    user = User.objects.filter(pk=reader).first()
    if user is None:
        return None
    heard, filters = live.newest(), Filters.read(QueryDict(query))
    found = listing.with_what_rows_show(listing.shown(conversations_for(user), filters, user=user), user=user)
    said, shown = {"query": filters.query(), "reasons": REASONS}, {}
    with override(language):
        for conversation in found[:PAGE]:
            key, facts = str(conversation.pk), _facts(conversation)
            former = known.get(key)
            same = former is not None and former.facts == facts
            shown[key] = former if former and same else Row(facts, _drawn(conversation, said))
    return Rows(heard, shown)


def _facts(conversation: Any) -> tuple[object, ...]:
    labels = orjson.dumps(conversation.sorted_by)
    names = str(conversation.customer), str(conversation.assistant), str(conversation.assignee)
    due = conversation.reply_due_at, conversation.resolve_due_at
    return conversation.last_seq, conversation.state_seq, conversation.status, *due, labels, *names


def _drawn(conversation: Any, said: Mapping[str, Any]) -> str:
    conversation.calls_me = False  # which is for each page to say of its reader
    return render_to_string("conversations/_row.html", {**said, "conversation": conversation})
