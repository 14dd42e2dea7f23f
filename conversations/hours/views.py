"""Business hours, set by editors: the company's, and those of a team that has others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.models import Role
from accounts.permissions import role_required
from actions.models import OpeningCalendar
from actions.opening.calendars import Calendar, closes_at, next_opening, open_at
from actions.opening.hours_in_words import write_hours
from actions.opening.standing import as_calendar, calendar_of, company_row, standing_week
from chatbot.dates import moment_in_words
from conversations.hours import forms as kept
from conversations.models import Team

editors_only = role_required(Role.EDITOR)


@dataclass(frozen=True, slots=True)
class Filled:
    """The page as it was sent, or as it stands."""

    row: OpeningCalendar
    form: kept.CalendarForm
    holidays: Any
    days: Any

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.holidays.is_valid(), self.days.is_valid()])

    def fill(self) -> None:
        self.form.fill(self.row)
        self.row.days = kept.days_of(self.holidays, self.days)


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def company(request: HttpRequest) -> HttpResponse:
    row = company_row() or OpeningCalendar(of_company=True, week=standing_week())
    return _page(request, row, None)


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Team, pk=pk)
    return _page(request, found.calendar or OpeningCalendar(week=standing_week()), found)


@editors_only
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """A team has the company's hours again."""
    found = get_object_or_404(Team, pk=pk)
    if found.calendar:
        before = {"hours": _told(found.calendar)}
        audit.record(audit.Action.CHANGED, found, before=before, after={"hours": ""})
        found.calendar.delete()
        messages.success(request, _("%(team)s has the company’s hours now.") % {"team": found})
    return redirect("conversations:team-hours", pk)


def _page(request: HttpRequest, row: OpeningCalendar, of: Team | None) -> HttpResponse:
    filled, wrong = _filled(request, row, of), False
    if request.method == "POST":
        wrong = not filled.is_valid()
    if request.method == "POST" and not wrong:
        before = _told(row)
        filled.fill()
        if "save" in request.POST:
            _save(row, of, before)
            messages.success(request, _("The hours are saved."))
            return redirect(request.path)
        # Only looked at: the holidays of another country, or when it would open next.
        filled = Filled(row, filled.form, *_standing(row))
    context = {
        "section": "hours",
        "team": of,
        "teams": Team.objects.all(),
        "saved": row.pk is not None,
        "filled": filled,
        "errors": wrong,
        "preview": _preview(_shown(row, is_filled=request.method == "POST")),
        "zones": sorted(available_timezones()),
    }
    return render(request, "conversations/hours/page.html", context)


def _shown(row: OpeningCalendar, *, is_filled: bool) -> Calendar | None:
    """What holds now, or would with what is written in the form."""
    if row.pk is None and not is_filled:
        return calendar_of()
    return as_calendar(row, None if row.of_company else company_row(), timezone.now())


def _filled(request: HttpRequest, row: OpeningCalendar, of: Team | None) -> Filled:
    data = request.POST if request.method == "POST" else None
    form = kept.CalendarForm(data, row=row, of_team=of is not None)
    if data is None:
        return Filled(row, form, *_standing(row))
    return Filled(row, form, kept.Holidays(data, prefix="holidays"), kept.Days(data, prefix="days"))


def _standing(row: OpeningCalendar) -> tuple[Any, Any]:
    holidays = kept.as_initial(row, kept.named_holidays(row))
    days = kept.as_initial(row, kept.other_days(row))
    return kept.Holidays(initial=holidays, prefix="holidays"), kept.Days(initial=days, prefix="days")


def _save(row: OpeningCalendar, of: Team | None, before: str) -> None:
    row.save()
    if of is not None and of.calendar_id != row.pk:
        of.calendar = row
        of.save(update_fields=["calendar"])
    audit.record(
        audit.Action.CHANGED, of or row, before={"hours": before}, after={"hours": _told(row)}
    )  # fmt: skip


def _told(row: OpeningCalendar) -> str:
    """In one line, for the trail."""
    week = "; ".join(write_hours(spans) or "–" for spans in row.week)  # noqa: RUF001
    parts = [week, row.time_zone, row.country, row.region, ", ".join(row.days)]
    return " · ".join(filter(None, parts))


def _preview(calendar: Calendar | None, now: datetime | None = None) -> str:
    """How it stands now, so that whoever sets the hours sees what they do."""
    if calendar is None:
        return _("Nobody has set hours yet: the assistant hands over at any time.")
    now, language = now or timezone.now(), get_language() or "en"

    def said(at: datetime) -> str:
        return moment_in_words(at.astimezone(calendar.zone), language, year=False)

    if open_at(calendar, now):
        closes = closes_at(calendar, now)
        return _("Now: open. Closes %(when)s.") % {"when": said(closes)} if closes else _("Now: open.")
    opens = next_opening(calendar, now)
    if opens is None:
        return _("Now: closed. Does not open within two months.")
    return _("Now: closed. Opens %(when)s.") % {"when": said(opens)}
