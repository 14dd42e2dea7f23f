"""What the customer says about slots: a value that was asked for, one that was not, one that is corrected.

Used by the runner only.
"""

from __future__ import annotations

from flows import graph
from flows.answering import refused
from flows.form_filling import answered_in_words
from flows.form_steps import asked_now
from flows.looked_up import looked_up
from flows.misunderstanding import ask_again, not_understood, rejected
from flows.offers import with_offers
from flows.rewinding import looked_up_with, rewound
from flows.run import Run
from flows.slot import Slot
from flows.state import CorrectSlot, Frame, Rejected, SetSlot
from flows.taking import keep
from flows.texts import in_language
from flows.values import shown


def set_slot(run: Run, command: SetSlot) -> None:
    at = _where_declared(run, command.slot)
    if at is None:
        not_understood(run)
    elif _is_asked(run, command.slot):
        _answer(run, command)
    elif run.frames[at].slots.get(command.slot) not in (None, command.value):
        correct_slot(run, CorrectSlot(command.slot, command.value))
    elif at < len(run.frames) - 1:  # of a flow that waits: it will not ask for it
        run.frames[at] = run.frames[at].with_slot(command.slot, command.value)
    else:
        _answer(run, command)


def _is_asked(run: Run, slot: str) -> bool:
    return slot in asked_now(run.flow_of(run.top), run.node(), run.top)


def _answer(run: Run, command: SetSlot) -> None:
    node = run.node()
    if why := _refused(run, run.top, command):
        rejected(run, Rejected(command.slot, why))
        return
    run.vain = 0
    asked = _is_asked(run, command.slot)
    keep(run, command.slot, command.value)
    if asked and isinstance(node, graph.Form):
        answered_in_words(run, command.slot)
    elif asked:
        run.go(node.next)
    elif run.top.waiting and not run.top.done and looked_up_with(run, run.top, command.slot):
        run.frames[-1] = rewound(run, run.top, command.slot)


def _refused(run: Run, frame: Frame, command: SetSlot | CorrectSlot) -> str:
    slot = _declared(run, frame, command.slot)
    facts, asked = {**run.facts(), "slots": frame.slots}, _is_asked(run, command.slot)
    return refused(slot, command.slot, command.value, facts, asked=asked)


def correct_slot(run: Run, command: CorrectSlot) -> None:
    """Back to the step that asked for it, with the new value; what was asked since is still known."""
    at = _where_declared(run, command.slot)
    if at is None or run.frames[at].slots.get(command.slot) == command.value:
        set_slot(run, SetSlot(command.slot, command.value))
        return
    frame, slot = run.frames[at], _declared(run, run.frames[at], command.slot)
    if why := _refused(run, frame, command):
        run.say(run.words(slot.reject) or run.phrase(why))
        ask_again(run)
    elif frame.done:
        run.repair("too_late", flow=run.name_of(frame))
    else:
        _correct(run, at, command, slot)


def _correct(run: Run, at: int, command: CorrectSlot, slot: Slot) -> None:
    """What the flow has called since is begun anew; what the customer began since goes on."""
    run.vain = 0
    above = _begun_since(run, at)
    del run.frames[at + 1 :]
    keep(run, command.slot, command.value)
    run.frames[-1] = rewound(run, run.top, command.slot)
    run.frames += above
    label = in_language(slot.label, run.about.language) or command.slot.replace("_", " ")
    offering = with_offers(slot, run.frames[at].slots, run.about.language)
    run.repair("corrected", slot=label, value=shown(command.value, offering, run.about.language))


def _begun_since(run: Run, at: int) -> list[Frame]:
    """The flows above, but for offers that the correction has answered."""
    ends, above = 0, list[Frame]()
    for group in run.groups():
        if ends > at and not run.is_repair(group[0]):
            above += group
        ends += len(group)
    return above


def _where_declared(run: Run, slot: str) -> int | None:
    """The nearest frame whose flow has the slot, if it is the customer's to fill."""
    flows = [(at, run.flow_of(frame)) for at, frame in enumerate(run.frames)]
    found = next(((at, flow) for at, flow in reversed(flows) if flow and slot in flow.slots), None)
    return found[0] if found and slot not in looked_up(found[1], run.library) else None


def _declared(run: Run, frame: Frame, slot: str) -> Slot:
    flow = run.flow_of(frame)
    return flow.slots[slot] if flow else Slot()
