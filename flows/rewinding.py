"""Back to the step that asked for a slot, because it is another value or is to be chosen anew.

Used by the runner only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flows import graph
from flows.run import Run
from flows.state import Frame
from flows.texts import placeholders


def choose_anew(run: Run, name: str) -> bool:
    """Back to what was offered, where the top frame's slot has been chosen of it. False where it was not."""
    frame, flow = run.top, run.flow_of(run.top)
    offered = flow is not None and name in flow.slots and flow.slots[name].offered
    asked = flow is not None and any(_asks(flow.node(step), name) for step in frame.trail)
    if not offered or not asked or frame.done or frame.slots.get(name) is None:
        return False
    run.frames[-1] = rewound(run, frame.with_slot(name, None), name)
    return True


def rewound(run: Run, frame: Frame, slot: str) -> Frame:
    flow = run.flow_of(frame)
    asked = [number for number, name in enumerate(frame.trail) if flow and _asks(flow.node(name), slot)]
    asked = asked or looked_up_with(run, frame, slot)
    if not asked:
        return replace(frame, waiting="", confirmed=False, asides=0)
    back, since = frame.trail[: asked[-1] + 1], frame.trail[asked[-1] :]
    stale = {name for step in since for name in _brought(flow, step)}
    slots = {name: value for name, value in frame.slots.items() if name not in stale}
    known = tuple(name for name in flow.slots if name in slots) if flow else ()
    return replace(frame, node=back[-1], trail=back, slots=slots, waiting="", half="", confirmed=False,
                   asides=0, skip=frame.said, said=(), filled=known, wrong={})  # fmt: skip


def _brought(flow: graph.Graph | None, step: str) -> set[str]:
    """What an action has looked up with what is now another value: it is looked up anew."""
    node = flow.node(step) if flow else None
    return set(node.takes) if isinstance(node, graph.Act) else set()


def looked_up_with(run: Run, frame: Frame, slot: str) -> list[int]:
    """Where in the trail a slot that no step asks for was given to an action: “around three”."""
    flow = run.flow_of(frame)
    if flow is None or any(_asks(node, slot) for node in flow.nodes):
        return []
    return [number for number, name in enumerate(frame.trail) if _is_given(flow.node(name), slot)]


def _is_given(node: Any, slot: str) -> bool:
    given = node.given.values() if isinstance(node, graph.Act) else ()
    return any(f"slots.{slot}" in placeholders(template) for template in given)


def _asks(node: Any, slot: str) -> bool:
    return slot in graph.keeps(node)
