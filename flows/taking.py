"""What slots take: a value, and what came of an action (`failed.times` is a part of its refusal).

Used by the runner only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flows import graph
from flows.conditions import fact
from flows.offers import is_offered
from flows.paths import is_of_a_refusal
from flows.run import Run
from flows.state import Acted

MOST_TAKEN = 20_000  # characters of what an action brought that one slot keeps
LONGEST_MESSAGE = 1_000


def keep(run: Run, name: str, value: Any) -> None:
    """Give the top frame's slot a value, and the conversation what other flows share."""
    flow = run.flow_of(run.top)
    empty = tuple(one for one in run.top.empty if one != name)
    run.frames[-1] = replace(run.top.with_slot(name, value), empty=empty)
    if flow and name in flow.slots and flow.slots[name].remembered:
        run.remembered = {key: one for key, one in {**run.remembered, name: value}.items() if one is not None}
    _forget_what_is_no_longer_offered(run, name)


def _forget_what_is_no_longer_offered(run: Run, name: str) -> None:
    """The time that was chosen, when the day has been changed and other times were brought."""
    flow = run.flow_of(run.top)
    for chosen, slot in (flow.slots if flow else {}).items():
        value = run.top.slots.get(chosen)
        if slot.offered == name and value is not None and not is_offered(slot, run.top.slots, value):
            run.frames[-1] = run.top.with_slot(chosen, None)


def take(run: Run, node: graph.Act, event: Acted) -> None:
    """The slots that take a part of this. What the step takes of the other outcome stays as it was."""
    run.change(failure={} if event.ok else _why(run, event))
    for name, path in node.takes.items():
        if is_of_a_refusal(path) == event.ok:
            continue
        part = path.partition(".")[2] if is_of_a_refusal(path) else path
        value = _small(event.data if not part else fact({"data": event.data}, f"data.{part}"))
        if event.ok or value is not None:
            keep(run, name, value)


def _why(run: Run, event: Acted) -> dict[str, str]:
    """Every failure has a message, so that a text with it never has a hole."""
    message = event.message or run.phrase("did_not_work")
    return {"error": event.error, "message": message[:LONGEST_MESSAGE]}


def _small(value: Any) -> Any:
    """The state is stored with each answer: what is too much for it is cut, or left out."""
    if isinstance(value, str):
        return value[:MOST_TAKEN]
    return None if len(str(value)) > MOST_TAKEN else value
