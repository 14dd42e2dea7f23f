"""When somebody is there: a week, days on which something else holds, a time zone. Pure.

What is written is what the clock on the wall says; how long that is in the two nights in which it jumps, and
what lasts past midnight, is reckoned as in actions/bookings/open_time.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions.bookings.open_time import (
    DAY,
    Closed,
    Span,
    Stretch,
    closing,
    days,
    merged,
    moment,
    seconds,
    stretches,
    weekday,
    without,
)

Times = tuple[time, time]  # from, to; 00:00, or earlier than it opens: on the next day
FIRST = date(1970, 1, 1).toordinal()
LOOKED_AHEAD = timedelta(days=60)  # longer than any holiday
WINDOW = timedelta(days=14)  # in which time is counted, again and again
LONGEST = timedelta(days=400)  # who opens less often than that keeps no target


@dataclass(frozen=True, slots=True)
class Calendar:
    """`week`: seven lists, Monday first. `days`: what holds on a day instead, from midnight on; nothing where
    it is closed. `closed`: parts of days that are taken out of all of that."""

    zone: ZoneInfo
    week: Sequence[Sequence[Times]]
    days: Mapping[date, Sequence[Times]] = field(default_factory=dict)
    closed: Sequence[Closed] = ()


def open_spans(calendar: Calendar, begin: datetime, end: datetime) -> list[Span]:
    """In seconds since 1970, in order and without overlaps."""
    first, last = int(begin.timestamp()), int(end.timestamp())
    if first >= last:
        return []
    cut = stretches(calendar.zone, first, last)
    return without(merged(_opened(calendar, cut)), closing(calendar.closed, cut))


def _opened(calendar: Calendar, cut: Sequence[Stretch]) -> Iterator[Span]:
    for begin, end, offset in cut:
        for day in days((begin, end, offset)):
            for opens, closes in _on_the_wall(calendar, day):
                yield max(opens - offset, begin), min(closes - offset, end)


def _on_the_wall(calendar: Calendar, day: int) -> Iterator[Span]:
    """What lasts past midnight ends there where the next day has times of its own."""
    tomorrow = (day + 1) * DAY
    ends = _date(day + 1) in calendar.days
    for opens, closes in calendar.days.get(_date(day), calendar.week[weekday(day)]):
        begin, end = day * DAY + seconds(opens), day * DAY + seconds(closes)
        if end <= begin:
            end += DAY
        yield begin, min(end, tomorrow) if ends else end


def _date(day: int) -> date:
    return date.fromordinal(FIRST + day)


def open_at(calendar: Calendar, at: datetime) -> bool:
    return bool(open_spans(calendar, at, at + timedelta(seconds=1)))


def closes_at(calendar: Calendar, at: datetime) -> datetime | None:
    """When it closes, while it is open; None where it does not close in two months."""
    second = int(at.timestamp())
    spans = open_spans(calendar, at, at + LOOKED_AHEAD)
    if not spans or spans[0][0] > second or spans[0][1] >= int((at + LOOKED_AHEAD).timestamp()):
        return None
    return moment(spans[0][1])


def next_opening(calendar: Calendar, at: datetime) -> datetime | None:
    """The first moment from `at` on when it is open; None where there is none in two months."""
    spans = open_spans(calendar, at, at + LOOKED_AHEAD)
    return moment(spans[0][0]) if spans else None


def open_time_between(calendar: Calendar, begin: datetime, end: datetime) -> timedelta:
    return timedelta(seconds=sum(last - first for first, last in open_spans(calendar, begin, end)))


def after_open_time(calendar: Calendar, since: datetime, spent: timedelta) -> datetime | None:
    """When so much open time has gone by; None where that takes longer than a year."""
    left, begin = int(spent.total_seconds()), since
    while begin < since + LONGEST:
        spans = open_spans(calendar, begin, begin + WINDOW)
        sums = _sums(spans)
        if sums and sums[-1] >= left:
            number = bisect_right(sums, left - 1)
            return moment(spans[number][1] - (sums[number] - left))
        left -= sums[-1] if sums else 0
        begin += WINDOW
    return None


def _sums(spans: Sequence[Span]) -> list[int]:
    total, sums = 0, []
    for begin, end in spans:
        total += end - begin
        sums.append(total)
    return sums
