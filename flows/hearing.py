"""What each command, an understanding of the customer's words, does to the conversation. Used by the runner.

Every command is safe at any step. One that means nothing where the conversation stands is not understood, and
whoever is not understood three times is offered a person.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flows import aside, graph
from flows.conditions import holds
from flows.filling import correct_slot, set_slot
from flows.form_filling import fill_form, leave_out
from flows.library import DIGRESSION
from flows.misunderstanding import (
    MOST_VAIN,
    ask_again,
    asked_for,
    name_asked_for,
    not_understood,
    offer_person,
    rejected,
)
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
    FillForm,
    Frame,
    LeaveOut,
    NotUnderstood,
    Rejected,
    SetSlot,
    StartFlow,
    WantPerson,
)
from flows.taking import keep
from flows.texts import in_language, render
from flows.told_before import told_before

YES_OR_NO = ("yes", "no")


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
        not_understood(run)
        return
    run.vain = 0
    if groups and run.top.waiting and not run.is_repair(groups[-1][0]):
        _first_this(run, found[1], groups[-1][0])
    run.push(found, slots=_told(run, found[1]))
    if len(run.frames) > 1 and _is_question_to_come(run.frames[-2]):  # asked in the same breath, before it
        run.frames[-2:] = run.frames[:-3:-1]


def _told(run: Run, flow: graph.Graph) -> dict[str, Any]:
    """Before the chat. What was said to another flow since goes before it."""
    shared = {name for name in run.remembered if name in flow.slots and flow.slots[name].remembered}
    told = told_before(flow, run.about)
    return {name: value for name, value in told.items() if name not in shared}


def _first_this(run: Run, begun: graph.Graph, interrupted: Frame) -> None:
    """What is asked next belongs to another flow: who was asked something is told, and that it comes back."""
    language = run.about.language
    names = {"flow": in_language(begun.name, language) or begun.key, "before": run.name_of(interrupted)}
    run.say(render(run.phrase("interrupted"), {"slots": names}, {}, language))


def _is_question_to_come(frame: Frame) -> bool:
    return frame.flow == DIGRESSION.key and not frame.waiting


def _may_begin(run: Run, flow: graph.Graph) -> bool:
    return flow.begins and (flow.when is None or holds(flow.when, {**run.facts(), "slots": run.remembered}))


def choose_option(run: Run, command: ChooseOption) -> None:
    node = run.node()
    waiting = run.top.waiting if run.frames else ""
    options = node.options if waiting == "choice" and isinstance(node, graph.Choose) else ()
    option = next((one for one in options if one.value == command.value), None)
    if option is not None:
        run.vain = 0
        if node.slot:
            keep(run, node.slot, option.value)
        run.go(option.next)
        if option.confirms and option.confirms == option.next:
            run.change(confirmed=True)
    elif waiting == "slot" and any(choice.value == command.value for choice in asked_for(run).choices):
        set_slot(run, SetSlot(name_asked_for(run), command.value))
    elif waiting in ("slot", "confirmation") and command.value in YES_OR_NO:
        confirm(run, Confirm(command.value == "yes"))
    else:
        not_understood(run)


def confirm(run: Run, command: Confirm) -> None:
    """To whatever was asked that one can say yes or no to."""
    node = run.node()
    waiting, word = run.top.waiting if run.frames else "", "yes" if command.yes else "no"
    if waiting == "slot" and asked_for(run).kind == "yes_no":
        set_slot(run, SetSlot(name_asked_for(run), command.yes))
    elif _is_offered(run, word):
        choose_option(run, ChooseOption(word))
    elif waiting == "confirmation" and command.yes:
        run.change(confirmed=True, waiting="")
    elif waiting == "confirmation" and isinstance(node, graph.Act) and node.declined:
        run.go(node.declined)
    elif waiting == "confirmation":
        cancel(run, CancelFlow())
    elif not run.frames or waiting:  # else it is said of what was just changed, and is asked again
        not_understood(run)


def _is_offered(run: Run, word: str) -> bool:
    node, waiting = run.node(), run.top.waiting if run.frames else ""
    if waiting == "slot":
        return any(choice.value == word for choice in asked_for(run).choices)
    return waiting == "choice" and any(option.value == word for option in getattr(node, "options", ()))


def cancel(run: Run, _command: CancelFlow) -> None:
    """What the customer is in the middle of. To an offer it is a no, and a question is forgotten with it,
    as is the offer to go on."""
    while run.frames and (run.top.flow == DIGRESSION.key or aside.is_offer(run, run.top)):
        run.drop_group("cancelled")
    if not run.frames:
        not_understood(run)
        return
    run.vain = 0
    node = run.node()
    if run.is_repair(run.top) and isinstance(node, graph.Choose) and node.otherwise:
        run.go(node.otherwise)
        return
    group = run.drop_group("cancelled")
    run.repair("cancelled", flow=run.name_of(group[0]))


def ask_knowledge(run: Run, command: AskKnowledge) -> None:
    run.vain = 0
    aside.count(run)
    run.push((0, DIGRESSION), about={"question": command.question})


def clarify(run: Run, command: Clarify) -> None:
    """Name what may be meant. Who cannot say it twice is offered a person."""
    names = [in_language(found[1].name, run.about.language) or key
             for key in command.flows if (found := run.library.current(key))]  # fmt: skip
    run.vain += 1
    if len(names) < 2 or run.vain >= MOST_VAIN:
        offer_person(run)
        return
    buttons = tuple(Button(name, name) for name in [*names, run.phrase("something_else")])
    run.say(run.phrase("clarify"), buttons)
    run.resting = not run.frames or run.top.waiting != ""


def want_person(run: Run, _command: WantPerson) -> None:
    run.vain = 0
    run.repair("human")


def chit_chat(run: Run, command: ChitChat) -> None:
    """Whoever says goodbye is asked nothing more; should they come back, it goes on where it stood."""
    run.say(command.reply)
    if command.phrase == "bye":
        run.resting = True
    else:
        ask_again(run)


def nothing_understood(run: Run, _command: NotUnderstood) -> None:
    not_understood(run)


HEAR: dict[type, Callable[[Run, Any], None]] = {
    StartFlow: start_flow,
    SetSlot: set_slot,
    FillForm: fill_form,
    LeaveOut: leave_out,
    CorrectSlot: correct_slot,
    ChooseOption: choose_option,
    Confirm: confirm,
    CancelFlow: cancel,
    AskKnowledge: ask_knowledge,
    Clarify: clarify,
    WantPerson: want_person,
    ChitChat: chit_chat,
    Rejected: rejected,
    NotUnderstood: nothing_understood,
}
