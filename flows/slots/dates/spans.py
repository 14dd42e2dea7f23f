"""Weeks, weekends and months: from which day to which."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

from flows.slots.dates.mentions import Day


def span(name: str, today: date) -> Day:
    """What is left of the present one, the whole of another."""
    monday = today - timedelta(days=today.weekday())
    if name in ("week", "next_week", "last_week"):
        first = monday + timedelta(days={"week": 0, "next_week": 7, "last_week": -7}[name])
        return _days(max(first, today) if name == "week" else first, first + timedelta(days=6))
    if name in ("weekend", "next_weekend"):
        saturday = monday + timedelta(days=5 if name == "weekend" else 12)
        return _days(max(saturday, today), saturday + timedelta(days=1))
    more = {"month": 0, "next_month": 1, "last_month": -1}[name]
    return whole_month(add_months(today.replace(day=1), more))


def whole_month(first: date) -> Day:
    return _days(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))


def edge_of(whole: Day, edge: str, today: date) -> Day:
    """The beginning, the middle or the end: ten days of a month, two of a week (which ends on Friday)."""
    days = (whole.last - whole.first).days + 1
    size = timedelta(days=(2 if days <= 7 else 10) - 1)
    if edge == "begin":
        return _days(whole.first, whole.first + size)
    if edge == "middle":
        middle = whole.first + timedelta(days=days // 2 - 1)
        return replace(_days(middle - size / 2, middle + size / 2), told=middle)
    last = whole.last - timedelta(days=2) if days <= 7 and whole.last.weekday() == 6 else whole.last
    last = max(last, min(today, whole.last))
    return replace(_days(max(last - size, min(today, last)), last), told=last)


def add_months(day: date, number: int) -> date:
    """The same day of another month, or its last; within the years that a calendar has."""
    months = min(max(day.year * 12 + day.month - 1 + number, 12), 9999 * 12 + 11)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _days(first: date, last: date) -> Day:
    return Day(first, max(first, last), sure=False)
