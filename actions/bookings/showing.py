"""Which part of the calendar is shown: a day or a week, of whom, and what is before and after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists
from django.utils.translation import gettext as _

from actions.bookings.models import Person, Service
from actions.bookings.moments import day_in_words, read_day, today
from actions.bookings.week import Calendar, calendar

BESIDE = 3  # as many people fit side by side in each day of a week


@dataclass(frozen=True)
class Shown:
    view: str  # "day" or "week"
    day: date
    chosen: int  # a person; 0: everybody

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Shown:
        view = "day" if query.get("view") == "day" else "week"
        chosen = query.get("person", "")
        number = int(chosen) if chosen.isdecimal() and len(chosen) <= 18 else 0
        return cls(view, read_day(query.get("day", "")) or today(), number)

    @cached_property
    def everybody(self) -> list[Any]:
        """People with `something_is_offered`: whether there is a service at all."""
        offered = Exists(Service.objects.filter(active=True))
        return list(Person.objects.filter(active=True).annotate(something_is_offered=offered))

    @property
    def people(self) -> list[Person]:
        """A week of many people would be too narrow to read: then of the first."""
        one = [each for each in self.everybody if each.pk == self.chosen]
        if self.view == "week" and len(self.everybody) > BESIDE:
            return one or self.everybody[:1]
        return one or self.everybody

    @property
    def may_show_all(self) -> bool:
        return self.view == "day" or len(self.everybody) <= BESIDE

    @property
    def person(self) -> int:
        return self.people[0].pk if len(self.people) == 1 and len(self.everybody) > 1 else 0

    @property
    def first(self) -> date:
        return self.day - timedelta(days=self.day.weekday()) if self.view == "week" else self.day

    @property
    def number(self) -> int:
        return 7 if self.view == "week" else 1

    @cached_property
    def calendar(self) -> Calendar:
        return calendar(self.first, self.number, self.people)

    @property
    def title(self) -> str:
        if self.view == "day":
            return day_in_words(self.day, year=True)
        # Translators: a week in the staff's calendar.
        return _("Week of %(day)s") % {"day": day_in_words(self.first, year=True)}

    @property
    def before(self) -> str:
        return self._query(day=self.first - timedelta(days=self.number))

    @property
    def after(self) -> str:
        return self._query(day=self.first + timedelta(days=self.number))

    @property
    def now(self) -> str:
        return self._query(day=today())

    @property
    def as_day(self) -> str:
        return self._query(view="day")

    @property
    def as_week(self) -> str:
        return self._query(view="week")

    def _query(self, **changed: object) -> str:
        facts = {"view": self.view, "day": self.day, "person": self.chosen or ""} | changed
        return urlencode({name: value for name, value in facts.items() if value != ""})
