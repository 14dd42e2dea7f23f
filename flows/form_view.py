"""A form as a page can show it: its fields, in the customer's language. Pure."""

from __future__ import annotations

from typing import Any

from flows.form_steps import label_of, left_of
from flows.graph import Form, Graph
from flows.offers import with_offers
from flows.slot import Slot
from flows.state import Frame
from flows.texts import in_language

FULL_NAME = {"name", "full_name", "your_name", "customer_name", "nom", "nom_complet"}
GIVEN_NAME = {"first_name", "given_name", "prenom"}
FAMILY_NAME = {"last_name", "family_name", "surname", "nom_de_famille"}
AUTOFILL = {"email": "email", "phone": "tel", "postal_code": "postal-code"}
LONG = 200  # characters: a text that may be longer gets several lines


def form_of(flow: Graph, node: Form, frame: Frame, language: str) -> dict[str, Any]:
    """What is still asked for; `written` and `why` are of a field that was refused before."""
    fields = [_field(flow, node, frame, name, language) for name in left_of(flow, node, frame)]
    return {"kind": "form", "fields": fields}


def _field(flow: Graph, node: Form, frame: Frame, name: str, language: str) -> dict[str, Any]:
    slot = with_offers(flow.slots[name], frame.slots, language)
    wrong = frame.wrong.get(name, {})
    choices = [
        {"value": one.value, "label": in_language(one.label, language) or one.value} for one in slot.choices
    ]
    return {
        "name": name,
        "label": label_of(slot, name, language),
        "kind": "choice" if choices else slot.kind,
        "required": name not in node.optional,
        "choices": choices,
        "long": slot.kind == "text" and slot.most is not None and slot.most > LONG,
        "autofill": _autofill(name, slot),
        "written": wrong.get("written", _as_written(frame.slots.get(name), slot)),
        "why": wrong.get("why", ""),
    }


def _as_written(value: Any, slot: Slot) -> str:
    """What is known already and asked for again, where it reads the same again."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int | float) and slot.kind != "period" else ""


def _autofill(name: str, slot: Slot) -> str:
    """What browsers call it, so that they can fill it in."""
    if slot.kind == "text":
        known = (("name", FULL_NAME), ("given-name", GIVEN_NAME), ("family-name", FAMILY_NAME))
        return next((called for called, names in known if name in names), "")
    return AUTOFILL.get(slot.kind, "")
