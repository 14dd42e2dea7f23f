"""The calendars that hold now, made of their rows.

A team's stands on the company's: it has the company's time zone, public holidays and single days, but for
what it says otherwise. Where nobody has set business hours, those hold at which appointments are given, with
their closures; where there are none either, nobody knows (None).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from actions.bookings.looking import closures_of, hours_of
from actions.opening.calendars import LONGEST, Calendar, Times
from actions.opening.holidays_of import holidays_of
from actions.opening.hours_in_words import times_of
from actions.opening.rows import OpeningCalendar

Days = dict[date, tuple[Times, ...]]


def company_row() -> OpeningCalendar | None:
    return OpeningCalendar.objects.filter(of_company=True).first()


def calendar_of(row: OpeningCalendar | None = None, now: datetime | None = None) -> Calendar | None:
    """Of whoever has hours of their own (`row`), else the company's."""
    company = company_row()
    now = now or timezone.now()
    if row is None or row.of_company:
        return as_calendar(row or company, None, now) if row or company else _of_appointments(now)
    return as_calendar(row, company, now)


def as_calendar(row: OpeningCalendar | None, below: OpeningCalendar | None, now: datetime) -> Calendar:
    """`below`: the company's, where `row` is another's."""
    rows = [each for each in (below, row) if each is not None]
    zone = next((each.time_zone for each in reversed(rows) if each.time_zone), settings.TIME_ZONE)
    week = [times_of(spans) for spans in rows[-1].week] if rows else []
    found = Calendar(zone=ZoneInfo(zone), week=[*week, *[()] * (7 - len(week))], days=_days(rows, now))
    return found if below or not rows or rows[-1].of_company else _with_closures(found, now)


def _with_closures(calendar: Calendar, now: datetime) -> Calendar:
    """Of a team, where the company has set nothing but when appointments are given."""
    closed = closures_of((), now - timedelta(days=30), now + LONGEST)
    return Calendar(zone=calendar.zone, week=calendar.week, days=calendar.days, closed=closed)


def _days(rows: list[OpeningCalendar], now: datetime) -> Days:
    """First the public holidays, then what is said of single days."""
    holding = next((each for each in reversed(rows) if each.country), None)
    found: Days = {}
    if holding:
        for year in range(now.year - 1, now.year + 3):
            found |= dict.fromkeys(holidays_of(holding.country, holding.region, year), ())
    for row in rows:
        for day, said in row.days.items():
            if said.get("usual"):
                found.pop(date.fromisoformat(day), None)
            else:
                found[date.fromisoformat(day)] = times_of(said["hours"])
    return found


def _of_appointments(now: datetime) -> Calendar | None:
    hours = hours_of(())
    if not hours:
        return None
    week = [tuple((one.opens, one.closes) for one in hours if one.weekday == day) for day in range(7)]
    closed = closures_of((), now - timedelta(days=30), now + LONGEST)
    return Calendar(zone=ZoneInfo(settings.TIME_ZONE), week=week, closed=closed)


def standing_week() -> list[list[list[str]]]:
    """The week that holds for the company now, as a row keeps it: whoever writes another begins with it."""
    calendar = calendar_of()
    week = calendar.week if calendar else [()] * 7
    return [[[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in spans] for spans in week]


def holidays_between(row: OpeningCalendar, years: range) -> Iterator[tuple[date, str]]:
    """Of the calendar's own country."""
    for year in years:
        yield from holidays_of(row.country, row.region, year).items()
