"""A day: "2026-12-01"."""

from __future__ import annotations

from typing import Any

from flows.slots.base import Reading, Said
from flows.slots.dates.asking import found_in, read_dates
from flows.slots.dates.mentions import Day
from flows.slots.dates.when import date_reading, day_of


def read(said: Said) -> Reading:
    return read_dates(said, lambda found: date_reading(found, said.now.date(), future=said.slot.future))


def find(said: Said) -> Any:
    found = found_in(said)
    day = day_of(found, said.now.date())
    if day is None or not day.single or not found.of(Day):
        return None
    return date_reading(found, said.now.date(), future=said.slot.future).value
