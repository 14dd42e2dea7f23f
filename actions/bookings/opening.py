"""Whether it is within the opening hours, and when they begin again: those that are nobody's own, without the
closures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from actions.bookings.looking import closures_of, hours_of
from actions.bookings.open_time import Hours, Span, closing, opening, stretches, without

LOOKED_AHEAD = timedelta(days=60)  # longer than any holiday


def is_open(at: datetime) -> bool | None:
    """None where no opening hours are set."""
    hours = hours_of(())
    if not hours:
        return None
    second = int(at.timestamp())
    return any(begin <= second < end for begin, end in _spans(hours, at, at + timedelta(seconds=1)))


def next_opening(at: datetime) -> datetime | None:
    """The first moment from `at` on when it is open; None where there is none in two months."""
    second = int(at.timestamp())
    spans = _spans(hours_of(()), at, at + LOOKED_AHEAD)
    begins = next((max(begin, second) for begin, end in spans if end > second), None)
    return None if begins is None else datetime.fromtimestamp(begins, UTC)


def _spans(hours: list[Hours], begin: datetime, end: datetime) -> list[Span]:
    cut = stretches(ZoneInfo(settings.TIME_ZONE), int(begin.timestamp()), int(end.timestamp()))
    closed = closures_of((), begin - timedelta(days=1), end + timedelta(days=1))
    return without(opening(hours, cut), closing(closed, cut))
