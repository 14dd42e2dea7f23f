"""By when a person is to have answered, and to have resolved it: minutes of a team, counted within its
hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from actions.bookings.open_time import Hours, moment
from actions.bookings.opening import open_spans
from conversations.models import Team

WINDOW = timedelta(days=14)
LONGEST = timedelta(days=400)  # a team that opens less often than that keeps no target


def due(team: Team | None, since: datetime | None) -> dict[str, Any]:
    """What a conversation that waits `since` then keeps: the fields of its row."""
    if team is None or since is None:
        return {"reply_due_at": None, "resolve_due_at": None}
    return {
        "reply_due_at": after(team, since, team.reply_minutes),
        "resolve_due_at": after(team, since, team.resolve_minutes),
    }


def after(team: Team, since: datetime, minutes: int | None) -> datetime | None:
    """When that many minutes of the team's hours have gone by. None: no such target, or it never opens."""
    if minutes is None:
        return None
    left, begin = minutes * 60, since
    own = hours_of(team)
    while begin < since + LONGEST:
        spans = open_spans(begin, begin + WINDOW, own=own)
        if spans is None:
            return since + timedelta(minutes=minutes)
        for opens, closes in spans:
            if closes - opens >= left:
                return moment(opens + left)
            left -= closes - opens
        begin += WINDOW
    return None


def hours_of(team: Team | None) -> list[Hours]:
    rows = team.hours.all() if team else ()
    return [Hours(row.weekday, row.opens, row.closes) for row in rows]
