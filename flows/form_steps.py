"""Which slots a step asks for where a conversation stands, and what of a form is still to be given. Pure."""

from __future__ import annotations

from typing import Any

from flows.graph import Form, Graph, asks_for
from flows.slot import Slot
from flows.state import Frame
from flows.texts import in_language

LEAST_FIELDS, MOST_FIELDS = 2, 10


def fields_of(flow: Graph, node: Form) -> tuple[str, ...]:
    """What can be asked for in a form: each slot once, and no files."""
    known = [name for name in dict.fromkeys(node.slots) if name in flow.slots]
    return tuple(name for name in known if flow.slots[name].kind != "file")[:MOST_FIELDS]


def left_of(flow: Graph, node: Form, frame: Frame) -> tuple[str, ...]:
    """What the form has not been given yet. An optional slot that was left empty is not asked for again."""
    given = [name for name in flow.slots if frame.slots.get(name) is not None or name in frame.empty]
    done = set(frame.filled) | (set() if node.again else set(given))
    return tuple(name for name in fields_of(flow, node) if name not in done)


def asked_now(flow: Graph | None, node: Any, frame: Frame) -> tuple[str, ...]:
    """The slots that an answer may be for: that of a question, or all that a form still asks for."""
    if flow is None or frame.waiting not in ("slot", "form") and not frame.asking:
        return ()
    if isinstance(node, Form):
        return left_of(flow, node, frame)
    return asks_for(node) if frame.waiting == "slot" else ()


def asked_in_words(flow: Graph | None, node: Any, frame: Frame) -> str:
    """The slot whose own question was asked, "" for none."""
    if frame.waiting != "slot":
        return ""
    return frame.asking if isinstance(node, Form) else next(iter(asks_for(node)), "")


def asked_slot(flow: Graph | None, node: Any, frame: Frame) -> Slot:
    name = asked_in_words(flow, node, frame)
    return flow.slots.get(name, Slot()) if flow else Slot()


def may_be_empty(node: Any, slot: str) -> bool:
    return isinstance(node, Form) and slot in node.optional


def label_of(slot: Slot, name: str, language: str) -> str:
    return str(in_language(slot.label, language)) or name.replace("_", " ")


def colon(language: str) -> str:
    """As it stands behind the name of a field."""
    return "\N{NO-BREAK SPACE}:" if language.partition("-")[0] == "fr" else ":"
