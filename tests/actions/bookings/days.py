"""Days and customers that the tests speak of. Tuesday the first of December 2026 is a usual day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from actions.bookings.booking import Who, book
from actions.bookings.models import Booking, Service
from actions.bookings.wishing import Outcome

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)  # a Friday
CARLA = Who(name="Carla", email="carla@home.example", phone="+33612345678", language="en")


def at(text: str) -> datetime:
    """ "12-01 15:00" of the year 2026, in Paris."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=PARIS).astimezone(UTC)


def day(text: str) -> tuple[datetime, datetime]:
    return at(f"{text} 00:00"), at(f"{text} 00:00") + timedelta(days=1)


def wanted(service: Service, text: str, **more: Any) -> Outcome:
    return book(
        **{"key": uuid4().hex, "service": service, "starts": at(text), "who": CARLA, "now": NOW} | more
    )


def booked(service: Service, text: str, **more: Any) -> Booking:
    outcome = wanted(service, text, **more)
    assert outcome.ok and outcome.booking, outcome
    return outcome.booking
