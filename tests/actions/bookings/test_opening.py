"""Whether it is within the opening hours: those of the company, without its closures."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from actions.bookings.models import Closure, Hours, Person
from actions.bookings.opening import is_open

pytestmark = pytest.mark.django_db
MONDAY = datetime(2030, 1, 7, 10, tzinfo=UTC)


def test_nobody_can_tell_where_no_hours_are_set() -> None:
    assert is_open(MONDAY) is None
    Hours.objects.create(weekday=0, opens="09:00", closes="17:00", person=Person.objects.create(name="Anna"))
    assert is_open(MONDAY) is None


def test_it_is_open_from_the_first_minute_and_before_the_last(settings) -> None:
    settings.TIME_ZONE = "Europe/Paris"  # an hour ahead in winter
    Hours.objects.create(weekday=0, opens="09:00", closes="17:00")
    at = {hour: is_open(MONDAY.replace(hour=hour)) for hour in (7, 8, 15, 16)}
    assert at == {7: False, 8: True, 15: True, 16: False}
    assert is_open(MONDAY.replace(day=8)) is False


def test_a_closure_closes(settings) -> None:
    settings.TIME_ZONE = "UTC"
    Hours.objects.create(weekday=0, opens="22:00", closes="02:00")
    assert is_open(MONDAY.replace(day=8, hour=1)) is True  # since yesterday
    Closure.objects.create(first_day="2030-01-07", last_day="2030-01-07", name="Inventory")
    assert is_open(MONDAY.replace(hour=23)) is False
