"""What was answered before the chat, as values of a flow that begins: it is not asked again. Pure."""

from __future__ import annotations

from typing import Any

from flows.answering import read_answer, refused
from flows.graph import Graph
from flows.run import Facts


def told_before(flow: Graph, facts: Facts) -> dict[str, Any]:
    """By slots of the same name, read as answers to their own questions. What is only a guess is asked for,
    and so are files and what is chosen from a list that an action brings."""
    found: dict[str, Any] = {}
    for name, text in (facts.told or {}).items():
        slot = flow.slots.get(name)
        if slot is None or slot.offered or slot.kind == "file":
            continue
        reading = read_answer(slot, found, text, facts)
        about = {**facts.as_mapping(), "slots": found}
        if reading.value is not None and reading.sure and not refused(slot, name, reading.value, about):
            found[name] = reading.value
    return found
