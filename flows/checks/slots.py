"""Whether each slot is declared, filled and looked at. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flows import graph as form
from flows.checks.base import Draft, Level, Problem, fills, tests_in
from flows.conditions import facts_named


def check(draft: Draft) -> Iterator[Problem]:
    yield from _undeclared(draft)
    yield from _unused(draft)
    yield from _without_choices(draft)
    if draft.graph.begins:
        yield from _not_filled_before(draft)


def _undeclared(draft: Draft) -> Iterator[Problem]:
    """A step that asks for it is passed over; what another keeps there cannot be shown well."""
    for node in draft.graph.nodes:
        for name in sorted(_named(node) - set(draft.graph.slots)):
            level: Level = "stops" if isinstance(node, form.Ask | form.Form) else "warns"
            field = "slot" if isinstance(node, form.Ask | form.Choose) else ""
            field = "slots" if isinstance(node, form.Form) else field
            yield Problem(level, node.id, field, "undeclared_slot", {"name": name})


def _named(node: Any) -> set[str]:
    named = fills(node)
    if isinstance(node, form.Set):
        named |= set(node.values)
    return named | set(node.gives.values()) if isinstance(node, form.Call) else named


def _unused(draft: Draft) -> Iterator[Problem]:
    """Neither filled nor looked at. What is filled and not looked at goes along when a person takes over."""
    looked_at = {path for _node, _field, condition in draft.conditions() for path in facts_named(condition)}
    looked_at |= {path for _node, _field, path in draft.placeholders}
    used = draft.filled | {path.removeprefix("slots.").partition(".")[0] for path in looked_at}
    used |= {name for node in draft.graph.nodes if isinstance(node, form.Call) for name in _named(node)}
    calls = any(isinstance(node, form.Call) for node in draft.graph.nodes)
    for name, slot in draft.graph.slots.items():
        shared = slot.remembered or calls or not draft.graph.begins  # another flow may look at it
        if name not in used and not shared:
            yield Problem("warns", "", f"slots.{name}", "unused_slot", {"name": name})


def _without_choices(draft: Draft) -> Iterator[Problem]:
    for name, slot in draft.graph.slots.items():
        if slot.kind == "choice" and not slot.choices and not slot.offered:
            level: Level = "stops" if name in draft.asked else "warns"
            yield Problem(level, "", f"slots.{name}.choices", "no_choices", {"name": name})
    for node in draft.graph.nodes:
        if isinstance(node, form.Choose) and not node.options:
            yield Problem("stops", node.id, "options", "no_options")


# --- Branches on what nobody has asked for


def _not_filled_before(draft: Draft) -> Iterator[Problem]:
    """`known` and `unknown` ask just that: customers may have said it without being asked."""
    before = _filled_before(draft)
    for node_id, field, condition in draft.conditions():
        if node_id not in before:
            continue
        for test in tests_in(condition):
            name = test.fact.removeprefix("slots.").partition(".")[0]
            slot = draft.graph.slots.get(name) if test.fact.startswith("slots.") else None
            wanted = slot is not None and not slot.remembered and test.op not in ("known", "unknown")
            if wanted and name not in before[node_id]:
                yield Problem("warns", node_id, field, "not_filled_before", {"name": name})


def _filled_before(draft: Draft) -> dict[str, set[str]]:
    """For each step, the slots that some way to it may have filled."""
    before: dict[str, set[str]] = {draft.graph.start: set()} if draft.graph.start in draft.nodes else {}
    by = {name: _filled_by(draft, node) for name, node in draft.nodes.items()}
    ahead = list(before)
    while ahead:
        name = ahead.pop()
        after = before[name] | by[name]
        for _field, target in draft.ways[name]:
            if target in draft.nodes and (target not in before or not after <= before[target]):
                before[target] = before.get(target, set()) | after
                ahead.append(target)
    return before


def _filled_by(draft: Draft, node: Any) -> set[str]:
    """A flow that is called hands back the slots that have the same name in both."""
    if not isinstance(node, form.Call):
        return fills(node)
    called = draft.flows.get(node.flow)
    return fills(node) | (set(called.slots) if called else set(draft.graph.slots))
