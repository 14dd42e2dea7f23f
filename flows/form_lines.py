"""A form that was filled in, as lines that people read: "Name: Ann". Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from flows.form_steps import colon
from flows.slot import Slot
from flows.values import shown

# Kinds whose fields give a form that is made for machines, and how it is told from what somebody wrote.
BY_THE_BROWSER = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "moment": datetime.fromisoformat,
}


def as_lines(fields: Iterable[Mapping[str, Any]], values: Mapping[str, str], language: str) -> str:
    """`fields` as `flows/form_view.py` has them. What was left empty is left out."""
    lines = [
        f"{field['label']}{colon(language)} {_said(field, values[field['name']], language)}"
        for field in fields
        if values.get(field["name"], "").strip()
    ]
    return "\n".join(lines)


def _said(field: Mapping[str, Any], written: str, language: str) -> str:
    """What was chosen by its name, a day in words; what was written as it was written."""
    label = next((one["label"] for one in field["choices"] if one["value"] == written), "")
    if label:
        return str(label)
    if field["kind"] == "yes_no" and written in ("yes", "no"):
        return shown(written == "yes", Slot(kind="yes_no"), language)
    if field["kind"] in BY_THE_BROWSER and _is_machines(field["kind"], written):
        return shown(written, Slot(kind=field["kind"]), language)
    return written.strip()


def _is_machines(kind: str, written: str) -> bool:
    try:
        BY_THE_BROWSER[kind](written)
    except ValueError:
        return False
    return True
