"""A flow is read from top to bottom: each way to its end, then what nothing leads to."""

from __future__ import annotations

from flows.graph import Graph
from flows.outline import outline
from flows.publishing import read
from tests.flows.editing import RETURNS


def lines(graph: Graph) -> list[str]:
    return [
        f"{one.number} {one.kind} {one.text} {[(str(label), to) for label, to in one.ways]} {one.reached}"
        for one in outline(graph, "en")
    ]


def test_steps_come_in_reading_order_with_the_ways_that_branch() -> None:
    loose = {"id": "loose", "kind": "say", "text": {"en": "Psst"}}
    nodes = list(read(RETURNS).model_dump(by_alias=True)["nodes"])
    assert lines(read({**RETURNS, "nodes": [loose, *reversed(nodes)]})) == [
        "1 Ask Why? [] True",
        "2 Branch  [('reason = broken', 3), ('then', 4)] True",
        "3 Say I am sorry. [] True",
        "4 End Send it **back**. [] True",
        "5 Say Psst [] False",
    ]


def test_circles_and_steps_that_are_not_there_end_it() -> None:
    nodes = [
        {"id": "a", "kind": "say", "text": {"en": "A"}, "next": "b"},
        {"id": "b", "kind": "act", "action": "book", "next": "a", "failed": "gone"},
    ]
    assert lines(read({"key": "round", "start": "a", "nodes": nodes})) == [
        "1 Say A [] True",
        "2 Act book [('then', 1)] True",
    ]
    assert lines(read({"key": "empty", "start": "gone"})) == []
