"""Which slots the steps of a drawing name, and where they lead. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flows.importers.steps import Node
from flows.texts import placeholders

FIELDS = ("next", "otherwise", "failed", "declined", "pending", "unknown")


def change_targets(node: Node, to: Callable[[str], str]) -> None:
    for way in FIELDS:
        if way in node:
            node[way] = to(node[way])
    for way in [*node.get("options", ()), *node.get("cases", ())]:
        way["next"] = to(way.get("next", ""))


def targets(node: Node) -> Iterator[str]:
    yield from (way["next"] for way in [*node.get("options", ()), *node.get("cases", ())])
    yield from (node[way] for way in FIELDS if way in node)


def slots_asked(node: Node) -> Iterator[str]:
    yield from node.get("slots", ())
    if node.get("slot"):
        yield node["slot"]


def slots_named(node: Node) -> Iterator[str]:
    """The slots that a step fills, looks at or tells."""
    yield from slots_asked(node)
    yield from node.get("values", {})
    yield from (name for name in node.get("takes", {}))
    yield from node.get("gives", {}).values()
    yield from slots_in_conditions([case["when"] for case in node.get("cases", ())])
    yield from slots_in_texts(node)


def in_slot(slot: dict[str, Any]) -> Iterator[str]:
    yield from slots_in_texts(slot)
    yield from slots_in_conditions([slot["valid"]] if slot.get("valid") else [])


def slots_in_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (path.split(".")[1] for path in placeholders(value) if path.startswith("slots."))
    elif isinstance(value, dict):
        for one in value.values():
            yield from slots_in_texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from slots_in_texts(one)


def slots_in_conditions(conditions: list[Any]) -> Iterator[str]:
    for condition in conditions:
        if "fact" in condition:
            if condition["fact"].startswith("slots."):
                yield condition["fact"].split(".")[1]
        else:
            inner = condition.get("all") or condition.get("any") or []
            yield from slots_in_conditions([condition["not"]] if "not" in condition else inner)
