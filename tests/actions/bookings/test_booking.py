"""Book, move, cancel, say how it went: what works, and the name of what does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.bookings.booking import cancel, find, find_of, find_times, mark, move
from actions.bookings.models import Booking, Closure, Person, Service
from actions.bookings.references import new_reference, read_reference
from actions.bookings.saying import refusal
from tests.actions.bookings.days import CARLA, NOW, at, booked, day, wanted

pytestmark = pytest.mark.django_db


def starts(service: Service, text: str) -> list[str]:
    frm, to = day(text)
    return [f"{slot.starts.astimezone(at(text + ' 00:00').tzinfo):%H:%M}" for slot in
            find_times(service, frm=frm, to=to, now=NOW)]  # fmt: skip


def test_a_booking_takes_its_time_with_its_buffers(fitting: Service) -> None:
    booking = booked(fitting, "12-01 11:00")
    assert (booking.starts_at, booking.ends_at) == (at("12-01 11:00"), at("12-01 12:00"))
    assert (booking.span.lower, booking.span.upper) == (at("12-01 10:30"), at("12-01 12:30"))
    # In Paris 09:00 is 08:00 UTC; before 11:00 an hour with its travel still fits, and after 12:00.
    assert starts(fitting, "12-01") == [
        "08:00",
        "12:00",
        "12:30",
        "13:00",
        "13:30",
        "14:00",
        "14:30",
        "15:00",
    ]


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("12-01 08:00", "closed"), ("12-01 16:30", "closed"), ("12-06 10:00", "closed"),
        ("12-01 10:10", "no_start"), ("11-27 11:00", "too_soon"), ("11-26 11:00", "too_soon"),
        ("12-01 15:00", "taken"), ("12-01 14:00", "taken"), ("12-01 16:00", "taken"),
    ],
)  # fmt: skip
def test_what_cannot_be_booked_has_a_name(fitting: Service, when: str, code: str) -> None:
    booked(fitting, "12-01 15:00")
    outcome = wanted(fitting, when)
    assert outcome.code == code
    assert 0 < len(outcome.instead) <= 6
    for slot in outcome.instead:  # all of them can be had
        assert slot in find_times(fitting, frm=slot.starts, to=slot.starts + timedelta(seconds=1), now=NOW)


def test_too_far_ahead_is_told_and_so_is_a_closure(fitting: Service) -> None:
    assert wanted(fitting, "12-01 15:00", now=NOW - timedelta(days=90)).code == "too_far"
    Closure.objects.create(name="Stocktaking", first_day=at("12-01 12:00"), last_day=at("12-01 12:00"))
    assert wanted(fitting, "12-01 15:00").code == "closed"


def test_whoever_has_least_to_do_that_day_is_booked_first(repair: Service) -> None:
    people = [booked(repair, f"12-01 {when}").person.name for when in ("10:00", "10:00", "14:00", "15:00")]
    assert people == ["Anna", "Bruno", "Anna", "Bruno"]
    assert booked(repair, "12-01 16:00", person=Person.objects.get(name="Bruno")).person.name == "Bruno"


def test_the_same_wish_is_booked_once(repair: Service) -> None:
    first = booked(repair, "12-01 10:00", key="one")
    again = booked(repair, "12-01 10:00", key="one")
    assert first.pk == again.pk
    assert Booking.objects.count() == 1


def test_staff_may_book_at_short_notice_but_not_the_past(fitting: Service) -> None:
    assert wanted(fitting, "11-27 11:05", by_staff=True).ok  # and at odd times
    assert wanted(fitting, "11-27 09:00", by_staff=True).code == "too_soon"


def test_a_moved_booking_frees_its_time_and_may_overlap_what_it_was(fitting: Service) -> None:
    booking = booked(fitting, "12-01 11:00")
    moved = move(booking.reference, starts=at("12-01 11:30"), now=NOW)
    assert moved.ok and moved.booking
    assert (moved.booking.starts_at, moved.booking.sequence) == (at("12-01 11:30"), 1)
    assert moved.booking.pk == booking.pk
    assert wanted(fitting, "12-01 09:30").ok
    again = move(booking.reference, starts=at("12-01 11:30"), now=NOW)
    assert again.ok and again.booking.sequence == 1  # where it is already: nothing happens


def test_a_move_keeps_the_person_if_they_are_free(repair: Service) -> None:
    booking = booked(repair, "12-01 10:00")
    booked(repair, "12-01 11:00", person=Person.objects.get(name="Bruno"))
    assert move(booking.reference, starts=at("12-01 12:00"), now=NOW).booking.person.name == "Anna"
    assert move(booking.reference, starts=at("12-01 11:00"), now=NOW).booking.person.name == "Anna"
    other = booked(repair, "12-01 10:00")
    assert move(other.reference, starts=at("12-01 11:00"), now=NOW).code == "taken"
    other.refresh_from_db()
    assert (other.starts_at, other.sequence) == (at("12-01 10:00"), 0)


def test_a_cancelled_booking_frees_its_time_and_stays_cancelled(repair: Service) -> None:
    booking = booked(repair, "12-01 10:00")
    cancelled = cancel(booking.reference.lower().replace("-", " "), now=NOW)
    assert cancelled.ok and cancelled.booking.status == "cancelled"
    assert cancel(booking.reference, now=NOW).code == "already_cancelled"
    assert move(booking.reference, starts=at("12-01 12:00"), now=NOW).code == "already_cancelled"
    assert booked(repair, "12-01 10:00").person == booking.person


def test_what_has_begun_only_staff_may_change(repair: Service) -> None:
    booking = booked(repair, "12-01 10:00")
    later = at("12-01 10:05")
    assert cancel(booking.reference, now=later).code == "over"
    assert move(booking.reference, starts=at("12-02 10:00"), now=later).code == "over"
    assert mark(booking.pk, status="missed", now=later - timedelta(hours=1)).code == "too_soon"
    assert mark(booking.pk, status="missed", now=later).ok
    assert cancel(booking.reference, now=later, by_staff=True).code == "over"
    assert mark(booking.pk, status="booked", now=later).ok
    assert move(booking.reference, starts=at("12-02 10:00"), now=later, by_staff=True).ok


def test_an_unknown_reference_is_unknown(repair: Service) -> None:
    for reference in ("", "HJKL-12345", "x" * 500, "\x00", "HJKL12345 ' OR 1=1"):
        assert cancel(reference).code == "unknown"
        assert move(reference, starts=at("12-01 10:00")).code == "unknown"
        assert find(reference) is None


def test_a_reference_can_be_said_and_is_understood(repair: Service) -> None:
    for _number in range(200):
        reference = new_reference()
        letters, digits = reference.split("-")
        assert read_reference(reference) == reference
        assert read_reference(f" {' '.join(letters.lower())} {digits[:2]} {digits[2:]}. ") == reference
        assert read_reference(letters + digits.replace("0", "O").replace("1", "i")) == reference


def test_a_customer_finds_what_is_to_come(repair: Service) -> None:
    booking, other = booked(repair, "12-01 10:00"), booked(repair, "12-02 10:00")
    cancel(other.reference, now=NOW)
    assert find_of(email="CARLA@home.example", now=NOW) == [booking]
    assert find_of(email=CARLA.email, now=at("12-01 10:30")) == []
    assert find_of(now=NOW) == []


def test_looking_for_times_asks_the_database_a_few_questions_however_many_people(repair: Service) -> None:
    for number in range(8):
        repair.people.add(Person.objects.create(name=f"P{number}"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        find_times(repair, frm=NOW, to=NOW + timedelta(days=30), now=NOW)
    assert len(queries) == 4


def test_customers_change_it_until_the_notice_and_staff_also_later(fitting: Service) -> None:
    Service.objects.update(change_notice=24)
    booking = booked(fitting, "12-01 11:00")
    late, early = at("11-30 11:01"), at("11-30 11:00")
    assert cancel(booking.reference, now=late).code == "too_late"
    assert move(booking.reference, starts=at("12-03 11:00"), now=late).code == "too_late"
    assert move(booking.reference, starts=at("12-03 11:00"), by_staff=True, now=late).ok
    assert move(booking.reference, starts=at("12-01 11:00"), by_staff=True, now=late).ok
    assert cancel(booking.reference, now=early).ok


@pytest.mark.parametrize(("hours", "words"), [(24, "in less than 24 hours"), (1, "in less than 1 hour:")])
def test_that_it_is_too_late_is_said_with_the_hours(fitting: Service, hours: int, words: str) -> None:
    Service.objects.update(change_notice=hours)
    booking = booked(fitting, "12-01 11:00")
    outcome = cancel(booking.reference, now=at("12-01 10:30"))
    assert words in refusal(outcome, "en")["message"]
