"""By when a person is to have answered, and to have resolved it: minutes of a team, counted within its
hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from actions.opening.calendars import after_open_time
from actions.opening.standing import calendar_of
from conversations.models import Team


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
    calendar = calendar_of(team.calendar, since)
    if calendar is None:
        return since + timedelta(minutes=minutes)
    return after_open_time(calendar, since, timedelta(minutes=minutes))
