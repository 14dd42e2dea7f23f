"""What a conversation waits for, for a page that can help to give it. Pure."""

from __future__ import annotations

from typing import Any

from flows.form_steps import asked_in_words
from flows.form_view import form_of
from flows.graph import Form
from flows.library import Library
from flows.slot import Slot
from flows.state import State

# Kinds of slots that a browser has a field of its own for.
WITH_A_FIELD = ("date", "moment", "time", "email", "phone", "number")


def awaited(library: Library, state: State, language: str = "en") -> dict[str, Any]:
    """`{"kind": "file", "accept": "pictures"}` while that is asked for, or a form with its fields; {} where
    words are as good."""
    frame = state.top
    flow = library.flow(frame.flow, frame.version) if frame else None
    node = flow.node(frame.node) if flow and frame else None
    if not flow or not frame:
        return {}
    if frame.waiting == "form" and isinstance(node, Form):
        return form_of(flow, node, frame, language)
    slot = flow.slots.get(asked_in_words(flow, node, frame))
    return _of_slot(slot) if slot and not slot.offered else {}


def _of_slot(slot: Slot) -> dict[str, Any]:
    if slot.kind == "file":
        return {"kind": "file", "accept": slot.accept}
    return {"kind": slot.kind} if slot.kind in WITH_A_FIELD else {}
