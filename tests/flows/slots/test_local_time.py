"""Times are the company's, also on the nights in which the clocks are changed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flows.slot import Slot
from tests.flows.slots.asking import answer

PARIS = ZoneInfo("Europe/Paris")
MOMENT = Slot(kind="moment", future=True)


def test_a_time_that_the_clocks_skip_is_an_hour_later_and_a_guess() -> None:
    now = datetime(2027, 3, 27, 10, tzinfo=PARIS)
    reading = answer(MOMENT, "tomorrow at 02:30", "en", now=now)
    assert (reading.value, reading.sure) == ("2027-03-28T03:30", False)


def test_hours_are_counted_across_the_change() -> None:
    spring = datetime(2027, 3, 28, 0, 30, tzinfo=PARIS)
    autumn = datetime(2026, 10, 25, 1, 30, tzinfo=PARIS)
    assert answer(MOMENT, "dans 3 heures", "fr", now=spring).value == "2027-03-28T04:30"
    assert answer(MOMENT, "in 3 hours", "en", now=autumn).value == "2026-10-25T03:30"


def test_next_friday_is_another_one_on_a_monday_in_english() -> None:
    monday = datetime(2026, 11, 30, 10)
    slot = Slot(kind="date", future=True)
    assert answer(slot, "next Friday", "en", now=monday).value == "2026-12-11"
    assert answer(slot, "vendredi prochain", "fr", now=monday).value == "2026-12-04"
    assert not answer(slot, "vendredi prochain", "fr", now=monday).sure
    assert answer(slot, "Friday", "en", now=monday).value == "2026-12-04"


def test_a_day_of_the_month_comes_next_month_when_it_is_past() -> None:
    slot = Slot(kind="date", future=True)
    assert answer(slot, "the 31st", "en", now=datetime(2027, 1, 31, 9)).value == "2027-01-31"
    assert answer(slot, "le 30", "fr", now=datetime(2027, 1, 31, 9)).value == "2027-03-30"
    assert answer(slot, "29 february", "en", now=datetime(2027, 1, 31, 9)).value == "2028-02-29"


def test_what_comes_next_may_be_in_another_year() -> None:
    slot = Slot(kind="period", future=True)
    now = datetime(2026, 12, 31, 9)
    week = {"from": "2027-01-04T00:00", "to": "2027-01-10T23:59"}
    assert answer(slot, "next week", "en", now=now).value == week
    assert answer(Slot(kind="date", future=True), "in january", "en", now=now).value == "2027-01-01"
