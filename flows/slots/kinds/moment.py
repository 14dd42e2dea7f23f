"""A day and a time: "2026-12-01T15:00".

Half of one is refused with what is missing, "day_missing" or "time_missing". Who asks for that can read the
two answers as one text.
"""

from __future__ import annotations

from typing import Any

from flows.slots.base import Reading, Said
from flows.slots.dates.asking import found_in, read_dates
from flows.slots.dates.mentions import Clock, Instant
from flows.slots.dates.when import moment_reading


def read(said: Said) -> Reading:
    return read_dates(said, lambda found: moment_reading(found, said.now, future=said.slot.future))


def find(said: Said) -> Any:
    found = found_in(said)
    exact = found.of(Clock) or any(isinstance(one.what, Instant) and one.what.sure for one in found.mentions)
    return moment_reading(found, said.now, future=said.slot.future).value if exact else None
