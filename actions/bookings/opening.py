"""Whether the company is open, and when it opens again: by its business hours."""

from __future__ import annotations

from datetime import datetime

from actions.opening import calendars
from actions.opening.standing import calendar_of


def is_open(at: datetime) -> bool | None:
    """None where no hours are set."""
    calendar = calendar_of(now=at)
    return None if calendar is None else calendars.open_at(calendar, at)


def next_opening(at: datetime) -> datetime | None:
    """The first moment from `at` on when it is open; None where there is none in two months."""
    calendar = calendar_of(now=at)
    return None if calendar is None else calendars.next_opening(calendar, at)
