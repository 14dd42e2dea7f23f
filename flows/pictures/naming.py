"""Which pictures a flow names. Pure: of a graph as it is kept, which may be older than the form of today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def pictures_in(graph: Any) -> Iterator[str]:
    for node in _listed(graph, "nodes"):
        for card in _listed(node, "cards"):
            if isinstance(card, dict) and isinstance(name := card.get("picture"), str) and name:
                yield name


def _listed(holder: Any, name: str) -> list[Any]:
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, list) else []
