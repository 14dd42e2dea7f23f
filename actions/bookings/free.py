"""Which appointments are free. Pure: everything it needs is given, and the same gives the same.

An appointment lies inside opening hours, outside closures; with its buffers it touches no other of the same
person. Buffers may reach beyond opening hours: whoever opens at nine may travel before.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from actions.bookings.open_time import (
    DAY,
    Closed,
    Hours,
    Span,
    closing,
    merged,
    moment,
    opening,
    starts,
    stretches,
    without,
)


@dataclass(frozen=True, slots=True)
class Worker:
    """`zone` None: the company's."""

    id: int
    zone: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A service, in minutes; `notice` in hours, `ahead` in days."""

    id: int
    people: tuple[Worker, ...]
    minutes: int
    before: int = 0
    after: int = 0
    step: int = 30
    notice: int = 0
    ahead: int = 730


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody's time that is given away, buffers included."""

    person: int
    begins: datetime
    ends: datetime


class Slot(NamedTuple):
    """An appointment that is free; its moments are in UTC."""

    starts: datetime
    ends: datetime
    service: int
    person: int


def free(
    services: Iterable[Offer], hours: Sequence[Hours], closures: Sequence[Closed], taken: Iterable[Taken],
    *, frm: datetime, to: datetime, now: datetime, tz: ZoneInfo,
) -> list[Slot]:  # fmt: skip
    """What can be booked and begins from `frm` on and before `to`, in order."""
    begin, end = whole(frm), whole(to)
    if begin >= end:
        return []
    busy = given_away(taken)
    known: dict[tuple[object, ...], Week] = {}
    found: list[tuple[int, int, int, int]] = []
    for offer in services:
        first, last = max(begin, earliest(offer, now)), min(end, latest(offer, now, tz))
        for worker in offer.people:
            week = _week(worker, hours, closures, tz, begin, end, known)
            length = offer.minutes * 60
            found += [
                (at, at + length, offer.id, worker.id)
                for span in _may_start(offer, week, busy.get(worker.id, []))
                for at in _between(week.starts(offer.step * 60), max(first, span[0]), min(last, span[1]))
            ]
    found.sort()
    return [Slot(moment(at), moment(until), offer, worker) for at, until, offer, worker in found]


def earliest(offer: Offer, now: datetime) -> int:
    return whole(now) + offer.notice * 3600


def latest(offer: Offer, now: datetime, tz: ZoneInfo) -> int:
    """The end of the last day, at the company, that can be booked."""
    midnight = now.astimezone(tz).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return whole((midnight + timedelta(days=offer.ahead + 1)).replace(tzinfo=tz))


def whole(at: datetime) -> int:
    """In seconds; a part of one counts as begun."""
    return math.ceil(at.timestamp())


def given_away(taken: Iterable[Taken]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for each in taken:
        span = (math.floor(each.begins.timestamp()), whole(each.ends))
        found.setdefault(each.person, []).append(span)
    return {person: merged(spans) for person, spans in found.items()}


class Week:
    """Somebody's open time in the period asked for, and where appointments may begin in it."""

    def __init__(
        self, hours: Sequence[Hours], closures: Sequence[Closed], zone: ZoneInfo, span: Span
    ) -> None:
        # An appointment that begins in the period may end after it.
        self._cut = stretches(zone, span[0], span[1] + DAY)
        self._hours = hours
        self._starts: dict[int, list[int]] = {}
        self.open = without(opening(hours, self._cut), closing(closures, self._cut))

    def starts(self, step: int) -> list[int]:
        if step not in self._starts:
            self._starts[step] = starts(self._hours, self._cut, step)
        return self._starts[step]


def hours_of(person: int, hours: Iterable[Hours]) -> tuple[Hours, ...]:
    """Their own, else those of everybody."""
    own = tuple(each for each in hours if each.person == person)
    return own or tuple(each for each in hours if each.person is None)


def closures_of(person: int, closures: Iterable[Closed]) -> tuple[Closed, ...]:
    return tuple(each for each in closures if each.person in (None, person))


def _week(
    worker: Worker, hours: Sequence[Hours], closures: Sequence[Closed], tz: ZoneInfo, begin: int, end: int,
    known: dict[tuple[object, ...], Week],
) -> Week:  # fmt: skip
    """People with the same hours share what is worked out of them."""
    theirs = (hours_of(worker.id, hours), closures_of(worker.id, closures), worker.zone or tz)
    if theirs not in known:
        known[theirs] = Week(*theirs, (begin, end))
    return known[theirs]


def _may_start(offer: Offer, week: Week, busy: Sequence[Span]) -> list[Span]:
    """When an appointment may begin: late enough after what is before it, early enough to end."""
    length, before, after = offer.minutes * 60, offer.before * 60, offer.after * 60
    ranges = [(begin, end - length + 1) for begin, end in week.open if end - begin >= length]
    blocked = merged((begin - length - after + 1, end + before) for begin, end in busy)
    return without(ranges, blocked)


def _between(ordered: Sequence[int], begin: int, end: int) -> Sequence[int]:
    return ordered[bisect_left(ordered, begin) : bisect_left(ordered, end)]
