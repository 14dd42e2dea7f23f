"""What happens when an answer is none, or nothing was understood: asked again, and then a person is offered.

Used by the runner only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flows import graph
from flows.form_steps import asked_in_words, asked_slot, left_of, may_be_empty
from flows.rewinding import choose_anew
from flows.run import Run
from flows.slot import Slot
from flows.state import Rejected
from flows.taking import keep

HALF_SAID = ("day_missing", "time_missing", "end_missing")
MOST_VAIN = 3  # times in a row that nothing was understood, until a person is offered


WAITS_FOR_ONE = ("slot", "choice", "form")  # answers that are none are counted


def asked_for(run: Run) -> Slot:
    """The slot whose own question was asked."""
    return asked_slot(run.flow_of(run.top), run.node(), run.top) if run.frames else Slot()


def name_asked_for(run: Run) -> str:
    return asked_in_words(run.flow_of(run.top), run.node(), run.top) if run.frames else ""


def rejected(run: Run, command: Rejected) -> None:
    """Ask again, a limited number of times; then on as the flow says, else with a person."""
    node, frame = run.node(), run.top if run.frames else None
    if frame is not None and frame.waiting == "confirmation" and choose_anew(run, command.slot):
        run.vain = 0
        if command.why not in HALF_SAID:  # the day may be one of those that are offered
            flow = run.flow_of(run.top)
            words = flow.slots[command.slot].reject if flow else {}
            run.say(run.words(words) or run.phrase(command.why or "not_offered"))
        return
    if frame is None or frame.waiting not in WAITS_FOR_ONE or node is None:
        not_understood(run)
        return
    if frame.waiting == "form" and not _turn_to_words(run, node, command.slot):
        return
    slot, name = asked_for(run), name_asked_for(run)
    asked = count(run, node, name)
    run.change(asides=0)
    if asked >= (node.most_asks if isinstance(node, graph.Choose) else slot.most_asks):
        _give_in(run, node, name)
        return
    if command.why in HALF_SAID and command.said:  # only for the other half
        run.change(half=command.said)
        run.say(run.phrase(command.why))
        return
    run.say(run.words(slot.reject) or run.phrase(command.why or "not_a_value"))
    ask_again(run)


def count(run: Run, node: Any, name: str) -> int:
    """How often an answer to this was none, with this time. Of a form each slot is counted by itself."""
    place = f"{node.id}.{name}" if isinstance(node, graph.Form) else node.id
    asked = run.top.asks.get(place, 0) + 1
    run.change(asks={**run.top.asks, place: asked})
    return asked


def _turn_to_words(run: Run, node: Any, refused: str) -> bool:
    """Words came instead of the form: from here on it is asked for one by one. True where the words were an
    answer to one of its slots, and no good one."""
    flow = run.flow_of(run.top)
    left = left_of(flow, node, run.top) if flow and isinstance(node, graph.Form) else ()
    if refused in left:
        run.change(waiting="slot", asking=refused, wrong={})
        return True
    run.say(run.phrase("form_in_words"))
    run.change(waiting="", asking=next(iter(left), ""), wrong={}, asides=0)
    return False


def _give_in(run: Run, node: Any, name: str) -> None:
    """What may be left out keeps nobody from going on."""
    if may_be_empty(node, name):
        leave_empty(run, name)
    else:
        give_up(run, node)


def leave_empty(run: Run, name: str) -> None:
    if run.top.slots.get(name) is not None:  # it was asked for again
        keep(run, name, None)
    frame = run.top
    run.frames[-1] = replace(
        frame, empty=(*frame.empty, name), filled=(*frame.filled, name), waiting="", half=""
    )


def give_up(run: Run, node: Any) -> None:
    if node.otherwise:
        run.go(node.otherwise)
    else:
        run.break_off("given_up", "not_understood")


def not_understood(run: Run) -> None:
    if run.frames and run.top.waiting in WAITS_FOR_ONE and run.node() is not None:
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
