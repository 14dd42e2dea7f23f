"""What the staff's pages show of the list and of one conversation: the values of their templates."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from assistant.guidance.words import called
from conversations import live
from conversations.access import conversations_for
from conversations.event_lines import REASONS
from conversations.inbox import behind, listing
from conversations.inbox.briefing_shown import briefed, told_of
from conversations.inbox.chips import chips
from conversations.inbox.filters import PAGE, SHOWS, Filters
from conversations.inbox.offered import choices
from conversations.inbox.places import Place
from conversations.inbox.to_do import at_most
from conversations.models import Conversation, SavedView
from flows.walked_words import described

FIRST = ("active", "waiting", "mine")  # the others stand in a menu


def staff(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def may_share(user: User) -> bool:
    """Views of everybody are made and changed by editors."""
    return user.may(Role.EDITOR)


def column(request: HttpRequest) -> dict[str, Any]:
    """The list, with everything that stands above it."""
    user, filters = staff(request), Filters.read(request.GET)
    heard = live.newest()  # before anything is read: what happens from now on is told
    visible = conversations_for(user)
    rows = listing.with_what_rows_show(listing.shown(visible, filters, user=user), user=user)
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    beside = listing.beside_the_list(visible, user=user)
    counts = beside.counts
    return {
        "filters": filters,
        "heard": heard,
        "conversations": found[:PAGE],
        "more": filters.query(after=Place.of(last, listing.sorted_by(filters))) if last else "",
        "first": filters.query(after=""),
        "query": filters.query(),
        "step": _narrowed(filters),
        "without_step": filters.query(step="", days="", guidance=0, behind=""),
        "for_me_count": at_most(counts["for_me"]),
        "mentions_count": _at_most(counts["mentions"]),
        "reasons": REASONS,
        "chips": chips(filters),
        "cleared": Filters(show=filters.show, words=filters.words).query(),
        "list_work": beside.work,
        **_views(user, filters, counts, beside.views),
    }


def _views(user: User, filters: Filters, counts: dict[str, int], kept: list[SavedView]) -> dict[str, Any]:
    """Those that are built in, and those that somebody has saved."""
    here = filters.query(after="")
    current = next((view for view in kept if view.query == here), None)
    # Out of a saved view, what narrows it stays behind.
    base = Filters() if current else filters
    tabs = [
        (name, words, _at_most(counts.get(name, 0)), base.query(show=name)) for name, words in SHOWS.items()
    ]
    hidden = [words for name, words in SHOWS.items() if name == filters.show and name not in FIRST]
    return {
        "tabs": [tab for tab in tabs if tab[0] in FIRST],
        "more_tabs": [tab for tab in tabs if tab[0] not in FIRST],
        "my_views": [view for view in kept if view.user_id],
        "shared_views": [view for view in kept if not view.user_id],
        "current_view": current,
        "may_change_view": current and (current.user_id or may_share(user)),
        "may_share": may_share(user),
        "more_title": current.name if current else hidden[0] if hidden else _("More"),
        "more_current": bool(current or hidden),
    }


def _at_most(count: int) -> str:
    return f"{listing.MOST_COUNTED - 1}+" if count >= listing.MOST_COUNTED else str(count or "")


def _narrowed(filters: Filters) -> str:
    """To which step of a flow, row of guidance or number of the insights, in words."""
    words = [described(filters.step.line)] if filters.step else []
    words += [called(filters.guidance)] if filters.guidance else []
    number = behind.read(filters.behind)
    return " · ".join([*words, *([number.words] if number else [])])


def facts(found: Conversation) -> dict[str, Any]:
    """What is known about one conversation, and what can be done with it."""
    line, left_message = told_of(found)
    return {
        "conversation": found,
        "earlier": listing.earlier(found),
        "left_message": left_message,
        "handed_over": briefed(line, get_language() or ""),
        **choices(found),
    }
