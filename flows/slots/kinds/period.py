"""From one moment to another: `{"from": "2026-12-01T14:00", "to": "2026-12-01T16:00"}`.

Whole days last until 23:59 of the last one.
"""

from __future__ import annotations

from typing import Any

from flows.slots.base import Reading, Said
from flows.slots.dates.asking import found_in, read_dates
from flows.slots.dates.periods import period_reading


def read(said: Said) -> Reading:
    return read_dates(said, lambda found: period_reading(found, said.now, future=said.slot.future))


def find(said: Said) -> Any:
    """Two ends, or a part of a day; a day alone is a date."""
    found = found_in(said)
    if len(found.mentions) < 2 and not any(one.both for one in found.mentions) and not _lasts(found.mentions):
        return None
    return period_reading(found, said.now, future=said.slot.future).value


def _lasts(mentions: tuple[Any, ...]) -> bool:
    return any(not getattr(one.what, "single", True) for one in mentions)
