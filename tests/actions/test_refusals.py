"""An action that says no tells the customer why, in their language, and the same again to the same key."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from actions import forgetting
from actions.bookings.models import Booking
from actions.bookings.sample import load_sample_bookings
from actions.declared import Done
from actions.errors import in_words
from actions.models import Call
from actions.starting import Begun, carry_out, start

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 27, 10)
WISH = {"service": "fitting", "starts": "2026-12-01T10:00", "name": "Carla", "email": "carla@home.example"}


def done(name: str, given: dict[str, Any], *, key: str, language: str = "fr") -> Done:
    begun = start(name, given, key=key, customer={"language": language}, conversation="c1", now=NOW)
    found = carry_out(begun) if isinstance(begun, Begun) else begun
    assert isinstance(found, Done)
    return found


@pytest.fixture
def taken() -> Done:
    load_sample_bookings()
    booked = 0
    while (last := done("booking_book", WISH, key=f"book/{booked}")).ok:
        booked += 1
    assert booked
    return last


def test_the_customer_is_told_why_and_what_else_is_free(taken: Done) -> None:
    assert (taken.ok, taken.error, taken.final) == (False, "taken", False)
    assert taken.message == "Ce créneau n’est plus libre."
    assert taken.data["times"] and "message" not in taken.data


def test_the_same_key_is_told_the_same_and_nothing_when_it_is_forgotten(taken: Done) -> None:
    last = Call.objects.latest("pk")
    assert done("booking_book", WISH, key=last.key) == taken
    Call.objects.update(at=NOW.astimezone() - timedelta(days=2))
    forgetting.forget()
    forgotten = done("booking_book", WISH, key=last.key)
    assert (forgotten.error, forgotten.message, forgotten.data) == ("taken", "", None)


def test_staff_read_in_the_log_that_it_was_refused_and_not_that_a_server_failed(taken: Done) -> None:
    last = Call.objects.latest("pk")
    assert in_words(last.error, last.detail) == (
        "It is not possible, for a reason that customers are told (taken)"
    )


def test_a_move_frees_the_old_time_only_for_the_new(taken: Done) -> None:
    booking = Booking.objects.latest("pk")
    whose = {"reference": booking.reference, "email": "CARLA@home.example"}
    refused = done("booking_move", whose | {"starts": "2026-12-06T10:00"}, key="move/1")
    assert refused.error == "closed" and not refused.final
    assert not done("booking_book", WISH, key="again").ok  # its time is still its own
    moved = done("booking_move", whose | {"starts": taken.data["times"][-1]["value"]}, key="move/2")
    assert moved.ok and moved.final
    assert done("booking_book", WISH, key="another").ok
