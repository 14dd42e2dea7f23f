"""Whoever asks for a person while nobody is there is told so, and when somebody is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from actions.bookings.models import Closure, Hours
from actions.bookings.opening import next_opening
from assistant.absence import in_words
from assistant.models import Assistant
from tests.assistant.talking import Talk

pytestmark = [pytest.mark.django_db(transaction=True)]
SUNDAY = datetime(2026, 11, 29, 11, 0, tzinfo=UTC)
ABSENT = "Nobody is here just now."


def hours(*weekdays: int, opens: str = "09:00", closes: str = "18:00") -> None:
    for weekday in weekdays:
        Hours.objects.create(weekday=weekday, opens=opens, closes=closes)


def test_it_is_said_in_the_customers_language_with_the_next_opening() -> None:
    hours(0, 1)
    assert in_words("en", SUNDAY) == (
        f"{ABSENT} We are back on Monday 30 November at 09:00 and will answer you here; "
        "what you write is kept."
    )
    assert "lundi 30 novembre à 9\u202fh" in in_words("fr", SUNDAY)


def test_a_closure_is_skipped() -> None:
    hours(0, 1)
    Closure.objects.create(name="Inventory", first_day="2026-11-30", last_day="2026-11-30")
    assert "Tuesday 1 December at 09:00" in in_words("en", SUNDAY)


def test_closed_for_long_is_said_without_a_day() -> None:
    hours(0)
    Closure.objects.create(name="Works", first_day="2026-11-01", last_day="2027-11-30")
    assert in_words("en", SUNDAY).startswith(f"{ABSENT} We will answer you here as soon as")


def test_nothing_is_said_while_it_is_open_or_where_nobody_knows() -> None:
    assert in_words("en", SUNDAY) == ""
    assert next_opening(SUNDAY) is None
    hours(6)
    assert in_words("en", SUNDAY) == ""
    assert next_opening(SUNDAY) == SUNDAY


def test_it_stands_in_every_answer_that_passes_on_to_a_person(assistant: Assistant, flows: None) -> None:
    Hours.objects.all().delete()
    assert ABSENT not in Talk(assistant).say("I want to talk to a person")
    hours(0)
    Closure.objects.create(name="Works", first_day="2020-01-01", last_day="2099-01-01")
    assert ABSENT in Talk(assistant).say("I want to talk to a person")
    talk = Talk(assistant)
    for said in ("where is my order?", "LP-9999999", "LP-9999998"):
        talk.say(said)
    passed_on = talk.say("yes")
    assert passed_on.count("I am passing our conversation on") == 1 and ABSENT in passed_on
    assert talk.last and talk.last.outcome == "handoff"
