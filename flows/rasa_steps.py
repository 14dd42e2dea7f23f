"""The steps of a flow as Rasa's: each becomes one or two, which lead on by name. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any

from flows import graph as form
from flows import rasa_kept
from flows.conditions import All, AnyOf, Not

END = "END"
PATTERN_NAMES = {
    "corrected": "pattern_correction", "cancelled": "pattern_cancel_flow", "human": "pattern_human_handoff",
    "resumed": "pattern_continue_interrupted", "not_understood": "pattern_cannot_handle",
    "failed": "pattern_internal_error",
}  # fmt: skip
SIGNS = {
    "is": "=", "is_not": "!=", "above": ">", "below": "<", "at_least": ">=", "at_most": "<=",
    "contains": "contains",
}  # fmt: skip
Step = dict[str, Any]


def step_of(flow: str, node: Any, ids: Collection[str]) -> list[Step]:
    def to(target: str) -> str:
        return target if target in ids else END

    steps = STEPS[node.kind](flow, node, to)
    fields, words = rasa_kept.of_step(node)
    if len(steps) > 1 and node.kind == "act":
        words = {"confirms": True}
    if node.kind == "form":
        fields, words = {}, {"form": fields, **words}
    for step, kept in ((steps[-1], fields), (steps[0], words)):
        if kept:
            step["metadata"] = rasa_kept.metadata({**rasa_kept.read(step), **kept})
    return [{"id": node.id, **steps[0]}, *steps[1:]]


To = Callable[[str], str]


def _say(flow: str, node: Any, to: To) -> list[Step]:
    if not any(node.text.values()):
        return [{"noop": True, "next": to(node.next)}]
    return [{"action": f"utter_{flow}_{node.id}", "next": to(node.next)}]


def _end(flow: str, node: Any, to: To) -> list[Step]:
    if not any(node.text.values()):
        return [{"noop": True, "next": END}]
    return [{"action": f"utter_{flow}_{node.id}", "next": END}]


def _ask(_flow: str, node: form.Ask, to: To) -> list[Step]:
    step: Step = {"collect": node.slot}
    if node.again:
        step["ask_before_filling"] = True
    return [{**step, "next": to(node.next)}]


def _form(flow: str, node: form.Form, to: To) -> list[Step]:
    """What stands above it, then one question after the other."""
    names = [f"{node.id}-{number}" for number, _slot in enumerate(node.slots, 1)]
    ways = [*names, to(node.next)]
    asks: list[Step] = [
        {"id": name, "collect": slot, **({"ask_before_filling": True} if node.again else {}), "next": way}
        for name, slot, way in zip(names, node.slots, ways[1:], strict=True)
    ]
    return [{**_say(flow, node, to)[0], "next": ways[0]}, *asks]


def _choose(flow: str, node: form.Choose, to: To) -> list[Step]:
    slot = node.slot or f"{flow}_{node.id}"
    cases = [
        {"if": f"slots.{slot} = {_value(option.value)}", "then": to(option.next)} for option in node.options
    ]
    return [{"collect": slot, "ask_before_filling": True, "next": [*cases, {"else": to(node.otherwise)}]}]


def _branch(_flow: str, node: form.Branch, to: To) -> list[Step]:
    cases = [{"if": condition(case.when), "then": to(case.next)} for case in node.cases]
    return [{"noop": True, "next": [*cases, {"else": to(node.next)}]}]


def _set(_flow: str, node: form.Set, to: To) -> list[Step]:
    return [
        {"set_slots": [{name: value} for name, value in sorted(node.values.items())], "next": to(node.next)}
    ]


def _act(flow: str, node: form.Act, to: To) -> list[Step]:
    act: Step = {"action": node.action or "action_listen", "next": to(node.next)}
    if not any(node.confirm.values()):
        return [act]
    slot, doing = f"{flow}_{node.id}_confirmed", f"{node.id}-do"
    ways = [{"if": f"slots.{slot} = true", "then": doing}, {"else": to(node.declined)}]
    return [{"collect": slot, "ask_before_filling": True, "next": ways}, {"id": doing, **act}]


def _answer(_flow: str, node: form.Answer, to: To) -> list[Step]:
    return [{"action": "action_trigger_search", "next": to(node.next)}]


def _hand_off(flow: str, node: form.HandOff, to: To) -> list[Step]:
    link = {"link": "pattern_human_handoff"}
    if not any(node.text.values()):
        return [link]
    handing = f"{node.id}-do"
    return [{"action": f"utter_{flow}_{node.id}", "next": handing}, {"id": handing, **link}]


def _call(_flow: str, node: form.Call, to: To) -> list[Step]:
    return [{"call": node.flow, "next": to(node.next)}]


STEPS: dict[str, Callable[[str, Any, To], list[Step]]] = {
    "say": _say,
    "ask": _ask,
    "form": _form,
    "choose": _choose,
    "branch": _branch,
    "set": _set,
    "act": _act,
    "answer": _answer,
    "handoff": _hand_off,
    "call": _call,
    "end": _end,
}


def condition(test: Any) -> str:
    """In Rasa's words for conditions (pypred); a fact is a slot whose name has `_` for `.`."""
    if isinstance(test, Not):
        return f"not ({condition(test.no)})"
    if isinstance(test, All | AnyOf):
        inner = test.all if isinstance(test, All) else test.any
        joined = (" and " if isinstance(test, All) else " or ").join(f"({condition(one)})" for one in inner)
        return joined or ("true" if isinstance(test, All) else "false")
    name = "slots." + test.fact.removeprefix("slots.").replace(".", "_")
    if test.op in ("known", "unknown"):
        return f"{name} is not null" if test.op == "known" else f"{name} is null"
    if test.op == "one_of":
        values = test.value if isinstance(test.value, tuple) else (test.value,)
        return " or ".join(f"{name} = {_value(one)}" for one in values) or "false"
    return f"{name} {SIGNS[test.op]} {_value(test.value)}"


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return _value(value[0]) if value else "null"
    return json.dumps(value, ensure_ascii=False)
