"""The calendar file of a booking (RFC 5545, 5546): the same UID for ever, a higher SEQUENCE with each change.

Its times are in UTC, which every calendar shows in its owner's zone and which needs no table of time zones.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from actions.bookings.models import Booking
from chatbot.mailing import Attachment


def entry_of(
    booking: Booking, *, title: str, text: str, place: str, now: datetime | None = None
) -> Attachment:
    """To put the booking into a calendar, to change it there, or to take it out if it is cancelled."""
    cancelled = booking.status == Booking.Status.CANCELLED
    method = "CANCEL" if cancelled else "REQUEST"
    calendar = Calendar()
    calendar.add("prodid", "-//Causerie//Bookings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event = _event(booking, now or timezone.now())
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("summary", _plain(title))
    event.add("description", _plain(text))
    if place:
        event.add("location", _plain(place))
    calendar.add_component(event)
    return Attachment(
        name="appointment.ics",
        subtype="calendar",
        text=calendar.to_ical().decode(),
        parameters={"method": method},
    )


def _event(booking: Booking, now: datetime) -> Event:
    event = Event()
    event.add("uid", str(booking.uid))
    event.add("sequence", booking.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", booking.starts_at.astimezone(UTC))
    event.add("dtend", booking.ends_at.astimezone(UTC))
    company, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    event.add("organizer", _somebody(address, company), encode=False)
    customer = _somebody(booking.email, booking.name)
    customer.params |= {"PARTSTAT": "ACCEPTED", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"}
    event.add("attendee", customer, encode=False)
    return event


def _somebody(address: str, name: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    if shown := " ".join(_plain(name).replace('"', "’").split()):
        found.params["CN"] = shown
    return found


def _plain(text: str) -> str:
    """Without what no calendar takes: customers write some of it."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})
