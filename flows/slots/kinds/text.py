"""Whatever was written, as it was written; of a name, without what is said around it.

`least` and `most` count its characters."""

from __future__ import annotations

from typing import Any

from flows.parts import LONGEST_TEXT
from flows.slots.base import Reading, Said, refused, within
from flows.slots.cleaning import storable
from flows.slots.people import asks_a_name, name_in


def read(said: Said) -> Reading:
    if len(said.raw) > LONGEST_TEXT:
        return refused("too_long")
    text = storable(said.raw)
    if not text or all(letter in "?!.…,;:- \n\t" for letter in text):
        return refused()
    if asks_a_name(said.slot):
        text = name_in(text)
    return within(said, len(text), Reading(text), short="too_short", long="too_long")


def find(said: Said) -> Any:
    """Never: any words would do."""
    return None
