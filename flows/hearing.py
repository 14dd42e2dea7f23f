"""What each command, an understanding of the customer's words, does to the conversation. Used by the runner.

Every command is safe at any step. One that means nothing where the conversation stands is not understood, and
whoever is not understood three times is offered a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flows import graph
from flows.conditions import holds
from flows.library import DIGRESSION
from flows.offers import is_offered, with_offers
from flows.run import MOST_FLOWS, Run
from flows.state import (
    AskKnowledge,
    Button,
    CancelFlow,
    ChitChat,
    ChooseOption,
    Clarify,
    Confirm,
    CorrectSlot,
    Frame,
    NotUnderstood,
    Rejected,
    SetSlot,
    StartFlow,
    WantPerson,
)
from flows.stock import phrase
from flows.texts import in_language
from flows.values import shown
from flows.walking import keep

MOST_VAIN = 3  # times in a row that nothing was understood, until a person is offered


def start_flow(run: Run, command: StartFlow) -> None:
    groups = run.groups()
    begun = next((group for group in groups if group[0].flow == command.flow), None)
    if begun is not None:  # go back to it, where it stands
        rest = [frame for group in groups if group is not begun for frame in group]
        run.frames = [*rest, *begun]
        ask_again(run)
        return
    found = run.library.current(command.flow)
    if found is None or len(groups) >= MOST_FLOWS or not _may_begin(run, found[1]):
        not_understood(run, NotUnderstood())
        return
    run.vain = 0
    run.push(found)


def _may_begin(run: Run, flow: graph.Graph) -> bool:
    return flow.begins and (flow.when is None or holds(flow.when, {**run.facts(), "slots": run.remembered}))


def set_slot(run: Run, command: SetSlot) -> None:
    at = _where_declared(run, command.slot)
    if at is None:
        not_understood(run, NotUnderstood())
        return
    if at < len(run.frames) - 1:  # of a flow that waits: it will not ask for it
        run.frames[at] = run.frames[at].with_slot(command.slot, command.value)
        return
    if why := _refused(run, run.top, command.slot, command.value):
        rejected(run, Rejected(command.slot, why))
        return
    run.vain = 0
    keep(run, command.slot, command.value)
    node = run.node()
    if run.top.waiting == "slot" and isinstance(node, graph.Ask) and node.slot == command.slot:
        run.go(node.next)


def _refused(run: Run, frame: Frame, name: str, value: Any) -> str:
    """Why a slot does not take a value of its kind, "" where it does."""
    slot = _declared(run, frame, name)
    if not is_offered(slot, frame.slots, value):
        return "not_offered"
    facts = {**run.facts(), "slots": {**frame.slots, name: value}}
    return "" if slot.valid is None or holds(slot.valid, facts) else "invalid"


def correct_slot(run: Run, command: CorrectSlot) -> None:
    """Back to the step that asked for it, with the new value; what was asked since is still known."""
    at = _where_declared(run, command.slot)
    if at is None or run.frames[at].slots.get(command.slot) == command.value:
        set_slot(run, SetSlot(command.slot, command.value))
        return
    frame, slot = run.frames[at], _declared(run, run.frames[at], command.slot)
    if why := _refused(run, frame, command.slot, command.value):
        run.say(run.words(slot.reject) or phrase(why, run.about.language))
        ask_again(run)
        return
    if frame.done:
        run.repair("too_late", flow=run.name_of(frame))
        return
    run.vain = 0
    del run.frames[at + 1 :]
    keep(run, command.slot, command.value)
    run.frames[-1] = _rewound(run, run.top, command.slot)
    label = in_language(slot.label, run.about.language) or command.slot.replace("_", " ")
    run.repair(
        "corrected",
        slot=label,
        value=shown(command.value, with_offers(slot, frame.slots, run.about.language), run.about.language),
    )


def _rewound(run: Run, frame: Frame, slot: str) -> Frame:
    flow = run.flow_of(frame)
    asked = [number for number, name in enumerate(frame.trail) if flow and _asks(flow.node(name), slot)]
    if not asked:
        return replace(frame, waiting="", confirmed=False)
    return replace(frame, node=frame.trail[asked[-1]], trail=frame.trail[: asked[-1] + 1], waiting="",
                   confirmed=False, skip=frame.said, said=())  # fmt: skip


def _asks(node: Any, slot: str) -> bool:
    return isinstance(node, graph.Ask | graph.Choose) and node.slot == slot


def _where_declared(run: Run, slot: str) -> int | None:
    """The nearest frame whose flow has the slot."""
    flows = [(at, run.flow_of(frame)) for at, frame in enumerate(run.frames)]
    return next((at for at, flow in reversed(flows) if flow and slot in flow.slots), None)


def _declared(run: Run, frame: Frame, slot: str) -> graph.Slot:
    flow = run.flow_of(frame)
    return flow.slots[slot] if flow else graph.Slot()


def choose_option(run: Run, command: ChooseOption) -> None:
    node = run.node()
    options = getattr(node, "options", ()) if run.frames and run.top.waiting == "choice" else ()
    option = next((one for one in options if one.value == command.value), None)
    if option is None:
        not_understood(run, NotUnderstood())
        return
    run.vain = 0
    if node.slot:
        keep(run, node.slot, option.value)
    run.go(option.next)


def confirm(run: Run, command: Confirm) -> None:
    node = run.node()
    waiting = run.top.waiting if run.frames else ""
    if waiting == "slot" and isinstance(node, graph.Ask):
        set_slot(run, SetSlot(node.slot, command.yes))
    elif waiting == "confirmation" and command.yes:
        run.change(confirmed=True, waiting="")
    elif waiting == "confirmation" and isinstance(node, graph.Act) and node.declined:
        run.go(node.declined)
    elif waiting == "confirmation":
        cancel(run, CancelFlow())
    else:
        not_understood(run, NotUnderstood())


def cancel(run: Run, _command: CancelFlow) -> None:
    if not run.frames:
        not_understood(run, NotUnderstood())
        return
    run.vain = 0
    group = run.drop_group("cancelled")
    run.repair("cancelled", flow=run.name_of(group[0]))


def ask_knowledge(run: Run, command: AskKnowledge) -> None:
    run.vain = 0
    run.push((0, DIGRESSION), about={"question": command.question})


def clarify(run: Run, command: Clarify) -> None:
    """Name what may be meant. Who cannot say it twice is offered a person."""
    names = [in_language(found[1].name, run.about.language) or key
             for key in command.flows if (found := run.library.current(key))]  # fmt: skip
    run.vain += 1
    if len(names) < 2 or run.vain >= MOST_VAIN:
        offer_person(run)
        return
    buttons = tuple(Button(name, name) for name in [*names, phrase("something_else", run.about.language)])
    run.say(phrase("clarify", run.about.language), buttons)
    run.resting = not run.frames or run.top.waiting != ""


def want_person(run: Run, _command: WantPerson) -> None:
    run.vain = 0
    run.repair("human")


def chit_chat(run: Run, command: ChitChat) -> None:
    run.say(command.reply)
    ask_again(run)


def rejected(run: Run, command: Rejected) -> None:
    """Ask again, a limited number of times; then on as the flow says, else with a person."""
    node, frame = run.node(), run.top if run.frames else None
    if frame is None or frame.waiting not in ("slot", "choice") or node is None:
        not_understood(run, NotUnderstood())
        return
    flow = run.flow_of(frame)
    slot = flow.slots.get(getattr(node, "slot", "")) if flow else None
    asked = frame.asks.get(node.id, 0) + 1
    run.change(asks={**frame.asks, node.id: asked})
    most = slot.most_asks if isinstance(node, graph.Ask) and slot else getattr(node, "most_asks", MOST_VAIN)
    if asked >= most:
        give_up(run, node)
        return
    reject = run.words(slot.reject) if slot else ""
    run.say(reject or phrase(command.why or "not_a_value", run.about.language))
    ask_again(run)


def give_up(run: Run, node: Any) -> None:
    if node.otherwise:
        run.go(node.otherwise)
        return
    run.drop_group("given_up")
    run.repair("not_understood")


def not_understood(run: Run, _command: NotUnderstood) -> None:
    if run.frames and run.top.waiting in ("slot", "choice"):
        rejected(run, Rejected(""))
        return
    run.vain += 1
    if run.vain >= MOST_VAIN:
        offer_person(run)
        return
    run.say(phrase("not_understood", run.about.language))
    ask_again(run)


def offer_person(run: Run) -> None:
    run.vain = 0
    run.repair("not_understood")


def ask_again(run: Run) -> None:
    """Say once more what the conversation waits for; it does not count as asked in vain."""
    if run.frames and run.top.waiting:
        run.change(waiting="")


HEAR: dict[type, Callable[[Run, Any], None]] = {
    StartFlow: start_flow,
    SetSlot: set_slot,
    CorrectSlot: correct_slot,
    ChooseOption: choose_option,
    Confirm: confirm,
    CancelFlow: cancel,
    AskKnowledge: ask_knowledge,
    Clarify: clarify,
    WantPerson: want_person,
    ChitChat: chit_chat,
    Rejected: rejected,
    NotUnderstood: not_understood,
}
