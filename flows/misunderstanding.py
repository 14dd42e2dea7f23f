"""What happens when an answer is none, or nothing was understood: asked again, and then a person is offered.

Used by the runner only.
"""

from __future__ import annotations

from typing import Any

from flows import graph
from flows.run import Run
from flows.slot import Slot
from flows.state import Rejected

HALF_SAID = ("day_missing", "time_missing", "end_missing")
MOST_VAIN = 3  # times in a row that nothing was understood, until a person is offered


def asked_for(run: Run) -> Slot:
    """The slot that the step asks for at which the conversation stands."""
    flow, node = (run.flow_of(run.top), run.node()) if run.frames else (None, None)
    return flow.slots.get(getattr(node, "slot", ""), Slot()) if flow else Slot()


def rejected(run: Run, command: Rejected) -> None:
    """Ask again, a limited number of times; then on as the flow says, else with a person."""
    node, frame = run.node(), run.top if run.frames else None
    if frame is None or frame.waiting not in ("slot", "choice") or node is None:
        not_understood(run)
        return
    slot = asked_for(run)
    asked = frame.asks.get(node.id, 0) + 1
    run.change(asks={**frame.asks, node.id: asked}, asides=0)
    if asked >= (slot.most_asks if isinstance(node, graph.Ask) else node.most_asks):
        give_up(run, node)
        return
    if command.why in HALF_SAID and command.said:  # only for the other half
        run.change(half=command.said)
        run.say(run.phrase(command.why))
        return
    run.say(run.words(slot.reject) or run.phrase(command.why or "not_a_value"))
    ask_again(run)


def give_up(run: Run, node: Any) -> None:
    if node.otherwise:
        run.go(node.otherwise)
    else:
        run.break_off("given_up", "not_understood")


def not_understood(run: Run) -> None:
    if run.frames and run.top.waiting in ("slot", "choice") and run.node() is not None:
        rejected(run, Rejected(""))
        return
    run.vain += 1
    if run.vain >= MOST_VAIN:
        offer_person(run)
        return
    run.say(run.phrase("not_understood"))
    ask_again(run)


def offer_person(run: Run) -> None:
    run.vain = 0
    run.repair("not_understood")


def ask_again(run: Run) -> None:
    """Say once more what the conversation waits for; it does not count as asked in vain."""
    if run.frames and run.top.waiting:
        run.change(waiting="")
