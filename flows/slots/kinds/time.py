"""A time of day: "15:00"."""

from __future__ import annotations

from typing import Any

from flows.slots.base import Reading, Said
from flows.slots.dates.asking import found_in, read_dates
from flows.slots.dates.mentions import Clock
from flows.slots.dates.when import time_reading


def read(said: Said) -> Reading:
    return read_dates(said, time_reading)


def find(said: Said) -> Any:
    """Not from a part of the day: "tomorrow morning" leaves open at what time."""
    found = found_in(said)
    return time_reading(found).value if found.of(Clock) else None
