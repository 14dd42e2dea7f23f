"""What the assistant can do with bookings: JSON in, JSON out, words in the customer's language."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from actions.bookings.acting import Context, Customer, Result
from actions.bookings.actions import ACTIONS
from actions.bookings.models import Booking, Hours, Service
from flows.offers import without_spare
from tests.actions.bookings.days import NOW, at
from tests.fuzz.values import TEXT, fuzz

pytestmark = pytest.mark.django_db
CARLA = {"name": "Carla", "email": "carla@home.example"}


def context(**more: Any) -> Context:
    return Context(**{"key": uuid4().hex, "conversation": uuid4(), "now": NOW} | more)


def run(name: str, given_: dict[str, Any], **more: Any) -> Result:
    result = ACTIONS[name].run(given_, context(**more))
    assert json.loads(json.dumps(result.data)) == result.data
    assert result.ok or result.data["message"]
    return result


def test_a_customer_books_moves_finds_and_cancels(fitting: Service) -> None:
    talk = uuid4()
    free = run("booking_times", {"service": "fitting", "around": "2026-12-01T15:00"}).data
    assert (
        free["exact"]
        and {"value": "2026-12-01T15:00", "label": "Tuesday 1 December at 15:00"} in free["times"]
    )
    assert len(without_spare(free["times"])) == 6
    wish = {"service": "Fitting at home", "starts": "2026-12-01T15:00"} | CARLA
    booked = run("booking_book", wish, conversation=talk, key="turn-1")
    assert booked.ok and booked.data["when"] == "Tuesday 1 December at 15:00"
    assert booked.data == run("booking_book", wish, conversation=talk, key="turn-1").data
    whose = {"reference": booked.data["reference"], "email": "Carla@Home.example "}
    moved = run("booking_move", whose | {"starts": "2026-12-02T10:30"}, language="fr")
    assert moved.ok and moved.data["when"] == "mercredi 2 décembre à 10\u202fh\u202f30"
    assert moved.data["service_name"] == "Pose à domicile"
    assert run("booking_find", {}, conversation=talk).data["reference"] == whose["reference"]
    assert run("booking_find", whose).data["when"] == "Wednesday 2 December at 10:30"
    assert run("booking_find", {}).data == {"bookings": [], "any": False}
    assert run("booking_cancel", whose).ok
    assert run("booking_cancel", whose).error == "already_cancelled"


@pytest.mark.parametrize(
    "starts",
    [
        *("2026-12-01T15:00/2026-12-01T18:00", {"from": "2026-12-01T15:00", "to": "2026-12-01T18:00"}),
        *('{"from": "2026-12-01T15:00", "to": "2026-12-01T18:00"}', "2026-12-01 15:00"),
        {"value": "2026-12-01T15:00", "label": "Tuesday"},
    ],
)
def test_a_period_and_a_time_that_was_offered_say_when_it_begins(fitting: Service, starts: Any) -> None:
    booked = run("booking_book", {"service": "fitting", "starts": starts} | CARLA)
    assert booked.ok and booked.data["starts"] == "2026-12-01T15:00"


@pytest.mark.parametrize("starts", ["{", "/", {}, {"from": None}, "tomorrow/2026-12-02", [1]])
def test_what_says_no_hour_books_nothing(fitting: Service, starts: Any) -> None:
    assert run("booking_book", {"service": "fitting", "starts": starts} | CARLA).error == "no_time"
    assert not Booking.objects.exists()


def test_a_time_that_is_taken_comes_with_others(fitting: Service) -> None:
    wish = {"service": "fitting", "starts": "2026-12-01T15:00", "name": "Carla"}
    assert run("booking_book", wish).ok
    refused = run("booking_book", wish, language="fr")
    assert refused.error == "taken"
    assert refused.data["message"] == "Ce créneau n’est plus libre."
    assert len(refused.data["times"]) == 6
    assert refused.data["times"][0]["label"].startswith(("lundi", "mardi"))


def test_free_times_are_in_the_period_that_was_asked_for(fitting: Service) -> None:
    period = {"from": "2026-12-02T14:00", "to": "2026-12-02T15:30"}
    wanted = ["2026-12-02T14:00", "2026-12-02T14:30", "2026-12-02T15:00"]
    for around in (period, json.dumps(period)):
        found = run("booking_times", {"service": "fitting", "around": around}).data["times"]
        assert [each["value"] for each in found] == wanted
    day = run("booking_times", {"service": "fitting", "around": "2026-12-03"}).data["times"]
    assert day[0]["value"] == "2026-12-03T09:00"
    following = run("booking_times", {"service": "fitting", "around": ""}).data["times"]
    assert following[0]["value"] == "2026-11-30T09:00"  # in a day's time it is Saturday
    sunday = run("booking_times", {"service": "fitting", "around": "2026-12-06T10:00"}).data
    assert sunday["any"] and not sunday["exact"]


def times_of(result: Result) -> list[str]:
    return [each["value"].partition("T")[2] for each in without_spare(result.data["times"])]


def test_whatever_else_is_free_on_that_day_can_be_named(repair: Service) -> None:
    found = run("booking_times", {"service": "repair", "around": "2026-12-01"}).data["times"]
    spare = [each["value"] for each in found if each.get("spare")]
    assert "2026-12-01T15:15" in spare and "2026-12-01T09:00" not in spare
    assert len({each["value"] for each in found}) == len(found) == 31
    assert {each["value"][:10] for each in found} == {"2026-12-01"}


def test_a_day_offers_times_from_morning_to_evening_or_near_to_an_hour(repair: Service) -> None:
    day = {"service": "repair", "around": "2026-12-01"}
    spread = times_of(run("booking_times", day))
    assert len(spread) == 6 and (spread[0], spread[-1]) == ("09:00", "16:30")
    near = times_of(run("booking_times", day | {"hour": "15:10"}))
    assert near == ["14:30", "14:45", "15:00", "15:15", "15:30", "15:45"]
    assert not run("booking_times", day | {"hour": "15:10"}).data["exact"]
    assert run("booking_times", day | {"hour": "15:15"}).data["exact"]
    sunday = run("booking_times", {"service": "repair", "around": "2026-12-06", "hour": "15:00"})
    assert {each["value"][:10] for each in sunday.data["times"]} == {"2026-12-07"}
    assert not sunday.data["on_day"] and not sunday.data["exact"]
    assert run("booking_times", day).data["on_day"]
    assert run("booking_times", {"service": "repair"}).data["on_day"]  # no day was wanted
    assert run("booking_times", day | {"hour": "tea time"}).error == "no_time"


def test_a_part_of_the_day_offers_times_within_it(repair: Service) -> None:
    day = {"service": "repair", "around": "2026-12-01"}

    def offered(begin: str, end: str, **more: str) -> list[str]:
        part = {"from": f"2026-11-24T{begin}", "to": f"2026-11-24T{end}"}  # of which day is all the same
        return times_of(run("booking_times", {**day, "part": part, **more}))

    afternoon = offered("14:00", "18:00")
    assert len(afternoon) == 6 and (afternoon[0], afternoon[-1]) == ("14:00", "16:30")
    assert offered("09:00", "12:00")[-1] == "11:45"  # noon is no time of the morning
    assert offered("11:00", "12:00") == ["11:00", "11:15", "11:30", "11:45"]
    assert len(offered("11:30", "12:00")) == 6  # two are too few to choose from
    assert offered("18:00", "21:00")[-1] == "16:30"  # as late as there is
    assert offered("09:00", "12:00", hour="15:10")[0] == "14:30"  # the hour says more
    assert offered("00:00", "23:59") == times_of(run("booking_times", day))
    written = day | {"part": "2026-11-24T14:00/2026-11-24T18:00"}
    assert times_of(run("booking_times", written)) == afternoon


def test_only_a_verified_address_shows_what_was_booked(repair: Service) -> None:
    wish = {"service": "repair", "starts": "2026-12-01T15:00", "name": "Carla", "email": "carla@home.example"}
    assert run("booking_book", wish).ok
    claimed = Customer(email="carla@home.example")
    assert not run("booking_find", {}, customer=claimed).data["any"]
    certain = Customer(email="carla@home.example", verified=True)
    assert run("booking_find", {}, customer=certain).data["any"]


def test_what_is_known_of_the_customer_need_not_be_said(repair: Service) -> None:
    who = Customer(name="Carla", email="carla@home.example", verified=True)
    assert run("booking_book", {"service": "repair", "starts": "2026-12-01T15:00"}, customer=who).ok
    booking = Booking.objects.get()
    assert (booking.name, booking.email) == ("Carla", "carla@home.example")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"service": "haircut"}, "no_service"), ({"starts": "soon"}, "no_time"), ({"name": " "}, "no_name"),
        ({"email": "carla@home"}, "bad_email"), ({"person": "Zoe"}, "no_person"),
        ({"note": "x" * 1001}, "too_long"),
        ({"starts": "2026-12-01T15:10"}, "no_start"), ({"starts": "2026-12-06T15:00"}, "closed"),
        ({"starts": "2026-03-29T02:30"}, "no_time"), ({"starts": "9999-12-31T23:59"}, "no_time"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(repair: Service, change: dict[str, str], error: str) -> None:
    wish = {"service": "repair", "starts": "2026-12-01T15:00", "name": "Carla"} | change
    assert run("booking_book", wish).error == error
    assert not Booking.objects.exists()


def test_in_the_hour_that_comes_twice_the_first_that_is_free_is_booked(repair: Service) -> None:
    Hours.objects.create(weekday=6, opens="02:00", closes="03:00")
    wish = {"service": "repair", "starts": "2026-10-25T02:30", "name": "Carla"}
    for _person_and_hour in range(4):
        assert run("booking_book", wish, now=at("10-20 10:00")).ok
    assert run("booking_book", wish, now=at("10-20 10:00")).error == "taken"
    starts = sorted(Booking.objects.values_list("starts_at", flat=True))
    assert [f"{each:%H:%M}" for each in starts] == ["00:30", "00:30", "01:30", "01:30"]


@pytest.mark.parametrize("action", ["booking_find", "booking_move", "booking_cancel", "booking_times"])
@pytest.mark.parametrize("pair", ["another_email", "no_email", "another_reference", "not_a_reference"])
def test_who_has_not_both_gets_the_same_answer_as_for_no_booking(
    repair: Service, action: str, pair: str
) -> None:
    cache.clear()
    booked = run("booking_book", {"service": "repair", "starts": "2026-12-01T15:00"} | CARLA).data
    whose = {"reference": booked["reference"], "email": CARLA["email"]} | {
        "another_email": {"email": "eve@home.example"},
        "no_email": {"email": ""},
        "another_reference": {"reference": "HJKL-00000"},
        "not_a_reference": {"reference": "my booking"},
    }[pair]
    more = {"service": "repair", "starts": "2026-12-02T10:30"}
    refused = run(action, whose | more)
    none = run(action, {"reference": "HJKL-99999", "email": "nobody@home.example"} | more)
    assert (refused.error, refused.data) == ("unknown", none.data)
    assert booked["when"] not in json.dumps(refused.data)
    assert Booking.objects.get().starts_at == at("12-01 15:00")


def test_a_booking_without_an_address_is_shown_to_nobody(repair: Service) -> None:
    wish = {"service": "repair", "starts": "2026-12-01T15:00", "name": "Carla"}
    reference = run("booking_book", wish).data["reference"]
    for email in ("", "carla@home.example"):
        assert run("booking_cancel", {"reference": reference, "email": email}).error == "unknown"


def test_neither_references_nor_addresses_are_to_be_guessed(repair: Service) -> None:
    cache.clear()
    talk = uuid4()
    booked = run("booking_book", {"service": "repair", "starts": "2026-12-01T15:00"} | CARLA).data
    whose = {"reference": booked["reference"], "email": CARLA["email"]}
    for number in range(10):
        guess = whose | {"reference": f"HJKL-{number:05}"}
        assert run("booking_cancel", guess, conversation=talk).error == "unknown"
    assert run("booking_cancel", whose, conversation=talk).error == "too_fast"
    assert run("booking_find", whose).ok
    for number in range(10):  # each in a conversation of its own
        assert run("booking_find", whose | {"email": f"c{number}@home.example"}).error == "unknown"
    assert run("booking_cancel", whose).error == "too_fast"
    assert Booking.objects.standing().count() == 1


def test_the_own_time_of_a_booking_that_is_moved_counts_as_free(fitting: Service) -> None:
    booked = run("booking_book", {"service": "fitting", "starts": "2026-12-01T15:00"} | CARLA).data
    whose = {"reference": booked["reference"], "email": CARLA["email"]}
    half_an_hour_later = {"service": "fitting", "around": "2026-12-01T15:30"}
    assert not run("booking_times", half_an_hour_later).data["exact"]
    assert run("booking_times", half_an_hour_later | whose).data["exact"]
    assert run("booking_move", whose | {"starts": "2026-12-01T15:30"}).ok


def test_a_move_to_a_taken_time_leaves_the_old_one_and_names_others(fitting: Service) -> None:
    booked = run("booking_book", {"service": "fitting", "starts": "2026-12-01T15:00"} | CARLA).data
    taken = {"service": "fitting", "starts": "2026-12-02T10:00", "name": "Eve"}
    assert run("booking_book", taken).ok
    whose = {"reference": booked["reference"], "email": CARLA["email"]}
    refused = run("booking_move", whose | {"starts": "2026-12-02T10:00"})
    assert refused.error == "taken" and len(refused.data["times"]) == 6
    assert run("booking_find", whose).data["when"] == "Tuesday 1 December at 15:00"


def test_every_action_says_what_it_takes() -> None:
    for name, action in ACTIONS.items():
        assert action.name == name
        assert set(action.parameters["required"]) <= set(action.parameters["properties"])
    assert {name for name, action in ACTIONS.items() if action.changes == "writes"} == {
        "booking_book", "booking_move", "booking_cancel",
    }  # fmt: skip


def test_whatever_is_given_there_is_an_answer(repair: Service) -> None:
    names = st.sampled_from(
        [
            "service",
            "starts",
            "around",
            "hour",
            "part",
            "person",
            "name",
            "email",
            "phone",
            "note",
            "reference",
        ]
    )
    values = st.one_of(TEXT, st.none(), st.integers(), st.dictionaries(st.sampled_from(["from", "to"]), TEXT))
    likely = {"service": "repair", "starts": "2026-12-01T15:00", "name": "Carla", "reference": "HJKL-12345"}

    @fuzz(150)
    @given(st.sampled_from(sorted(ACTIONS)), st.dictionaries(names, values, max_size=3))
    def ask(name: str, given_: dict[str, Any]) -> None:
        run(name, likely | given_)

    ask()
