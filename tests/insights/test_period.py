"""The days that an address names, as they are counted where its reader is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.period import LONGEST, Period

NOW = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)
LANGUAGES = {"en": "English", "fr": "French"}


def read(zone: str = "UTC", **query: str) -> Period:
    return Period.read(query, zone=zone, languages=LANGUAGES, now=NOW)


def test_seven_days_end_today() -> None:
    assert (read().first, read().last) == (date(2026, 11, 23), date(2026, 11, 29))


@pytest.mark.parametrize(
    ("zone", "today", "begins"),
    [
        ("Europe/Paris", 29, datetime(2026, 11, 22, 23, tzinfo=UTC)),
        ("Asia/Kolkata", 30, datetime(2026, 11, 23, 18, 30, tzinfo=UTC)),
        ("Asia/Kathmandu", 30, datetime(2026, 11, 23, 18, 15, tzinfo=UTC)),
        ("Pacific/Kiritimati", 30, datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("America/Los_Angeles", 29, datetime(2026, 11, 23, 8, tzinfo=UTC)),
    ],
)
def test_days_are_those_of_the_reader(zone: str, today: int, begins: datetime) -> None:
    period = read(zone)
    assert (period.last.day, period.begin) == (today, begins)


def test_a_month_begins_on_the_first() -> None:
    assert (read(range="month").first, read(range="month").days) == (date(2026, 11, 1), 29)


def test_the_period_before_is_as_long_and_ends_the_day_before() -> None:
    period = read(since="2026-11-10", until="2026-11-12")
    assert (period.before.first, period.before.last) == (date(2026, 11, 7), date(2026, 11, 9))
    assert period.before.end == period.begin


def test_days_in_the_wrong_order_are_turned_round() -> None:
    assert read(since="2026-11-12", until="2026-11-10") == read(since="2026-11-10", until="2026-11-12")


NAMES = ["range", "since", "until", "assistant", "language", "zone"]


@given(st.dictionaries(st.sampled_from(NAMES), st.text()))
def test_what_is_not_understood_is_as_if_it_were_not_there(query: dict[str, str]) -> None:
    period = read(**query)
    assert period.first <= period.last and period.days <= LONGEST.days + 1


@pytest.mark.parametrize(
    "query", ["", "range=28", "since=2026-11-01&until=2026-11-02&language=fr&assistant=3"]
)
def test_an_address_says_the_same_again(query: str) -> None:
    period = read(**dict(parse_qsl(query)))
    assert read(**dict(parse_qsl(period.query()))) == period
