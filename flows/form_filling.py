"""What a form does: it is shown and filled in, or its slots are asked for in words, one after the other.

Used by the runner only. What was written is read as an answer to each slot's own question. What is good is
kept; what is not is shown again with the reason, a limited number of times.
"""

from __future__ import annotations

from dataclasses import replace

from flows import graph
from flows.answering import read_answer, refused
from flows.buttons import buttons_of
from flows.form_steps import colon, fields_of, label_of, left_of, may_be_empty
from flows.graph import Graph
from flows.misunderstanding import HALF_SAID, count, give_up, leave_empty, not_understood
from flows.offers import with_offers
from flows.run import Run
from flows.slot import Slot
from flows.state import Button, FillForm, LeaveOut
from flows.taking import keep

WRONG = {"email": "field_email", "phone": "field_phone"}


def form(run: Run, node: graph.Form) -> None:
    """Ask for all that is not known: as a form, or in words once the customer has answered it in words, also
    when a correction has led back before it."""
    flow = run.flow_of(run.top)
    left = left_of(flow, node, run.top) if flow else ()
    if flow is None or not left:
        run.go(node.next)
    elif run.top.asking in fields_of(flow, node) or not run.about.forms:
        _ask_for(run, flow, node, run.top.asking if run.top.asking in left else left[0])
    else:
        run.say(_what_is_wrong(run, flow) or run.words(node.text) or run.phrase("form"))
        run.change(waiting="form")


def _ask_for(run: Run, flow: Graph, node: graph.Form, name: str) -> None:
    slot = with_offers(flow.slots[name], run.top.slots, run.about.language)
    buttons = buttons_of(run, slot)
    if may_be_empty(node, name):
        buttons = (*buttons, Button(run.phrase("skip"), run.phrase("skip")))
    run.say(run.words(slot.ask) or run.words(slot.label) or run.phrase("ask"), buttons)
    run.change(waiting="slot", asking=name)


def _what_is_wrong(run: Run, flow: Graph) -> str:
    """For whoever reads it without seeing the form: which answers were refused, and why."""
    if not run.top.wrong:
        return ""
    language = run.about.language
    lines = [
        f"- **{label_of(flow.slots[name], name, language)}**{colon(language)} {one['why']}"
        for name, one in run.top.wrong.items()
        if name in flow.slots
    ]
    return "\n".join([run.phrase("form_wrong"), "", *lines])


def fill_form(run: Run, command: FillForm) -> None:
    """Each is read by itself, in the order of the form. None of them is lost because of another."""
    node = run.node()
    flow = run.flow_of(run.top) if run.frames else None
    if flow is None or run.top.waiting != "form" or not isinstance(node, graph.Form):
        not_understood(run)
        return
    run.vain = 0
    wrong = {}
    for name in left_of(flow, node, run.top):
        written = command.values.get(name, "").strip()
        if why := _take(run, node, name, flow.slots[name], written):
            wrong[name] = {"written": written, "why": why}
    run.change(wrong=wrong, asides=0, waiting="")
    in_vain = [name for name in wrong if count(run, node, name) >= flow.slots[name].most_asks]
    for name in in_vain:
        if may_be_empty(node, name):
            leave_empty(run, name)
    if not all(may_be_empty(node, name) for name in in_vain):
        give_up(run, node)


def _take(run: Run, node: graph.Form, name: str, slot: Slot, written: str) -> str:
    """Why it is not taken, in words; "" where it is."""
    if not written and may_be_empty(node, name):
        leave_empty(run, name)
        return ""
    if not written:
        return run.phrase("field_needed")
    as_typed = slot.model_copy(update={"label": {}})  # of "In Soo Kim" nothing introduces the rest
    reading = read_answer(as_typed if slot.kind == "text" else slot, run.top.slots, written, run.about)
    if reading.value is None:
        return _why_not(run, slot, reading.why)
    if why := refused(slot, name, reading.value, {**run.facts(), "slots": run.top.slots}):
        return run.words(slot.reject) or run.phrase(why)
    keep(run, name, reading.value)
    run.change(filled=(*run.top.filled, name))
    return ""


def _why_not(run: Run, slot: Slot, why: str) -> str:
    """“I did not understand that” is no help beside a field."""
    if why in HALF_SAID:
        return run.phrase(why)
    says_little = why in ("", "not_a_value", "invalid")
    return run.words(slot.reject) or run.phrase(WRONG.get(slot.kind, "field_wrong") if says_little else why)


def leave_out(run: Run, command: LeaveOut) -> None:
    """“Skip”, to the question for something that may be left out."""
    asked = run.top.asking if run.frames and run.top.waiting == "slot" else ""
    if asked and asked == command.slot and may_be_empty(run.node(), asked):
        run.vain = 0
        leave_empty(run, asked)
    else:
        not_understood(run)


def answered_in_words(run: Run, name: str) -> None:
    """The next of them is asked for in words too."""
    frame = run.top
    run.frames[-1] = replace(
        frame, filled=(*frame.filled, name), asking=name, waiting="", wrong={}, half="", asides=0
    )
