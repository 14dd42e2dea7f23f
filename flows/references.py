"""What depends on a flow: who calls it, who is in the middle of it, whether customers get it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flows.coverage import under_way
from flows.models import Flow
from flows.walked_words import name_of


@dataclass(frozen=True, slots=True)
class Caller:
    key: str
    name: str
    published: bool  # else only its draft calls it


@dataclass(frozen=True, slots=True)
class References:
    callers: list[Caller] = field(default_factory=list)
    under_way: int = 0

    @property
    def stopped(self) -> list[Caller]:
        """Flows whose customers would be stuck."""
        return [one for one in self.callers if one.published]


def references_to(flow: Flow) -> References:
    others = Flow.objects.in_use().exclude(pk=flow.pk).select_related("published", "trial")
    return References([found for one in others if (found := _caller(one, flow.key))], under_way(flow.pk))


def _caller(flow: Flow, key: str) -> Caller | None:
    versions = [version.graph for version in (flow.published, flow.trial) if version]
    published = any(_calls(graph, key) for graph in versions)
    if published or _calls(flow.draft, key):
        return Caller(flow.key, name_of(flow), published)
    return None


def _calls(graph: Any, key: str) -> bool:
    """A draft of an older version of the product may have any form."""
    nodes = graph.get("nodes") if isinstance(graph, dict) else None
    return any(
        isinstance(node, dict) and node.get("kind") == "call" and node.get("flow") == key
        for node in (nodes if isinstance(nodes, list) else [])
    )
