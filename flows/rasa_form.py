"""A flow as Rasa's CALM flows: the flow, its slots and what it says, as far as Rasa knows such things. Pure.

Rasa has its own ways to correct, cancel, hand over and answer: what a flow says about those is left out, and
`left_out` names it. It is written as comments above the YAML too, so that nobody misses it. Rasa passes over
it, and so it is kept in the metadata of the steps (`flows/rasa_kept.py`): the flow comes back as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from flows import graph as form
from flows import rasa_kept
from flows.conditions import All, AnyOf, Not
from flows.graph import Graph
from flows.parts import Text
from flows.rasa_steps import PATTERN_NAMES, step_of
from flows.slot import Choice, Slot
from flows.texts import PLACEHOLDER, in_language, path_of
from flows.yaml_writing import write_yaml

TYPES = {
    "choice": "categorical", "yes_no": "bool", "number": "float", "money": "any", "period": "any",
    "file": "any",
}  # fmt: skip


class LeftOut(NamedTuple):
    """What Rasa's form cannot say: at which step (or slot), and what it is."""

    place: str
    what: str


def to_rasa(graph: Graph, language: str = "en") -> str:
    """`language` is the one that the assistant speaks unless asked for another."""
    flow_id = PATTERN_NAMES.get(graph.repair, graph.key)
    flow: dict[str, Any] = {
        "name": in_language(graph.name, language) or graph.key,
        "description": in_language(graph.description, language)
        or in_language(graph.name, language)
        or graph.key,
    }
    if translation := _translated(graph, language):
        flow["translation"] = translation
    if not graph.begins and not graph.repair:
        flow["if"] = False
    slots = {name: _slot(slot) for name, slot in sorted({**graph.slots, **_more_slots(graph)}.items())}
    data = {
        "version": "3.1",
        "flows": {flow_id: {**flow, "steps": _steps(graph)}},
        "slots": slots,
        "responses": dict(_responses(graph, language)),
        "actions": sorted(
            {node.action for node in graph.nodes if isinstance(node, form.Act) and node.action}
        ),
    }
    comments = [f"# Not said in Rasa: {one.place}: {one.what}" for one in left_out(graph)]
    head = ["# Written by Causerie.", *comments]
    return "\n".join(head) + "\n" + write_yaml({name: part for name, part in data.items() if part})


def _translated(graph: Graph, language: str) -> dict[str, dict[str, str]]:
    others = sorted({*graph.name, *graph.description} - {language})
    both = {"name": graph.name, "description": graph.description}
    return {
        other: {field: text[other] for field, text in both.items() if text.get(other)} for other in others
    }


def _slot(slot: Slot) -> dict[str, Any]:
    made: dict[str, Any] = {"type": TYPES.get(slot.kind, "text")}
    if slot.kind == "choice":
        made["values"] = [choice.value for choice in slot.choices]
    return {**made, "mappings": [{"type": "from_llm"}]}


def _more_slots(graph: Graph) -> dict[str, Slot]:
    """Where Rasa keeps what was chosen and confirmed."""
    more: dict[str, Slot] = {}
    for node in graph.nodes:
        if isinstance(node, form.Act) and any(node.confirm.values()):
            more[f"{graph.key}_{node.id}_confirmed"] = Slot(kind="yes_no")
        elif isinstance(node, form.Choose) and not node.slot:
            values = dict.fromkeys(option.value for option in node.options)
            choices = tuple(Choice(value=value) for value in values)
            more[f"{graph.key}_{node.id}"] = Slot(kind="choice", choices=choices)
    return more


def _steps(graph: Graph) -> list[dict[str, Any]]:
    """Rasa begins with the first step."""
    first = [node for node in graph.nodes if node.id == graph.start]
    ids = {node.id for node in graph.nodes}
    ordered = first + [node for node in graph.nodes if node.id != graph.start]
    steps = [step for node in ordered for step in step_of(graph.key, node, ids)]
    if steps:
        steps[0]["metadata"] = rasa_kept.metadata({**rasa_kept.read(steps[0]), **rasa_kept.of_flow(graph)})
    return steps


# --- What is said


def _responses(graph: Graph, language: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for name, slot in sorted(graph.slots.items()):
        buttons = [
            {"title": in_language(choice.label, language) or choice.value,
             "payload": f"/SetSlots({name}={choice.value})"}
            for choice in slot.choices
        ]  # fmt: skip
        yield from _response(f"utter_ask_{name}", slot.ask, language, buttons)
    for node in graph.nodes:
        name = f"utter_{graph.key}_{node.id}"
        if isinstance(node, form.Act):
            yield from _response(f"utter_ask_{graph.key}_{node.id}_confirmed", node.confirm, language, [])
        elif isinstance(node, form.Choose):
            slot_name = node.slot or f"{graph.key}_{node.id}"
            buttons = [
                {"title": in_language(option.label, language) or option.value,
                 "payload": f"/SetSlots({slot_name}={option.value})"}
                for option in node.options
            ]  # fmt: skip
            yield from _response(f"utter_ask_{slot_name}", node.text, language, buttons)
        elif isinstance(node, form.Say | form.End | form.HandOff | form.Form):
            yield from _response(name, node.text, language, [])


def _response(
    name: str, text: Text, language: str, buttons: list[dict[str, str]]
) -> Iterator[tuple[str, Any]]:
    if not any(text.values()) and not buttons:
        return
    said: dict[str, Any] = {"text": _text(str(in_language(text, language)))}
    others = {
        other: _text(one) for other, one in sorted(text.items()) if one and one != in_language(text, language)
    }
    if others:
        said["translation"] = {other: {"text": one} for other, one in others.items()}
    yield name, [{**said, "buttons": buttons} if buttons else said]


def _text(text: str) -> str:
    """`{order}` is a slot of Rasa's too; of a fact only the name of the slot that could hold it."""
    return PLACEHOLDER.sub(
        lambda found: "{" + path_of(found[1]).removeprefix("slots.").replace(".", "_") + "}", text
    )


# --- What is left out


def left_out(graph: Graph) -> list[LeftOut]:
    return [*_of_flow(graph), *_of_slots(graph), *(one for node in graph.nodes for one in _of_step(node))]


def _of_flow(graph: Graph) -> Iterator[LeftOut]:
    for field in ("examples", "unlike"):
        if any(getattr(graph, field).values()):
            yield LeftOut(graph.key, f"{field} (Rasa begins a flow by its description)")
    if graph.when is not None:
        yield LeftOut(graph.key, "when")


def _of_slots(graph: Graph) -> Iterator[LeftOut]:
    usual = Slot()
    for name, slot in sorted(graph.slots.items()):
        if slot.kind not in ("text", "choice", "yes_no", "number"):
            yield LeftOut(f"slots.{name}", f"kind {slot.kind}")
        for field in ("reject", "pattern", "least", "most", "accept", "future", "valid", "remembered"):
            if getattr(slot, field) != getattr(usual, field):
                yield LeftOut(f"slots.{name}", field)
        if any(choice.synonyms for choice in slot.choices):
            yield LeftOut(f"slots.{name}", "synonyms")


def _of_step(node: Any) -> Iterator[LeftOut]:
    if isinstance(node, form.Form):
        yield LeftOut(node.id, "form (Rasa asks for its slots one after the other)")
        for name in node.optional:
            yield LeftOut(node.id, f"{name} may stay empty")
    if isinstance(node, form.Say) and node.cards:
        yield LeftOut(node.id, "cards")
    elif isinstance(node, form.Ask | form.Form | form.Choose) and node.otherwise:
        yield LeftOut(node.id, f"otherwise {node.otherwise}")
    elif isinstance(node, form.Act):
        for field in ("given", "takes"):
            if getattr(node, field):
                yield LeftOut(node.id, f"{field} (Rasa's actions read and fill the slots themselves)")
        if node.failed:
            yield LeftOut(node.id, f"failed {node.failed}")
    elif isinstance(node, form.Answer):
        for field in ("question", "unknown"):
            if getattr(node, field):
                yield LeftOut(node.id, field)
    elif isinstance(node, form.Call) and (node.gives or node.takes):
        yield LeftOut(node.id, "gives and takes (Rasa's slots have one name everywhere)")
    elif isinstance(node, form.Branch):
        facts = {name for case in node.cases for name in _others(case.when)}
        yield from (
            LeftOut(node.id, f"{name} (a slot of that name has to be filled)") for name in sorted(facts)
        )


def _others(condition: Any) -> set[str]:
    if isinstance(condition, Not):
        return _others(condition.no)
    if isinstance(condition, All | AnyOf):
        return {one for inner in (condition.all if isinstance(condition, All) else condition.any)
                for one in _others(inner)}  # fmt: skip
    return set() if condition.fact.startswith("slots.") else {condition.fact}
