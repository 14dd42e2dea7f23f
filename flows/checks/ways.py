"""Whether every way through a flow leads somewhere, and each step is come to. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from flows import graph as form
from flows.checks.base import Draft, Level, Problem
from flows.checks.circles import circles

MANY = 300  # steps, from which on a flow is hard to oversee


def check(draft: Draft) -> Iterator[Problem]:
    yield from _start(draft)
    yield from _targets(draft)
    for node in draft.graph.nodes:
        if node.id not in draft.reached:
            yield Problem("warns", node.id, "", "unreached")
    if draft.graph.begins:
        yield from _dead_ends(draft)
    yield from _circles(draft)
    if len(draft.graph.nodes) > MANY:
        yield Problem("warns", "", "nodes", "too_many_steps", {"count": len(draft.graph.nodes), "most": MANY})


def _start(draft: Draft) -> Iterator[Problem]:
    start = draft.graph.start
    if not draft.graph.nodes:
        yield Problem("stops", "", "nodes", "no_steps")
    elif not start:
        yield Problem("stops", "", "start", "no_start")
    elif start not in draft.nodes:
        yield Problem("stops", "", "start", "no_such_step", {"target": start})


def _targets(draft: Draft) -> Iterator[Problem]:
    for name, leading in draft.ways.items():
        for field, target in leading:
            if target and target not in draft.nodes:
                yield Problem("stops", name, field, "no_such_step", {"target": target})


# --- Dead ends: the customer has answered, and hears nothing more


def _dead_ends(draft: Draft) -> Iterator[Problem]:
    silent = _silent(draft)
    for name, node in draft.nodes.items():
        if name not in silent:
            continue
        if isinstance(node, form.End):
            if not any(node.text.values()):
                yield Problem("warns", name, "text", "ends_in_silence")
            continue
        for field, target in draft.ways[name]:
            if not target and _goes_on(node, field):
                yield Problem("warns", name, field, "ends_in_silence")


def _silent(draft: Draft) -> set[str]:
    """The steps that are reached, or left, with nothing said since the customer spoke."""
    found, ahead = set[str](), [draft.graph.start]
    ahead += [name for name in draft.reached if _is_answered(draft.nodes[name])]
    while ahead:
        name = ahead.pop()
        if name in found or name not in draft.nodes or _speaks(draft.nodes[name]):
            continue
        found.add(name)
        node = draft.nodes[name]
        ahead += [target for field, target in draft.ways[name] if _goes_on(node, field)]
    return found


def _is_answered(node: object) -> bool:
    asks = isinstance(node, form.Ask | form.Form | form.Choose)
    return asks or isinstance(node, form.Act) and bool(node.confirm)


def _speaks(node: object) -> bool:
    """Cards of a list alone may be none at all."""
    if isinstance(node, form.Say) and node.cards and not any(node.text.values()):
        return not all(card.each for card in node.cards)
    return isinstance(node, form.Say | form.Answer | form.HandOff | form.Call)


def _goes_on(node: object, field: str) -> bool:
    """Whether the flow itself goes on there: where nothing stands, some ways are dealt with by a repair."""
    return not (
        field in ("otherwise", "failed", "declined", "pending", "unknown") and not getattr(node, field)
    )


# --- Circles


def _circles(draft: Draft) -> Iterator[Problem]:
    """Without an exit a flow never ends; without a question it runs round until it is stopped."""
    leading = {name: [target for _field, target in draft.ways[name]] for name in draft.nodes}
    all_circles = circles({name: leading[name] for name in leading if name in draft.reached})
    within = [name for circle in all_circles for name in circle]
    running = circles({name: leading[name] for name in within if not draft.waits(draft.nodes[name])})
    for circle in running:
        asks = next((name for name in circle if form.asks_for(draft.nodes[name])), "")
        code = "circle_asks_once" if asks else "circle_without_question"
        level: Level = "warns" if _has_exit(draft, circle) else "stops"
        yield Problem(level, asks or circle[0], "", code, {"steps": circle})
    for circle in all_circles:
        if circle not in running and not _has_exit(draft, circle):
            yield Problem("warns", circle[0], "", "circle_without_exit", {"steps": circle})


def _has_exit(draft: Draft, circle: list[str]) -> bool:
    within = set(circle)
    return any(
        target not in within and _goes_on(draft.nodes[name], field)
        for name in circle
        for field, target in draft.ways[name]
    )
