"""What a draft has become since a version: which steps are new, gone, different; and in words. Pure."""

from __future__ import annotations

from typing import Any

from flows.graph import Graph


def compared(before: Graph, now: Graph) -> dict[str, Any]:
    """`gone` are the steps that are no more, with their places, so that the canvas can show them."""
    old, new = ({node.id: node for node in graph.nodes} for graph in (before, now))
    removed = [name for name in old if name not in new]
    drawn = before.model_dump(mode="json", by_alias=True)
    return {
        "nodes": {
            "added": [name for name in new if name not in old],
            "removed": removed,
            "changed": [name for name in new if name in old and new[name] != old[name]],
        },
        "gone": {
            "nodes": [node for node in drawn["nodes"] if node["id"] in removed],
            "layout": {name: place for name, place in drawn["layout"].items() if name in removed},
        },
        "lines": [],
    }
