"""Business hours as a form: a time zone, a week of seven lines, public holidays by name, single days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from actions.models import OpeningCalendar
from actions.opening.holidays_of import countries, regions
from actions.opening.hours_in_words import read_hours, write_hours
from actions.opening.standing import holidays_between

CONTROL = {"class": "field__control"}
LONGEST_NAME = 120
MOST_DAYS = 200
CLOSED, USUAL, OTHER = "closed", "usual", "other"
DOES = {
    CLOSED: _("Closed"),
    USUAL: _("A day like any other"),
    OTHER: _("Other hours"),
}


class HoursField(forms.CharField):
    """One line of a day, "09:00–12:30, 14:00–18:00"; empty: closed."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("required", False)
        attributes = {**CONTROL, "autocomplete": "off", "spellcheck": "false"}
        super().__init__(max_length=200, widget=forms.TextInput(attrs=attributes), **more)

    def clean(self, value: Any) -> list[list[str]]:
        try:
            return read_hours(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class CalendarForm(forms.Form):
    time_zone = forms.CharField(
        label=_("Time zone"), required=False, max_length=64,
        widget=forms.TextInput(attrs={**CONTROL, "list": "time-zones", "autocomplete": "off"}),
    )  # fmt: skip
    country = forms.ChoiceField(
        label=_("Public holidays of"), required=False, widget=forms.Select(attrs=CONTROL)
    )
    region = forms.ChoiceField(label=_("Region"), required=False, widget=forms.Select(attrs=CONTROL))

    def __init__(self, *given: Any, row: OpeningCalendar, of_team: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        none = _("As the company") if of_team else _("None")
        self.fields["country"].choices = [("", none), *countries()]  # type: ignore[attr-defined]
        self._set_regions(row)
        week = [*row.week, *[[]] * 7][:7]
        for day, name in WEEKDAYS.items():
            self.fields[f"day_{day}"] = HoursField(label=capfirst(name), initial=write_hours(week[day]))
        for name in ("time_zone", "country", "region"):
            self.fields[name].initial = getattr(row, name)
        self.fields["time_zone"].widget.attrs["placeholder"] = settings.TIME_ZONE

    def _set_regions(self, row: OpeningCalendar) -> None:
        """Of the country that is chosen now; one of another country is as if none were chosen."""
        field: Any = self.fields["region"]
        known = regions(str(self.data.get("country", "")) if self.is_bound else row.country)
        field.choices = [("", _("The whole country")), *known]
        if self.is_bound and self.data.get("region", "") not in dict(known):
            self.data = {**{name: self.data.get(name) for name in self.data}, "region": ""}

    @property
    def week(self) -> list[forms.BoundField]:
        return [self[f"day_{day}"] for day in range(7)]

    def clean_time_zone(self) -> str:
        name = str(self.cleaned_data["time_zone"]).strip().replace(" ", "_")
        if name and name not in available_timezones():
            raise forms.ValidationError(_("There is no such time zone. Write it like Europe/Paris."))
        return name

    def fill(self, row: OpeningCalendar) -> None:
        said = self.cleaned_data
        row.time_zone, row.country, row.region = said["time_zone"], said["country"], said["region"]
        row.week = [said[f"day_{day}"] for day in range(7)]


class DayForm(forms.Form):
    """A single day, a public holiday or another. Of the latter an empty line is none."""

    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={**CONTROL, "type": "date"}, format="%Y-%m-%d"),
    )
    name = forms.CharField(
        label=_("Why"), required=False, max_length=LONGEST_NAME, widget=forms.TextInput(attrs=CONTROL)
    )
    does = forms.ChoiceField(
        label=_("What it does"), choices=list(DOES.items()), initial=CLOSED, required=False,
        widget=forms.Select(attrs=CONTROL),
    )  # fmt: skip
    hours = HoursField(label=_("Hours"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("hours") and not self.errors:
            said["does"] = OTHER
        if said.get("does") == OTHER and not said.get("hours") and "hours" not in self.errors:
            self.add_error("hours", _("Write the hours of this day, like 10:00–14:00."))
        if not said.get("day") and (said.get("hours") or said.get("name")) and "day" not in self.errors:
            self.add_error("day", _("Say which day this is."))
        return said


Days = formset_factory(DayForm, extra=3, max_num=MOST_DAYS, absolute_max=MOST_DAYS)
Holidays = formset_factory(DayForm, extra=0, max_num=MOST_DAYS, absolute_max=MOST_DAYS)


def years() -> range:
    now = timezone.localdate().year
    return range(now, now + 2)


def named_holidays(row: OpeningCalendar) -> list[tuple[date, str]]:
    """Of this year and the next, but for what is over."""
    return [(day, name) for day, name in holidays_between(row, years()) if day >= timezone.localdate()]


def as_initial(row: OpeningCalendar, days: Iterable[tuple[date, str]]) -> list[dict[str, Any]]:
    return [_initial(day, name, row.days.get(day.isoformat())) for day, name in days]


def _initial(day: date, name: str, said: dict[str, Any] | None) -> dict[str, Any]:
    hours = (said or {}).get("hours", [])
    does = USUAL if said and said.get("usual") else OTHER if hours else CLOSED
    return {"day": day, "name": name, "does": does, "hours": write_hours(hours)}


def other_days(row: OpeningCalendar) -> list[tuple[date, str]]:
    """Single days that are no public holidays; those that are over stay, for whoever looks back."""
    holidays = {day for day, _name in named_holidays(row)}
    found = [(date.fromisoformat(day), said.get("name", "")) for day, said in row.days.items()]
    return sorted(one for one in found if one[0] not in holidays and one[0] >= timezone.localdate())


def days_of(holidays: BaseFormSet, days: BaseFormSet) -> dict[str, dict[str, Any]]:
    """As the row keeps them: of public holidays only what is not simply closed."""
    found: dict[str, dict[str, Any]] = {}
    for form, is_holiday in [*((one, True) for one in holidays), *((one, False) for one in days)]:
        said = form.cleaned_data
        if not said.get("day"):
            continue
        kept: dict[str, Any] = {"name": said["name"], "hours": said["hours"] if said["does"] == OTHER else []}
        if said["does"] == USUAL:
            kept["usual"] = True
        if not is_holiday or said["does"] != CLOSED:
            found[said["day"].isoformat()] = kept
    return dict(sorted(found.items()))
