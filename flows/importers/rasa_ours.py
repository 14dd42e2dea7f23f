"""What our own export has kept in a Rasa flow (`flows/rasa_kept.py`), put back where it belongs. Pure.

It comes from a file from anywhere, like all the rest: a part that is none of the graph's is passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter, ValidationError

from flows import graph as form
from flows import rasa_kept
from flows.importers.drawing import Drawing, Node
from flows.slot import Slot
from untrusted.shapes import mapping, mappings, text

Target = Callable[[str], str]  # our step for the name of one of theirs
LEADS = ("failed", "pending", "otherwise", "unknown")
NODE: TypeAdapter[Any] = TypeAdapter(form.Node)


def restore_flow(drawing: Drawing, steps: list[dict[str, Any]]) -> None:
    """Its names, its examples, what its slots are; what they ask stands among the responses."""
    kept = rasa_kept.read(steps[0]) if steps else {}
    fields = {name: one for name, one in mapping(kept.get("flow")).items() if name in rasa_kept.OF_FLOW}
    if _reads(form.Graph.model_validate, {**fields, "key": "x"}):
        drawing.fields.update(fields)
    for name, slot in mapping(kept.get("slots")).items():
        if _reads(Slot.model_validate, slot):
            key = drawing.project.slot_keys.of(name)
            drawing.slots[key] = {**drawing.slots.get(key, {}), **slot}


def kept_of(step: dict[str, Any], kind: str) -> dict[str, Any]:
    """The fields of a step of ours that were kept there; {} for a step of anybody else's."""
    kept = rasa_kept.read(step)
    fields = {name: kept[name] for name in (*rasa_kept.FIELDS[kind], "text") if name in kept}
    needed = {"ask": {"slot": "x"}, "call": {"flow": "x"}}.get(kind, {})
    return fields if _reads(NODE.validate_python, {"id": "x", "kind": kind, **needed, **fields}) else {}


def _reads(validate: Callable[[Any], Any], given: Any) -> bool:
    try:
        validate(given)
    except ValidationError:
        return False
    return True


def restored(node: Node, step: dict[str, Any], target: Target) -> Node:
    """A step that Rasa's words made, with what these could not say."""
    kept = kept_of(step, node["kind"])
    texts = {"text": {**node.get("text", {}), **kept.pop("text")}} if "text" in kept else {}
    return {**node, **_led(kept, target), **texts}


def _led(kept: dict[str, Any], target: Target) -> dict[str, Any]:
    """With where they lead, by our names."""
    return {name: target(one) if name in LEADS else one for name, one in kept.items()}


def own_action(step: dict[str, Any], target: Target) -> Node | None:
    """An action of ours: what it is given and brings is known, and it does not speak by itself."""
    kept = kept_of(step, "act")
    if not kept.get("action"):
        return None
    return {"kind": "act", "given": {}, "takes": {}, **_led(kept, target)}


def own_choice(step: dict[str, Any], said: dict[str, str], ways: list[str], otherwise: str) -> Node | None:
    """Buttons that Rasa had to write as a slot; None where their number was changed there."""
    kept = kept_of(step, "choose")
    options = mappings(kept.pop("options", None))
    if not options or len(options) != len(ways):
        return None
    led = [
        {**option, "next": way, "confirms": way if option.get("confirms") else ""}
        for option, way in zip(options, ways, strict=True)
    ]
    texts = {**said, **kept.pop("text", {})}
    return {"kind": "choose", **kept, "text": texts, "options": led, "otherwise": otherwise}


def is_form(step: dict[str, Any]) -> bool:
    return isinstance(rasa_kept.read(step).get("form"), dict)


def own_form(step: dict[str, Any], said: dict[str, str], asks: list[Node], target: Target) -> Node | None:
    """A form that Rasa had to ask for slot by slot; None where these were changed there. `asks` are the steps
    that follow it."""
    kept = {name: one for name, one in mapping(rasa_kept.read(step).get("form")).items()
            if name in rasa_kept.FIELDS["form"]}  # fmt: skip
    if not _reads(NODE.validate_python, {"id": "x", "kind": "form", **kept}):
        return None
    slots = [str(name) for name in kept.get("slots", ())]
    asked = asks[: len(slots)]
    if len(asked) < len(slots) or any(one["kind"] != "ask" for one in asked):
        return None
    names = {name: ask["slot"] for name, ask in zip(slots, asked, strict=True)}
    optional = [names[name] for name in kept.get("optional", ()) if name in names]
    texts = {**said, **kept_of(step, "say").get("text", {})}
    return {"kind": "form", **_led(kept, target), "slots": [*names.values()], "optional": optional,
            "text": texts}  # fmt: skip


def conditions(step: dict[str, Any], number: int) -> list[Any]:
    """Those of a branch as they were, [] where their number was changed."""
    found = [case["when"] for case in kept_of(step, "branch").get("cases", ())]
    return found if len(found) == number else []


def is_offer(step: dict[str, Any]) -> bool:
    return bool(rasa_kept.read(step).get("options"))


def asks_before(step: dict[str, Any]) -> bool:
    """Whether it asks the customer about the action that comes next."""
    return rasa_kept.read(step).get("confirms") is True and bool(text(step.get("collect")))
