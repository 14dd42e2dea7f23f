"""What the staff's calendar shows: days, people side by side, and in each what is booked, closed and free.

Places are counted in rows of five minutes from the first hour shown; the style sheet knows them as classes,
since the policy of the pages allows no styles in elements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from actions.bookings.free import Week, closures_of, given_away, hours_of
from actions.bookings.looking import closures_of as closures_between
from actions.bookings.looking import hours_of as hours_for
from actions.bookings.looking import taken_of
from actions.bookings.models import Booking, Closure, Person
from actions.bookings.moments import company_zone, period_of, today, value_of
from actions.bookings.open_time import DAY, Span, moment, without

ROW = 5  # minutes
SHOWN = (8, 18)  # hours, if nothing is before or after
LEAST_FREE = 15 * 60  # seconds: less is not offered


@dataclass(frozen=True, slots=True)
class Entry:
    """`row` and `rows`: where it stands and how long it is. Free time has neither booking nor closure."""

    begins: datetime
    ends: datetime
    row: int
    rows: int
    booking: Booking | None = None
    closure: Closure | None = None

    @property
    def kind(self) -> str:
        if self.booking:
            return str(self.booking.status)
        return "closed" if self.closure else "free"

    @property
    def value(self) -> str:
        return value_of(self.begins)

    @property
    def minutes(self) -> int:
        return int((self.ends - self.begins).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class Column:
    person: Person
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    columns: list[Column]
    now_row: int  # 0: not today, or not in the hours shown
    is_today: bool
    is_past: bool


@dataclass(frozen=True)
class Calendar:
    days: list[Day]
    first_hour: int
    hours: list[tuple[int, int]] = field(default_factory=list)  # (hour, row)


Piece = tuple[datetime, datetime, Booking | None, Closure | None]


def calendar(first: date, number: int, people: Sequence[Person], now: datetime | None = None) -> Calendar:
    now = now or timezone.now()
    frm, to = period_of(first, number)
    known = _Known(people, frm, to, now)
    pieces = {person.pk: known.pieces(person) for person in people}
    begin, end = _hours_shown([piece for found in pieces.values() for piece in found])
    days = [first + timedelta(days=offset) for offset in range(number)]
    return Calendar(
        days=[_day(day, people, pieces, (begin, end), now) for day in days],
        first_hour=begin,
        hours=[(hour, (hour - begin) * 60 // ROW + 1) for hour in range(begin, end + 1)],
    )


class _Known:
    """What the database says of all these people in a period, asked once."""

    def __init__(self, people: Sequence[Person], frm: datetime, to: datetime, now: datetime) -> None:
        self._frm, self._to, self._now = frm, to, now
        self._hours, self._shut = hours_for(people), closures_between(people, frm, to)
        self._busy = given_away(taken_of(people, frm, to))
        in_time = Closure.objects.filter(last_day__gte=today(frm), first_day__lte=today(to))
        self._closures = list(in_time)
        booked = Booking.objects.filter(person__in=people, starts_at__lt=to, ends_at__gt=frm)
        self._booked = list(booked.exclude(status=Booking.Status.CANCELLED).select_related("service"))

    def pieces(self, person: Person) -> list[Piece]:
        closures = [each for each in self._closures if each.person_id in (None, person.pk)]
        return [
            *(
                (each.starts_at, each.ends_at, each, None)
                for each in self._booked
                if each.person_id == person.pk
            ),
            *((*span, None, each) for each in closures for span in _closed(each, self._frm, self._to)),
            *((moment(begin), moment(end), None, None) for begin, end in self._free(person)),
        ]

    def _free(self, person: Person) -> list[Span]:
        """When somebody is open and has nothing booked, from now on."""
        span = int(self._frm.timestamp()), int(self._to.timestamp())
        hours, closures = hours_of(person.pk, self._hours), closures_of(person.pk, self._shut)
        week = Week(hours, closures, person.zone, span)
        soon = -(-int(self._now.timestamp()) // (ROW * 60)) * ROW * 60
        outside = [(0, max(soon, span[0])), (max(soon, span[1]), span[1] + 2 * DAY)]
        found = without(without(week.open, self._busy.get(person.pk, [])), outside)
        return [each for each in found if each[1] - each[0] >= LEAST_FREE]


def _closed(closure: Closure, frm: datetime, to: datetime) -> Iterable[tuple[datetime, datetime]]:
    """Of each of its days the part that is closed."""
    day = max(closure.first_day, today(frm))
    while day <= closure.last_day and period_of(day)[0] < to:
        midnight, next_midnight = period_of(day)
        begin = _on(day, closure.begins) if closure.begins else midnight
        end = _on(day, closure.ends) if closure.ends else next_midnight
        yield begin, end if end > begin else next_midnight
        day += timedelta(days=1)


def _on(day: date, at: time) -> datetime:
    return datetime.combine(day, at, company_zone())


def _hours_shown(pieces: Iterable[Piece]) -> tuple[int, int]:
    """What is open or booked is shown; whole days that are closed do not make the calendar longer."""
    zone = company_zone()
    begin, end = SHOWN
    for starts, ends, _booking, closure in pieces:
        if closure is None:
            first, last = starts.astimezone(zone), ends.astimezone(zone)
            over_midnight = last.date() > first.date()
            begin = 0 if over_midnight and last.time() > first.min.time() else min(begin, first.hour)
            end = 24 if over_midnight else max(end, last.hour + bool(last.minute))
    return begin, end


def _day(
    day: date, people: Sequence[Person], pieces: dict[int, list[Piece]], shown: tuple[int, int], now: datetime
) -> Day:
    is_today = day == today(now)
    minutes = _minutes(now, day)
    inside = is_today and shown[0] * 60 <= minutes < shown[1] * 60
    return Day(
        date=day,
        columns=[Column(person, _entries(day, pieces[person.pk], shown)) for person in people],
        now_row=(minutes - shown[0] * 60) // ROW + 1 if inside else 0,
        is_today=is_today,
        is_past=day < today(now),
    )


def _entries(day: date, pieces: Iterable[Piece], shown: tuple[int, int]) -> list[Entry]:
    found = []
    for begins, ends, booking, closure in pieces:
        first = max(_minutes(begins, day), shown[0] * 60)
        last = min(_minutes(ends, day), shown[1] * 60)
        if first < last:
            row = (first - shown[0] * 60) // ROW + 1
            rows = max(1, -(-(last - first) // ROW))
            local = begins.astimezone(company_zone()), ends.astimezone(company_zone())
            found.append(Entry(*local, row, rows, booking, closure))
    return sorted(found, key=lambda entry: (entry.begins, entry.kind))


def _minutes(at: datetime, day: date) -> int:
    """Since the midnight with which the day begins, by the clock on the wall."""
    local = at.astimezone(company_zone())
    return (local.date() - day).days * 24 * 60 + local.hour * 60 + local.minute
