"""The staff's calendar, and what can be done in it. Each page is also a part of one, for htmx."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.models import Role
from accounts.permissions import role_required
from actions.bookings import booking as bookings
from actions.bookings.booking import Outcome, Who
from actions.bookings.models import Booking, Person, Service
from actions.bookings.moments import company_zone, read_day, read_moments, today
from actions.bookings.saying import choices, words
from actions.bookings.showing import Shown
from actions.bookings.staff_forms import BookingForm, WhenForm

agents_only = role_required(Role.AGENT)
MARKS = {"done", "missed", "booked"}


@agents_only
@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    shown = Shown.read(request.GET)
    ready = any(person.something_is_offered for person in shown.everybody)
    return render(request, "bookings/calendar.html", {"section": "bookings", "shown": shown, "ready": ready})


@agents_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, "new", {"form": BookingForm(initial=_wanted(request))})
    form = BookingForm(request.POST)
    if not form.is_valid():
        return _page(request, "new", {"form": form})
    given = form.cleaned_data
    who = Who(**{name: given[name] for name in ("name", "email", "phone", "note", "language")})
    outcome = bookings.book(
        key=f"staff:{given['key']}", service=given["service"], starts=given["starts"], who=who,
        person=given["person"], by_staff=True,
    )  # fmt: skip
    if not outcome.ok:
        return _page(request, "new", {"form": form} | _refused(outcome))
    return _done(request, outcome, _("Booked: %(reference)s"), audit.Action.ADDED)


def _wanted(request: HttpRequest) -> dict[str, Any]:
    """What was clicked on, or now."""
    moments = read_moments(request.GET.get("at", "")[:40])
    at = moments[0].astimezone(company_zone()) if moments else None
    person = Person.objects.filter(pk=_number(request.GET.get("person", ""))).first()
    service = Service.objects.filter(active=True, people=person).first() if person else None
    return {
        "day": at.date() if at else read_day(request.GET.get("day", "")) or today(),
        "time": at.time() if at else None,
        "person": person,
        "service": service,
        "language": get_language(),
        "key": uuid4().hex,
    }


@agents_only
@never_cache
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _booking_page(request, _booking(pk))


@agents_only
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    booking, form = _booking(pk), WhenForm(request.POST)
    if not form.is_valid():
        return _booking_page(request, booking, {"form": form})
    outcome = bookings.move(
        booking.reference,
        starts=form.cleaned_data["starts"],
        person=form.cleaned_data["person"],
        by_staff=True,
    )
    if not outcome.ok:
        return _booking_page(request, _booking(pk), {"form": form} | _refused(outcome))
    return _done(request, outcome, _("Moved: %(reference)s"))


@agents_only
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    outcome = bookings.cancel(_booking(pk).reference, by_staff=True)
    if not outcome.ok:
        return _booking_page(request, _booking(pk), _refused(outcome))
    return _done(request, outcome, _("Cancelled: %(reference)s"))


@agents_only
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    booking, status = _booking(pk), request.POST.get("status", "")
    if status not in MARKS:
        return _booking_page(request, booking)
    outcome = bookings.mark(booking.pk, status=status)
    if not outcome.ok:
        return _booking_page(request, _booking(pk), _refused(outcome))
    return _done(request, outcome, _("Saved."))


def _booking(pk: int) -> Booking:
    return get_object_or_404(Booking.objects.select_related("service", "person"), pk=pk)


def _booking_page(request: HttpRequest, booking: Booking, more: dict[str, Any] | None = None) -> HttpResponse:
    at = booking.starts_at.astimezone(company_zone())
    form = WhenForm(initial={"day": at.date(), "time": at.time(), "person": booking.person})
    facts = {"booking": booking, "form": form, "mail": booking.mails.last(), "zone": company_zone().key}
    return _page(request, "booking", facts | (more or {}))


def _refused(outcome: Outcome) -> dict[str, Any]:
    return {"refusal": words(outcome.code), "instead": choices(outcome.instead, get_language() or "en")}


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """In the calendar's dialog, or as a page of its own."""
    inside = request.headers.get("HX-Request") == "true"
    template = f"bookings/_{name}.html" if inside else "bookings/page.html"
    return render(request, template, context | {"part": f"bookings/_{name}.html", "section": "bookings"})


def _done(
    request: HttpRequest, outcome: Outcome, said: str, action: audit.Action = audit.Action.CHANGED
) -> HttpResponse:
    """Back to the calendar, which says what has been done."""
    booking = outcome.booking
    if booking:
        facts = {"status": booking.status, "starts_at": booking.starts_at, "person": str(booking.person)}
        audit.record(action, booking, label=booking.reference, after=facts)
    messages.success(request, said % {"reference": booking.reference if booking else ""})
    day = booking.starts_at.astimezone(company_zone()).date() if booking else today()
    place = reverse("bookings:calendar")
    if request.headers.get("HX-Request") != "true":
        return redirect(f"{place}?day={day:%Y-%m-%d}")
    if _page_it_stands_on(request) == place:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return HttpResponse(headers={"HX-Redirect": f"{place}?day={day:%Y-%m-%d}"})


def _page_it_stands_on(request: HttpRequest) -> str:
    try:
        return urlsplit(request.headers.get("HX-Current-URL", "")).path
    except ValueError:  # it says what it likes
        return ""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 18 else 0
