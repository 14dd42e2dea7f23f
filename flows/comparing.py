"""What one version of a flow has become in another: which steps are new, gone, different; and in words."""

from __future__ import annotations

from typing import Any

from flows.difference_words import is_told, line
from flows.differences import differences
from flows.graph import Graph, keeps


def _asking(graph: Graph, slots: set[str]) -> set[str]:
    """The steps that ask for these slots: what they say stands in the slot."""
    return {node.id for node in graph.nodes if keeps(node) & slots}


def lines_between(before: Graph, now: Graph) -> list[dict[str, str]]:
    """In words, {kind, text}."""
    return [line(one) for one in differences(before, now) if is_told(one)]


def compared(before: Graph, now: Graph) -> dict[str, Any]:
    """`gone` are the steps that are no more, with their places, so that the canvas can show them."""
    found = [one for one in differences(before, now) if is_told(one)]
    steps = [one for one in found if one.part == "step"]
    added, removed = (
        [one.name for one in steps if (one.kind, one.field) == (kind, "")] for kind in ("added", "removed")
    )
    changed = {one.name for one in steps} | _asking(now, {one.name for one in found if one.part == "slot"})
    changed -= {*added, *removed}
    drawn = before.model_dump(mode="json", by_alias=True)
    return {
        "nodes": {"added": added, "removed": removed, "changed": sorted(changed)},
        "gone": {
            "nodes": [node for node in drawn["nodes"] if node["id"] in removed],
            "layout": {name: place for name, place in drawn["layout"].items() if name in removed},
        },
        "lines": [line(one) for one in found],
    }
