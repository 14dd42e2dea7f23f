"""What `flows/values.py` says of a value is read as that value again, in both languages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.slot import Slot
from flows.values import shown
from tests.flows.slots.asking import answer

CHOICES: Any = [
    {"value": "blue", "label": {"en": "Blue", "fr": "Bleue"}},
    {"value": "xl", "label": {"en": "Extra large", "fr": "Très grand"}},
    {"value": "none", "label": {"en": "None of them", "fr": "Aucune d’elles"}},
    {"value": "2", "label": {"en": "Two of them", "fr": "Deux d’entre elles"}},
]
ADDRESS = r"[a-zA-Z][a-z0-9]{0,9}([.+_-][a-z0-9]{1,9})?@[a-z]{1,9}\.(com|fr|co\.uk)"
CURRENCIES = ["EUR", "USD", "GBP", "CHF", "CAD", "JPY", "SEK", "PLN", "MAD", "TND", "XOF", "ALL", "TRY"]
days = st.dates(min_value=date(2025, 1, 1), max_value=date(2090, 12, 31))
minutes = st.times().map(lambda one: one.replace(second=0, microsecond=0, tzinfo=None))
moments = st.builds(datetime.combine, days, minutes)


def money(currency: str, units: int) -> dict[str, str]:
    return {
        "amount": str(Decimal(units).scaleb(-get_currency_precision(currency))),
        "currency": currency,
    }


def period(begins: datetime, lasts: int) -> dict[str, str]:
    ends = begins + timedelta(minutes=lasts)
    return {"from": begins.isoformat(timespec="minutes"), "to": ends.isoformat(timespec="minutes")}


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "choice": st.sampled_from([choice["value"] for choice in CHOICES]),
    "yes_no": st.booleans(),
    "number": st.integers(-(10**15) + 1, 10**15 - 1)
    | st.integers(-(10**6), 10**6).map(lambda thousandths: thousandths / 1000),
    "money": st.builds(money, st.sampled_from(CURRENCIES), st.integers(-(10**9), 10**12)),
    "date": days.map(date.isoformat),
    "time": minutes.map(lambda one: one.isoformat(timespec="minutes")),
    "moment": moments.map(lambda one: one.isoformat(timespec="minutes")),
    "period": st.builds(period, moments, st.integers(1, 10_000)),
    "email": st.from_regex(ADDRESS, fullmatch=True),
    "phone": st.integers(0, 9_999_999).map(lambda digits: f"+3361{digits:07}"),
    "postal_code": st.integers(1_000, 95_999).map(lambda digits: f"{digits:05}"),
    "code": st.integers(0, 999_999).map(lambda digits: f"L-{digits:06}"),
    "text": st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=80),
}  # fmt: skip


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("language", ["en", "fr"])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_value_that_is_shown_is_read_again(kind: Any, language: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    slot = Slot(
        kind=kind, choices=CHOICES if kind == "choice" else (), pattern=r"L-\d{6}" if kind == "code" else ""
    )
    reading = answer(slot, shown(value, slot, language), language)
    if kind == "text" and reading.value is None:
        assert not any(letter.isalnum() for letter in value)
    else:
        assert reading.value == value
