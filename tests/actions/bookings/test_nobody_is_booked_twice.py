"""However many want the same time at the same moment: one gets it, the others are told what else is free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from actions.bookings.booking import Who, book, cancel, move
from actions.bookings.models import Booking, Person, Service
from actions.bookings.wishing import Outcome
from tests.actions.bookings.days import CARLA, NOW, at, booked

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 200
AT_ONCE = 150  # the suite's PostgreSQL takes 200 connections in all
SOME = 60


def at_once(number: int, act: Callable[[int], Any]) -> list[Any]:
    """What each came to, in threads with connections of their own that begin together."""
    together = min(number, AT_ONCE)
    gate = Barrier(together)

    def one(index: int) -> Any:
        connection.ensure_connection()
        if index < together:
            gate.wait(60)
        try:
            return act(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(together) as threads:
        return list(threads.map(one, range(number)))


def test_one_of_two_hundred_gets_the_time_and_the_others_hear_what_is_free(fitting: Service) -> None:
    def want(index: int) -> Outcome:
        who = Who(name=f"Customer {index}", email=f"c{index}@home.example")
        return book(key=f"wish-{index}", service=fitting, starts=at("12-01 15:00"), who=who, now=NOW)

    outcomes = at_once(MANY, want)
    assert Counter(outcome.code for outcome in outcomes) == {"ok": 1, "taken": MANY - 1}
    assert Booking.objects.count() == 1
    for outcome in outcomes:
        if not outcome.ok:
            assert len(outcome.instead) == 6
            assert at("12-01 15:00") not in [slot.starts for slot in outcome.instead]
            assert [slot.starts for slot in outcome.instead] == sorted(
                slot.starts for slot in outcome.instead
            )


def test_two_people_take_two_of_sixty(repair: Service) -> None:
    def want(index: int) -> Outcome:
        return book(key=f"wish-{index}", service=repair, starts=at("12-01 10:00"), who=CARLA, now=NOW)

    assert Counter(outcome.code for outcome in at_once(SOME, want)) == {"ok": 2, "taken": SOME - 2}
    assert set(Booking.objects.values_list("person__name", flat=True)) == {"Anna", "Bruno"}


def test_sixty_who_move_to_and_fro_never_meet_and_never_wait_for_each_other(repair: Service) -> None:
    """Moves, cancellations and bookings of the same few times: nothing fails, nothing overlaps."""
    times = [at(f"12-01 {hour}:00") for hour in (9, 10, 11, 12)]
    standing = [booked(repair, f"12-01 {hour}:30") for hour in (9, 10, 11, 12)]

    def act(index: int) -> str:
        when, mine = times[index % 4], standing[index // 4 % 4].reference
        if index % 3 == 0:
            return str(move(mine, starts=when, now=NOW).code)
        if index % 3 == 1:
            return str(book(key=f"wish-{index}", service=repair, starts=when, who=CARLA, now=NOW).code)
        return str(cancel(mine, now=NOW).code if index > 45 else move(mine, starts=when, now=NOW).code)

    assert set(at_once(SOME, act)) <= {"ok", "taken", "already_cancelled"}
    assert overlaps() == []


def overlaps() -> list[tuple[str, str]]:
    rows = list(Booking.objects.standing().order_by("person", "span"))
    return [
        (one.reference, other.reference)
        for one, other in zip(rows, rows[1:], strict=False)
        if one.person_id == other.person_id and one.span.upper > other.span.lower
    ]


def test_the_same_wish_sixty_times_at_once_books_once(repair: Service) -> None:
    def want(index: int) -> Outcome:
        return book(key="one-wish", service=repair, starts=at("12-01 10:00"), who=CARLA, now=NOW)

    outcomes = at_once(SOME, want)
    assert {outcome.code for outcome in outcomes} == {"ok"}
    assert len({outcome.booking.pk for outcome in outcomes}) == 1


def written_around(service: Service, person: Person, begin: Any, minutes: float = 60, **more: Any) -> Booking:
    """A row that did not come through `book`."""
    end = begin + timedelta(minutes=minutes)
    facts = {
        "key": f"{person.pk}-{begin}-{minutes}",
        "reference": f"{person.pk}{begin:%d%H%M%S}{minutes}"[:20],
    }
    facts |= {"starts_at": begin, "ends_at": end, "span": DateTimeTZRange(begin, end), "name": "X"}
    return Booking.objects.create(service=service, person=person, **facts | more)


def test_postgresql_refuses_a_second_booking_even_from_whoever_writes_around_us(repair: Service) -> None:
    anna, bruno = repair.people.order_by("pk")
    written_around(repair, anna, at("12-01 10:00"))
    for begin, minutes in (
        ("12-01 10:00", 30.0),
        ("12-01 09:30", 31.0),
        ("12-01 10:59", 5.0),
        ("12-01 09:00", 300.0),
    ):
        with pytest.raises(IntegrityError, match="nobody_is_booked_twice"), transaction.atomic():
            written_around(repair, anna, at(begin), minutes)
    written_around(repair, anna, at("12-01 11:00"))  # right after it
    written_around(repair, anna, at("12-01 09:00"))  # right before it
    written_around(repair, bruno, at("12-01 10:00"))  # somebody else
    written_around(repair, anna, at("12-01 10:00"), 59.0, status="cancelled")  # it takes nobody's time


def test_a_span_that_is_empty_endless_or_not_around_the_appointment_is_refused(repair: Service) -> None:
    anna = repair.people.order_by("pk")[0]
    begin = at("12-01 10:00")
    for span in (
        DateTimeTZRange(empty=True),
        DateTimeTZRange(None, begin + timedelta(hours=1)),
        DateTimeTZRange(begin, None),
        DateTimeTZRange(begin + timedelta(minutes=1), begin + timedelta(hours=1)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            written_around(repair, anna, begin, span=span)


def test_the_lanes_of_people_touch_each_other_nowhere(repair: Service) -> None:
    anna, bruno = repair.people.order_by("pk")
    one = written_around(repair, anna, at("12-01 10:00"))
    other = written_around(repair, bruno, at("12-01 10:00"))
    one.refresh_from_db()
    other.refresh_from_db()
    assert one.lane.lower == anna.pk * 2**36 + int(at("12-01 10:00").timestamp())
    assert one.lane.upper - one.lane.lower == 3600
    assert other.lane.lower - one.lane.lower == (bruno.pk - anna.pk) * 2**36
