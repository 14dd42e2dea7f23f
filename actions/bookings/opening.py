"""Whether it is within the opening hours, and when they begin again: those that are nobody's own, without the
closures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from actions.bookings.looking import closures_of, hours_of
from actions.bookings.open_time import Hours, Span, closing, opening, stretches, without

LOOKED_AHEAD = timedelta(days=60)  # longer than any holiday


def is_open(at: datetime) -> bool | None:
    """None where no opening hours are set."""
    spans = open_spans(at, at + timedelta(seconds=1))
    return None if spans is None else bool(spans)


def next_opening(at: datetime, *, own: Sequence[Hours] = ()) -> datetime | None:
    """The first moment from `at` on when it is open; None where there is none in two months."""
    second = int(at.timestamp())
    spans = open_spans(at, at + LOOKED_AHEAD, own=own) or []
    begins = next((max(begin, second) for begin, end in spans if end > second), None)
    return None if begins is None else datetime.fromtimestamp(begins, UTC)


def open_spans(begin: datetime, end: datetime, *, own: Sequence[Hours] = ()) -> list[Span] | None:
    """When it is open between two moments, in seconds since 1970. `own` hours count instead of the company's;
    closures count for all. None where no hours are set."""
    hours = own or hours_of(())
    if not hours:
        return None
    cut = stretches(ZoneInfo(settings.TIME_ZONE), int(begin.timestamp()), int(end.timestamp()))
    closed = closures_of((), begin - timedelta(days=1), end + timedelta(days=1))
    return without(opening(hours, cut), closing(closed, cut))
