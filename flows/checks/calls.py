"""Whether the flows that are called exist and end. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from flows import graph as form
from flows.checks.base import Draft, Problem
from flows.graph import Graph, ways


def check(draft: Draft) -> Iterator[Problem]:
    flows = {**draft.flows, draft.graph.key: draft.graph}
    for node in draft.graph.nodes:
        if isinstance(node, form.Call):
            yield from _call(draft.graph, node, flows)


def _call(graph: Graph, node: form.Call, flows: dict[str, Graph]) -> Iterator[Problem]:
    """Flows that call each other run round at once; with a question between, until there are too many."""
    if node.flow not in flows:
        yield Problem("stops", node.id, "flow", "no_such_flow", {"flow": node.flow})
    elif node.id in _calls(graph, asks=False) and _leads_to(graph.key, node.flow, flows, asks=False):
        yield Problem("stops", node.id, "flow", "calls_itself", {"flow": node.flow})
    elif _leads_to(graph.key, node.flow, flows, asks=True):
        yield Problem("warns", node.id, "flow", "calls_each_other", {"flow": node.flow})


def _leads_to(wanted: str, key: str, flows: dict[str, Graph], *, asks: bool) -> bool:
    seen, ahead = set[str](), [key]
    while ahead:
        one = ahead.pop()
        if one == wanted:
            return True
        if one in flows and one not in seen:
            seen.add(one)
            ahead += _calls(flows[one], asks=asks).values()
    return False


def _calls(graph: Graph, *, asks: bool) -> dict[str, str]:
    """Which flow each step calls that is come to; with `asks` False, before anything is asked."""
    nodes = {node.id: node for node in graph.nodes}
    seen, ahead = dict[str, str](), [graph.start]
    been = set[str]()
    while ahead:
        name = ahead.pop()
        if name in been or name not in nodes:
            continue
        been.add(name)
        node = nodes[name]
        if isinstance(node, form.Call):
            seen[name] = node.flow
        if asks or not isinstance(node, form.Ask | form.Form | form.Choose):
            ahead += [target for _field, target in ways(node)]
    return seen
