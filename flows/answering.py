"""What an answer to a slot holds where the conversation stands: what is offered, what was half said, what is
refused. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flows.conditions import holds
from flows.offers import as_offered, is_offered, offers, read_offer, with_offers
from flows.run import Facts
from flows.slot import Slot, SlotKind
from flows.slots.base import Reading
from flows.slots.base import refused as no_value
from flows.slots.reading import find_in, read
from flows.slots.signals import asks

IN_TIME: tuple[SlotKind, ...] = ("moment", "date", "time", "period")
MOST_WORDS = 4
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]+|[^.!?\n]+$")


def read_answer(slot: Slot, known: Mapping[str, Any], text: str, facts: Facts, *, half: str = "") -> Reading:
    """`known` are the slots of the flow. `half` is what was answered before and lacked a part: "tomorrow",
    to which "at three" is read."""
    if half:  # first: a day alone is a period too, but not for who said from when until when
        whole = _read(slot, known, f"{half} {text}", facts)
        if whole.value is not None and whole.sure:
            return whole
    return _read(slot, known, text, facts)


def question_in(slot: Slot, known: Mapping[str, Any], text: str, facts: Facts) -> str:
    """A sentence beside the answer that asks something and is not the answer itself."""
    sentences = [part.strip() for part in SENTENCE.findall(text)]
    asking = [
        part for part in sentences if asks(part) and read_answer(slot, known, part, facts).value is None
    ]
    return " ".join(asking) if len(sentences) > 1 else ""


def read_change(name: str, slot: Slot, known: Mapping[str, Any], text: str, facts: Facts) -> Reading:
    """A new value of what is known: where only the hour or only the day is said, the other one stays."""
    reading = read_answer(slot, known, text, facts)
    if reading.value is not None or slot.kind != "moment" or slot.offered:
        return reading
    for kept in str(known.get(name, "")).split("T"):
        whole = _read(slot, known, f"{kept} {text}", facts)
        if whole.value is not None and whole.sure:
            return whole
    return reading


def _read(slot: Slot, known: Mapping[str, Any], text: str, facts: Facts) -> Reading:
    slot = as_offered(slot, known)
    offering = with_offers(slot, known, facts.language)
    if offering.choices and slot.offered:
        moment = slot.kind == "moment"
        time = _time_in(text, facts) if moment else ""
        days = _days_meant(slot, known, text, facts) if moment else None
        if offered := read_offer(slot, known, text, time, days):
            return Reading(offered, "", sure=True)
        chosen = _chosen(offering, text, facts)
        if chosen.value is not None and chosen.sure:
            return chosen
        return _not_offered(read(offering, text, language=facts.language, now=facts.now), slot, known, time)
    return read(offering, text, language=facts.language, now=facts.now)


def _not_offered(reading: Reading, slot: Slot, known: Mapping[str, Any], time: str) -> Reading:
    """Another time than those that are offered is none of them, whatever it lacks."""
    other = reading.value is not None and not is_offered(slot, known, reading.value)
    return no_value("not_offered") if other or (reading.value is None and time) else reading


def _chosen(offering: Slot, text: str, facts: Facts) -> Reading:
    """By its place in the list or by its words: "the second one"."""
    choice = Slot(kind="choice", choices=offering.choices)
    return read(choice, text, language=facts.language, now=facts.now)


def named_moment(slot: Slot, known: Mapping[str, Any], text: str, facts: Facts) -> str:
    """The moment that words name, whether it is offered or not: of an hour alone on the day of all that is
    offered. "" where none is."""
    slot = as_offered(slot, known)
    if slot.kind != "moment":
        return ""
    days = days_offered(slot, known)
    whole = read(slot, text, language=facts.language, now=facts.now).value
    time = _time_in(text, facts)
    return str(whole or (f"{days.pop()}T{time}" if time and len(days) == 1 else ""))


def days_offered(slot: Slot, known: Mapping[str, Any]) -> set[str]:
    """Of the moments that are offered."""
    return (
        {value.partition("T")[0] for value, _label in offers(slot, known)} if slot.kind == "moment" else set()
    )


def _days_meant(slot: Slot, known: Mapping[str, Any], text: str, facts: Facts) -> set[str] | None:
    """Of the days that are offered those that words name; None where they name no day at all. "Tuesday" is
    the Tuesday that is offered, be it the next one or not."""

    def named(now: datetime) -> str:
        return str(find_in(Slot(kind="date"), text, language=facts.language, now=now) or "")

    offered = days_offered(slot, known)
    if not (plain := named(facts.now)) or plain in offered:
        return {plain} if plain else None
    before = {day: datetime.fromisoformat(f"{day}T12:00") for day in offered if DAY.fullmatch(day)}
    # "Tomorrow" is another day when it is said a day before.
    return {
        day
        for day, noon in before.items()
        if named(noon - timedelta(days=1)) == day and named(noon - timedelta(days=2)) == day
    }


def is_day_or_hour(text: str, facts: Facts) -> bool:
    """A few words that say when, and hardly anything else: they begin no flow in the middle of another."""
    if len(text.split()) > MOST_WORDS:
        return False
    return any(
        find_in(Slot(kind=kind), text, language=facts.language, now=facts.now) is not None for kind in IN_TIME
    )


def _time_in(text: str, facts: Facts) -> str:
    return str(read(Slot(kind="time"), text, language=facts.language, now=facts.now).value or "")


def refused(slot: Slot, name: str, value: Any, facts: Mapping[str, Any], *, asked: bool = True) -> str:
    """Why a slot does not take a value of its kind, "" where it does. `facts` hold the slots of the flow.
    Before it is `asked` for, what is offered may not have been brought yet."""
    slots = facts["slots"]
    early = not asked and slots.get(slot.offered) is None
    if not early and not is_offered(slot, slots, value):
        return "not_offered"
    known = {**facts, "slots": {**slots, name: value}}
    return "" if slot.valid is None or holds(slot.valid, known) else "invalid"
