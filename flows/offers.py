"""Choices that are known only while a flow runs, such as the free times that an action brought. Pure.

A slot with `offered` takes one of the values in that other slot: a list of `{"value": …, "label": …}`, or of
plain values. What is `"spare": true` in it is taken from who names it, and not shown: all free times of a day
are more than anybody would read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from flows.slot import Choice, Slot

MOST_OFFERED = 12  # buttons
MOST_SPARE = 100
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def offers(slot: Slot, slots: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(value, label) of each, empty where nothing is offered or it has another form."""
    return _pairs(without_spare(_brought(slot, slots))[:MOST_OFFERED])


def as_offered(slot: Slot, slots: Mapping[str, Any]) -> Slot:
    """What is chosen of free times is a moment, although somebody left its kind at words."""
    if not slot.offered or slot.kind != "text":
        return slot
    values = [value for value, _label in _all(slot, slots)]
    times = bool(values) and all(MOMENT.fullmatch(value) for value in values)
    return slot.model_copy(update={"kind": "moment"}) if times else slot


def without_spare(brought: Sequence[Any]) -> list[Any]:
    """Those of a list that are shown."""
    return [one for one in brought if not (isinstance(one, Mapping) and one.get("spare") is True)]


def _all(slot: Slot, slots: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Also what is taken without being shown."""
    spare = [one for one in _brought(slot, slots) if isinstance(one, Mapping) and one.get("spare") is True]
    return [*offers(slot, slots), *_pairs(spare[:MOST_SPARE])]


def _brought(slot: Slot, slots: Mapping[str, Any]) -> Sequence[Any]:
    brought = slots.get(slot.offered) if slot.offered else None
    return brought if isinstance(brought, list | tuple) else ()


def _pairs(brought: Iterable[Any]) -> list[tuple[str, str]]:
    return [pair for one in brought if (pair := _pair(one))[0]]


def _pair(one: Any) -> tuple[str, str]:
    if isinstance(one, Mapping):
        value = str(one.get("value", one.get("id", one.get("name", ""))))
        return value, str(one.get("label", one.get("title", one.get("name", value))))
    return str(one), str(one)


def with_offers(slot: Slot, slots: Mapping[str, Any], language: str) -> Slot:
    """The slot with what is offered as its choices."""
    if not slot.offered:
        return slot
    found = [Choice.model_construct(value=value, label={language: label}, synonyms={})
             for value, label in offers(slot, slots)]  # fmt: skip
    return slot.model_copy(update={"choices": tuple(found)})


def read_offer(
    slot: Slot, slots: Mapping[str, Any], text: str, time: str, days: Collection[str] | None = None
) -> str:
    """The value that is meant by its words, or by its time of day alone ("15:00"), where only one has it, on
    one of these `days` (None: on any)."""
    found = _all(slot, slots)
    said = text.strip().casefold()
    named = [value for value, label in found if said and said in (label.casefold(), value.casefold())]
    timed = [
        value for value, _label in found
        if time and value == f"{value[:10]}T{time}" and (days is None or value[:10] in days)
    ]  # fmt: skip
    return next((same[0] for same in (named, timed) if len(same) == 1), "")


def is_offered(slot: Slot, slots: Mapping[str, Any], value: Any) -> bool:
    """Whether a value may be taken; of a slot that offers nothing any may."""
    return not slot.offered or str(value) in {one for one, _ in _all(slot, slots)}
