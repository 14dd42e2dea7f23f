"""What a conversation waits for, for a page that can help to give it. Pure."""

from __future__ import annotations

from flows.graph import Ask
from flows.library import Library
from flows.state import State

# Kinds of slots that a browser has a field of its own for.
WITH_A_FIELD = ("date", "moment", "time", "email", "phone", "number")


def awaited(library: Library, state: State) -> dict[str, str]:
    """`{"kind": "file", "accept": "pictures"}` while that is asked for; {} where words are as good."""
    frame = state.top
    flow = library.flow(frame.flow, frame.version) if frame else None
    node = flow.node(frame.node) if flow and frame else None
    if not flow or not frame or frame.waiting != "slot" or not isinstance(node, Ask):
        return {}
    slot = flow.slots.get(node.slot)
    if slot is None or slot.offered:
        return {}
    if slot.kind == "file":
        return {"kind": "file", "accept": slot.accept}
    return {"kind": slot.kind} if slot.kind in WITH_A_FIELD else {}
