"""When somebody is open, in seconds since 1970. Pure.

Opening times are what the clock on the wall says, and in two nights of the year it jumps: the time is cut
into stretches in which it does not, and in each the clock on the wall is the seconds plus an offset. What
opens at 01:00 and closes at 04:00 is so open for two hours in spring, for four in autumn.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

DAY = 86_400
THURSDAY = 3  # the first of January 1970
Span = tuple[int, int]  # from, and before
Stretch = tuple[int, int, int]  # from, before, offset of the clock on the wall


@dataclass(frozen=True, slots=True)
class Hours:
    """Each week. Closing at 00:00, or earlier than it opens: on the next day. `person` None: everybody who
    has none of their own."""

    weekday: int  # 0: Monday
    opens: time
    closes: time
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """Whole days, or a part of each. `person` None: everybody."""

    first: date
    last: date
    begins: time | None = None
    ends: time | None = None
    person: int | None = None


def stretches(zone: ZoneInfo, begin: int, end: int) -> list[Stretch]:
    """The time from `begin` to `end`, cut wherever the clock on the wall jumps."""
    found: list[Stretch] = []
    at, offset = begin, _offset(zone, begin)
    for look in [*range(begin + DAY, end, DAY), end]:
        if (then := _offset(zone, look)) != offset:
            jump = _jump(zone, max(at, look - DAY), look)
            found.append((at, jump, offset))
            at, offset = jump, then
    return [*found, (at, end, offset)]


def _offset(zone: ZoneInfo, at: int) -> int:
    offset = datetime.fromtimestamp(at, zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _jump(zone: ZoneInfo, before: int, after: int) -> int:
    """The first second at which the clock says what it says at `after`."""
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


def days(stretch: Stretch) -> range:
    """The days on the wall that a stretch touches, and the one before, which may last into it."""
    begin, end, offset = stretch
    return range((begin + offset) // DAY - 1, (end + offset) // DAY + 1)


def weekday(day: int) -> int:
    return (day + THURSDAY) % 7


def seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second


def on_the_wall(hours: Hours, day: int) -> Span:
    """From opening to closing, on the wall."""
    opens, closes = seconds(hours.opens), seconds(hours.closes)
    return day * DAY + opens, day * DAY + (closes if closes > opens else closes + DAY)


def opening(hours: Iterable[Hours], cut: Iterable[Stretch]) -> list[Span]:
    return merged(_inside(on_the_wall(each, day), stretch) for stretch in cut for day in days(stretch)
                  for each in hours if each.weekday == weekday(day))  # fmt: skip


def closing(closures: Iterable[Closed], cut: Iterable[Stretch]) -> list[Span]:
    return merged(_inside(span, stretch) for stretch in cut for each in closures for span in _closed(each))


def _closed(closed: Closed) -> Iterator[Span]:
    first, last = (each.toordinal() - date(1970, 1, 1).toordinal() for each in (closed.first, closed.last))
    if closed.begins is None and closed.ends is None:
        yield first * DAY, (last + 1) * DAY
        return
    begins, ends = seconds(closed.begins or time()), seconds(closed.ends or time())
    for day in range(first, last + 1):
        yield day * DAY + begins, day * DAY + (ends if ends > begins else DAY)


def _inside(span: Span, stretch: Stretch) -> Span:
    """What of a time on the wall falls into a stretch; an empty span where nothing does."""
    begin, end, offset = stretch
    return max(span[0] - offset, begin), min(span[1] - offset, end)


def starts(hours: Iterable[Hours], cut: Iterable[Stretch], step: int) -> list[int]:
    """Every `step` seconds from each opening, on the wall; in order."""
    found: set[int] = set()
    for stretch in cut:
        for day in days(stretch):
            for each in hours:
                if each.weekday == weekday(day):
                    opens, closes = on_the_wall(each, day)
                    first, last = _inside((opens, closes), stretch)
                    late = -(first - (opens - stretch[2])) % step
                    found.update(range(first + late, last, step))
    return sorted(found)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time, in order and without overlaps; empty spans fall away."""
    found: list[Span] = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def without(spans: Sequence[Span], holes: Sequence[Span]) -> list[Span]:
    """What remains of `spans`; both in order and without overlaps."""
    left: list[Span] = []
    ends = [end for _begin, end in holes]
    for begin, end in spans:
        number = bisect_right(ends, begin)
        while number < len(holes) and holes[number][0] < end:
            if begin < holes[number][0]:
                left.append((begin, holes[number][0]))
            begin = holes[number][1]
            number += 1
        if begin < end:
            left.append((begin, end))
    return left


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
