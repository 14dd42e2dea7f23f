"""How each field of a form is drawn on a page: which control, which keyboard, what stands in it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Literal

from flows.stock import phrase

MOST_RADIOS = 4  # choices that are shown side by side; more go into a list
As = Literal["input", "lines", "radios", "list"]
TYPES = {"email": "email", "phone": "tel", "date": "date", "time": "time", "moment": "datetime-local"}
KEYBOARDS = {"email": "email", "phone": "tel", "number": "decimal", "money": "decimal"}
# What is said beside a field that a browser doubts while another one keeps the form back.
DOUBTS = {"email": "field_email", "phone": "field_phone"}
# What browsers put into these fields; other words, which were refused, are shown as text.
FORMS = {"date": date.fromisoformat, "time": time.fromisoformat, "moment": datetime.fromisoformat}


def controls_of(asks: Mapping[str, Any] | None, language: str) -> list[dict[str, Any]]:
    """`asks` as `flows/awaiting.py` has it; nothing where it is no form."""
    fields = asks["fields"] if asks and asks["kind"] == "form" else []
    return [_control(field, language) for field in fields]


def _control(field: Mapping[str, Any], language: str) -> dict[str, Any]:
    choices = _yes_or_no(language) if field["kind"] == "yes_no" else field["choices"]
    kind = TYPES.get(field["kind"], "text")
    return {
        **field,
        "as": _drawn(field, choices),
        "choices": choices,
        "type": kind if _fits(field["kind"], field["written"]) else "text",
        "keyboard": KEYBOARDS.get(field["kind"], ""),
        "doubt": phrase(DOUBTS[field["kind"]], language) if field["kind"] in DOUBTS else "",
    }


def _drawn(field: Mapping[str, Any], choices: list[dict[str, str]]) -> As:
    if choices:
        return "radios" if len(choices) <= MOST_RADIOS else "list"
    return "lines" if field.get("long") else "input"


def _yes_or_no(language: str) -> list[dict[str, str]]:
    return [{"value": word, "label": phrase(word, language)} for word in ("yes", "no")]


def _fits(kind: str, written: str) -> bool:
    if not written or kind not in FORMS:
        return True
    try:
        FORMS[kind](written)
    except ValueError:
        return False
    return True
