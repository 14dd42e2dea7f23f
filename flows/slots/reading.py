"""The door: the value of a slot in an answer, or in a sentence that mentions it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import product
from typing import Any

from flows.graph import Option
from flows.slot import Choice, Slot
from flows.slots import signals
from flows.slots.base import Kind, Reading, Said, refused
from flows.slots.kinds import (
    choice,
    code,
    date,
    email,
    file,
    moment,
    money,
    number,
    period,
    phone,
    postal_code,
    text,
    time,
    yes_no,
)
from flows.slots.tables import known_languages

KINDS: dict[str, Kind] = {
    "text": text, "choice": choice, "yes_no": yes_no, "number": number, "money": money, "date": date,
    "time": time, "moment": moment, "period": period, "email": email, "phone": phone,
    "postal_code": postal_code, "code": code, "file": file,
}  # fmt: skip


def read(slot: Slot, text: str, *, language: str, now: datetime, country: str = "FR") -> Reading:
    """The answer to a direct question. Of "Monday, no, Tuesday" the last is meant."""
    kind = KINDS[slot.kind]
    said = Said(slot, text, language, now, country)
    if not said.raw.strip():
        return refused()
    reading = kind.read(said)
    if reading.value is None and reading.why in ("ambiguous", "mismatch"):
        rest = signals.corrected(said.text)
        if rest:
            second = kind.read(replace(said, raw=rest))
            return second if second.value is not None else reading
    return reading


def find_in(slot: Slot, text: str, *, language: str, now: datetime, country: str = "FR") -> Any | None:
    """The value that a longer sentence mentions by itself, None for none. Strict, and within the limits of
    the slot."""
    return KINDS[slot.kind].find(Said(slot, text, language, now, country))


def code_beside(
    slot: Slot, text: str, *, language: str, now: datetime, country: str = "FR"
) -> tuple[str, str]:
    """The postal code that stands beside other numbers, and the words without it; "" for none."""
    return postal_code.beside(Said(slot, text, language, now, country))


def read_option(options: Iterable[Option], text: str, *, language: str, now: datetime) -> Reading:
    """Which way of a `choose` step an answer means."""
    choices = tuple(Choice(value=one.value, label=one.label, synonyms=one.synonyms) for one in options)
    return read(Slot(kind="choice", choices=choices), text, language=language, now=now)


def prepare() -> None:
    """Load the words of all kinds, which takes half a second once: before customers wait for it."""
    choices = (Choice(value="x"),)
    for kind in KINDS:
        slot = Slot.model_validate({"kind": kind, "choices": choices if kind == "choice" else ()})
        for language, said in product(known_languages(), ("12 €", "next Tuesday at 3, 12 €")):
            read(slot, said, language=language, now=datetime(2026, 1, 1))
            find_in(slot, said, language=language, now=datetime(2026, 1, 1))
