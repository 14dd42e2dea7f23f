"""What every kind of slot is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from flows.slot import Slot
from flows.slots.cleaning import clean, fold
from flows.slots.tables import spoken


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` in the form that `flows.slot.Slot` gives, None for none; then `why` names the rule that was
    broken (a phrase of `flows/stock/phrases.yaml`). `sure` is False when it is a guess."""

    value: Any = None
    why: str = ""
    sure: bool = True


def refused(why: str = "not_a_value") -> Reading:
    return Reading(None, why)


@dataclass(frozen=True)
class Said:
    """What the customer wrote, and what it is read for. `now` is the company's local time."""

    slot: Slot
    raw: str
    language: str
    now: datetime
    country: str = "FR"

    @cached_property
    def text(self) -> str:
        """As it was written, but short, in plain digits and without what cannot be seen."""
        return clean(self.raw)

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The customer's own first: people mix them, and the language may have been told wrong."""
        return spoken(self.language)


class Kind(Protocol):
    """A module of `kinds/`."""

    def read(self, said: Said) -> Reading:
        """The answer to a direct question."""

    def find(self, said: Said) -> Any:
        """The value that a longer sentence mentions by itself, None for none. Strict: it may be about
        anything."""


def within(said: Said, size: float, reading: Reading, *, short: str, long: str) -> Reading:
    """The reading, if what it holds keeps to the slot's limits."""
    if said.slot.least is not None and size < said.slot.least:
        return refused(short)
    if said.slot.most is not None and size > said.slot.most:
        return refused(long)
    return reading
