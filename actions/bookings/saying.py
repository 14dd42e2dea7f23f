"""What comes of a wish, in words for customers and as JSON for flows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from actions.bookings.free import Slot
from actions.bookings.models import Booking, in_words
from actions.bookings.moments import in_words as moment_in_words
from actions.bookings.moments import value_of
from actions.bookings.wishing import Code, Outcome


def choices(slots: Iterable[Slot], language: str) -> list[dict[str, str]]:
    """As the choices of a slot. When the clock goes back two moments have one value: the first."""
    found = {value_of(slot.starts): slot for slot in reversed(list(slots))}
    return [
        {"value": value, "label": moment_in_words(found[value].starts, language)} for value in sorted(found)
    ]


FACTS = (
    "reference",
    "service",
    "service_name",
    "person",
    "starts",
    "ends",
    "when",
    "place",
    "price",
    "status",
)


def facts(booking: Booking, language: str) -> dict[str, Any]:
    return {
        "reference": booking.reference,
        "service": booking.service.key,
        "service_name": in_words(booking.service.names, language) or booking.service.key,
        "person": booking.person.name,
        "starts": value_of(booking.starts_at),
        "ends": value_of(booking.ends_at),
        "when": moment_in_words(booking.starts_at, language),
        "place": in_words(booking.service.places, language),
        "price": in_words(booking.service.prices, language),
        "status": booking.status,
    }


def refusal(outcome: Outcome, language: str) -> dict[str, Any]:
    with override(language):
        message = too_late(outcome.booking) if outcome.code == Code.TOO_LATE else words(outcome.code)
    return {"message": message, "times": choices(outcome.instead, language)}


def too_late(booking: Booking | None) -> str:
    hours = booking.service.change_notice if booking else 0
    return ngettext(
        "This appointment is in less than %(hours)d hour: it can no longer be changed here.",
        "This appointment is in less than %(hours)d hours: it can no longer be changed here.",
        hours,
    ) % {"hours": hours}


def words(code: str) -> str:
    """In the active language."""
    said = {
        Code.OK: _("Done."),
        Code.TAKEN: _("This time is no longer free."),
        Code.CLOSED: _("There are no appointments at this time."),
        Code.NO_START: _("Appointments begin at other times."),
        Code.TOO_SOON: _("This is too soon: it can no longer be booked."),
        Code.TOO_FAR: _("This is too far ahead: it cannot be booked yet."),
        Code.UNKNOWN: _("There is no booking with this reference and this e-mail address."),
        Code.ALREADY_CANCELLED: _("This appointment is cancelled already."),
        Code.OVER: _("This appointment is over: it can no longer be changed."),
        "no_service": _("There is no such service."),
        "no_person": _("Nobody of this name offers this service."),
        "no_time": _("Say the day and the time, such as 2026-12-01T15:00."),
        "no_name": _("A name is needed for the booking."),
        "bad_email": _("This is not an e-mail address."),
        "too_long": _("This is too long."),
        "too_fast": _("That was wrong too often. Try again in an hour, or ask for a person."),
    }
    return said[code]
