"""Which slots of a flow are none of the customer's: what an action brings. Pure.

Nobody's words give them a value. "It was an hour ago" must not stand where a tool has looked the hour up, and
the number of a card is no number of bags.
"""

from __future__ import annotations

from flows import graph
from flows.graph import Graph
from flows.library import Library

DEEPEST = 20  # flows that call each other


def looked_up(flow: Graph, library: Library) -> frozenset[str]:
    """Those that actions fill, its own or those of flows that it calls, and no step asks for."""
    return _looked_up(flow, library, {}, DEEPEST)


def _looked_up(flow: Graph, library: Library, known: dict[str, frozenset[str]], deep: int) -> frozenset[str]:
    """`known` are the flows that were looked at already, so that each is once."""
    if flow.key in known or deep == 0:
        return known.get(flow.key, frozenset())
    known[flow.key] = frozenset()
    asked = {slot for node in flow.nodes for slot in graph.keeps(node)}
    filled: set[str] = set()
    for node in flow.nodes:
        if isinstance(node, graph.Act):
            filled |= set(node.takes)
        elif isinstance(node, graph.Call) and (found := library.current(node.flow)):
            theirs = _looked_up(found[1], library, known, deep - 1)
            filled |= {ours for ours, name in node.takes.items() if name in theirs} | (
                theirs & set(flow.slots)
            )
    known[flow.key] = frozenset(filled - asked)
    return known[flow.key]
