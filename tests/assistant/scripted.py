"""Conversations as YAML (`scripts/`), held with the assistant, with a scripted model or without one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from django.utils import timezone

from actions.bookings.booking import Who, book, find_times
from actions.bookings.models import Service
from assistant.models import Assistant
from tests.assistant.talking import Talk
from tests.modelserver.control import ModelServer

FOLDER = Path(__file__).with_name("scripts")
LONE = {"yes", "no", "cancel", "person", "other"}
OTHER = ("other",)
WEEKDAYS = {"a tuesday": 2, "a wednesday": 3}
PARTS = {"a morning": "T09:00", "an afternoon": "T14:00"}


@dataclass(frozen=True, kw_only=True)
class Turn:
    """`at` and `offers` count where they are given; all of `says` must be said and none of `never`."""

    say: str
    model: tuple[str, ...] = OTHER
    at: str | None = None
    knows: Mapping[str, Any] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    offers: tuple[str, ...] | None = None
    outcome: str = ""


def scripts(language: str) -> dict[str, list[Turn]]:
    found = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
    return {name: [_turn(one) for one in turns] for name, turns in found.items()}


def _turn(kept: dict[str, Any]) -> Turn:
    lists = {name: kept[name] for name in ("model", "says", "never", "offers") if name in kept}
    as_lists = {name: (one,) if isinstance(one, str) else tuple(one) for name, one in lists.items()}
    return Turn(**{**kept, **as_lists})


def differences(
    assistant: Assistant, language: str, turns: list[Turn], model: ModelServer | None
) -> Iterator[str]:
    """Hold the conversation; each line is something that is not as expected."""
    talk, known = Talk(assistant, language), {"<reference>": _reference()}
    for turn in turns:
        known["<first>"] = next(iter(talk.options), "") if talk.last else ""
        if model:
            model.script(_meant(_filled(turn.model, known)))
        talk.say(*_filled((turn.say,), known))
        yield from (f"at “{turn.say}”: {one}" for one in _different(talk, turn, known))


def _reference() -> str:
    service, now = Service.objects.get(key="repair"), timezone.now()
    free = find_times(service, frm=now + timedelta(days=15), to=now + timedelta(days=60))
    who = Who(name="Léa Martin", email="lea@example.org")
    for slot in free:
        if booking := book(key=uuid4().hex, service=service, starts=slot.starts, who=who).booking:
            return booking.reference
    raise AssertionError("no time is free")


def _filled(texts: tuple[str, ...], known: Mapping[str, str]) -> tuple[str, ...]:
    for name, value in known.items():
        texts = tuple(text.replace(name, value) for text in texts)
    return texts


def _meant(commands: tuple[str, ...]) -> dict[str, Any]:
    """ "set_slot reason it is broken" as the model writes it, wherever the form of commands is asked for."""
    return {"form": "Meaning", "text": json.dumps({"commands": [_command(one) for one in commands]})}


def _command(line: str) -> dict[str, str]:
    name, _, rest = line.partition(" ")
    told = {"command": name, "flow": "", "slot": "", "value": ""}
    if name in LONE:
        return told
    if name in ("start_flow", "clarify"):
        return {**told, "flow": rest}
    if name in ("set_slot", "correct_slot"):
        slot, _, value = rest.partition(" ")
        return {**told, "slot": slot, "value": value}
    return {**told, "value": rest}


def _different(talk: Talk, turn: Turn, known: Mapping[str, str]) -> Iterator[str]:
    assert talk.last is not None
    said = talk.last.text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")
    frames = talk.state.get("flow", {}).get("frames", [])
    at = f"{frames[-1]['flow']}/{frames[-1]['node']}" if frames else ""
    if turn.at is not None and at != turn.at:
        yield f"it stands at {at!r}, not at {turn.at!r}"
    for name, value in turn.knows.items():
        if not _is(talk.slots.get(name), value):
            yield f"{name} is {talk.slots.get(name)!r}, not {value!r}"
    yield from (f"{one!r} is not in {said!r}" for one in _filled(turn.says, known) if one not in said)
    yield from (f"{one!r} is in {said!r}" for one in turn.never if one in said)
    options = [one.replace("\N{NARROW NO-BREAK SPACE}", " ") for one in talk.options]
    if turn.offers is not None and sorted(options) != sorted(turn.offers):
        yield f"it offers {options}"
    if turn.outcome and talk.last.outcome != turn.outcome:
        yield f"it is {talk.last.outcome}"


def _is(value: Any, wanted: Any) -> bool:
    """Days are told by words: they move with the calendar."""
    today = timezone.localdate()
    if wanted == "none":
        return value is None
    if wanted == "tomorrow":
        return bool(value == (today + timedelta(days=1)).isoformat())
    if wanted in WEEKDAYS:
        day = date.fromisoformat(value or "0001-01-01")
        return day > today and day.isoweekday() == WEEKDAYS[wanted]
    if wanted in PARTS:
        return bool(value and value["from"].endswith(PARTS[wanted]))
    return bool(value == wanted)
