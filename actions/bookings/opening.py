"""Whether it is within the opening hours: those that are nobody's own, without the closures."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from actions.bookings.looking import closures_of, hours_of
from actions.bookings.open_time import closing, opening, stretches, without


def is_open(at: datetime) -> bool | None:
    """None where no opening hours are set."""
    hours = hours_of(())
    if not hours:
        return None
    second = int(at.timestamp())
    cut = stretches(ZoneInfo(settings.TIME_ZONE), second, second + 1)
    closed = closures_of((), at - timedelta(days=1), at + timedelta(days=1))
    return any(begin <= second < end for begin, end in without(opening(hours, cut), closing(closed, cut)))
