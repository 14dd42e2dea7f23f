"""The tests of a bot of another system as scenarios. Pure.

What the importer says of a test comes from a file from anywhere: it is checked like anything typed by hand.
What has no place among the expectations becomes a note, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from evaluation.scripted import MOST_LINES, MOST_TURNS, Script
from flows.importers.base import LATER
from untrusted.shapes import mapping, mappings, text

LONGEST = 4_000
# What is asked of a bot's state, by the name of our expectation.
NAMED = {"flow_started": "flow", "flow_completed": "ends"}
Draft = dict[str, Any]


def scripts_of(tests: Iterable[Any]) -> Iterator[Script]:
    """Names stay apart: tests of other systems may share one."""
    used: set[str] = set()
    for test in tests:
        if script := _script(mapping(test), used):
            yield script


def _script(test: Draft, used: set[str]) -> Script | None:
    """None for a test in which the customer says nothing."""
    turns, before = list[Draft](), list[str]()
    for turn in mappings(test.get("turns")):
        if turn.get("role") == "customer" and text(turn.get("text")):
            turns.append({"customer": text(turn["text"])[:LONGEST], "expects": {}, "notes": []})
        elif turns:
            _expect(turns[-1], turn)
        else:
            before.append(_noted(turn))
    data = {
        "name": free_name(text(test.get("name"))[:190] or "?", used),
        "language": text(test.get("language")) or "en",
        "situation": _situation(turns),
        "notes": [note for note in before if note][:MOST_LINES],
        "turns": turns[:MOST_TURNS],
    }
    try:
        return Script.model_validate(data)
    except ValidationError:
        return None


def free_name(name: str, used: set[str]) -> str:
    """The name, or with a number where it is used already; it is used from now on."""
    free, number = name, 1
    while free in used:
        number += 1
        free = f"{name[:190]} ({number})"
    used.add(free)
    return free


def _expect(turn: Draft, found: Draft) -> None:
    expects, said, check = turn["expects"], text(found.get("text"))[:LONGEST], text(found.get("check"))
    values = {name: one for name, one in mapping(found.get("values")).items() if name and _plain(one)}
    if found.get("role") == "bot" and said:
        _add(expects, "says", said)
    elif check in NAMED and said:
        expects.setdefault(NAMED[check], said[:60])
    elif check == "slot_was_set" and values:
        expects.setdefault("slots", {}).update(list(values.items())[:MOST_LINES])
    elif check == "action" and said:
        _add(expects, "actions", said)
    elif check == "handoff":
        expects["handoff"] = True
    elif note := _noted(found):
        turn["notes"] = [*turn["notes"], note][:MOST_LINES]


def _add(expects: Draft, name: str, line: str) -> None:
    lines = expects.setdefault(name, [])
    if line not in lines and len(lines) < MOST_LINES:
        lines.append(line)


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, str | bool | int | float)


def _noted(found: Draft) -> str:
    said, check = text(found.get("text")), text(found.get("check"))
    label = "later" if check == LATER else check
    return ": ".join(part for part in (label, said) if part)[:LONGEST]


def _situation(turns: list[Draft]) -> str:
    """What can be told from the expectations alone."""
    return "handoff" if any("handoff" in turn["expects"] for turn in turns) else ""
