"""The rows of a list as they are now, for everybody who looks at that list: told ahead of the list itself.

Each page fetches its list when something changes, with counts and marks of its own. Twenty people who look at
the same list all fetch the same rows, so these are read once, and told to all (consumers/ahead.py).
"""

from __future__ import annotations

from dataclasses import dataclass

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
class Rows:
    """`heard`: the newest ring before they were read; `shown`: HTML by the conversation's key, in order."""

    heard: str
    shown: dict[str, str]


def is_everybodys(query: str) -> bool:
    """Whether it shows the same to everybody, at any hour, in any time zone."""
    filters = Filters.read(QueryDict(query))
    own = filters.show in ("mine", "mentions") or filters.since or filters.until
    return not (own or filters.is_gathered or filters.after)


def rows_of(query: str, language: str, reader: int) -> Rows | None:
    """As `reader`, one of those who look, may see them; None where they may not any more."""
    user = User.objects.filter(pk=reader).first()
    if user is None:
        return None
    heard, filters = live.newest(), Filters.read(QueryDict(query))
    found = listing.with_what_rows_show(listing.shown(conversations_for(user), filters, user=user), user=user)
    said = {"query": filters.query(), "reasons": REASONS}
    shown = {}
    with override(language):
        for conversation in found[:PAGE]:
            conversation.calls_me = False  # which is for each page to say of its reader
            context = said | {"conversation": conversation}
            shown[str(conversation.pk)] = render_to_string("conversations/_row.html", context)
    return Rows(heard, shown)
