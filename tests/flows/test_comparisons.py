"""A comparison that can never come true is named; one that can is not."""

from __future__ import annotations

from typing import Any

import pytest

from flows.graph import Graph
from flows.problems import problems

POSSIBLE: list[tuple[str, str, Any]] = [
    ("slots.size", "is", "Large "), ("slots.size", "one_of", ["small", "large"]),
    ("slots.size", "contains", "arg"),
    ("slots.sure", "is", True), ("slots.sure", "is", "true"), ("slots.count", "above", "7.5"),
    ("slots.count", "is", 3), ("slots.cost", "at_most", 50), ("slots.day", "above", "2026-12-01"),
    ("slots.day", "is", None), ("slots.at", "below", "15:00"), ("slots.when", "above", "2026-12-01"),
    ("slots.stay", "at_least", "2026-12-01T10:00"), ("slots.note", "above", 5), ("slots.note", "is", "x"),
    ("slots.cost.currency", "is", "EUR"), ("customer.verified", "is", True), ("customer.plan", "is", "gold"),
    ("time.weekday", "one_of", [6, 7]), ("time.hour", "above", 18), ("time.date", "is", "2026-12-25"),
    ("time.clock", "at_least", "09:30"), ("conversation.language", "is", "fr-CA"),
    ("slots.count", "known", None),
]  # fmt: skip
NEVER: list[tuple[str, str, Any]] = [
    ("slots.size", "is", "huge"), ("slots.size", "one_of", []), ("slots.size", "one_of", ["small", "tiny"]),
    ("slots.size", "is", ["small"]), ("slots.sure", "is", "yes"), ("slots.sure", "above", 1),
    ("slots.count", "above", "many"), ("slots.count", "is", True), ("slots.count", "above", None),
    ("slots.cost", "at_most", "50 €"), ("slots.day", "above", "tomorrow"), ("slots.day", "is", 5),
    ("slots.at", "below", "3pm"), ("slots.when", "above", "15:00"), ("slots.note", "is", True),
    ("time.weekday", "is", 0), ("time.weekday", "is", "Monday"), ("time.hour", "is", 24),
    ("time.date", "is", "25/12/2026"), ("time.clock", "above", 9), ("conversation.language", "is", "de"),
]  # fmt: skip
UNKNOWN = ["slots.other", "time.year", "conversation.mood"]
SLOTS = {
    "size": {"kind": "choice", "choices": [{"value": "small"}, {"value": "large"}]},
    "sure": {"kind": "yes_no"}, "count": {"kind": "number"}, "cost": {"kind": "money"},
    "day": {"kind": "date"}, "at": {"kind": "time"}, "when": {"kind": "moment"},
    "stay": {"kind": "period"}, "note": {},
}  # fmt: skip


def codes(fact: str, op: str, value: Any) -> set[str]:
    test = {"not": {"any": [{"fact": fact, "op": op, "value": value}]}}
    nodes = [{"id": "b", "kind": "branch", "cases": [{"when": test}]}]
    graph = Graph.model_validate({"key": "a", "begins": False, "start": "b", "slots": SLOTS, "nodes": nodes})
    return {one.code for one in problems(graph, languages=["en", "fr"])} - {"no_text"}


@pytest.mark.parametrize(("fact", "op", "value"), POSSIBLE)
def test_what_can_come_true_is_left_alone(fact: str, op: str, value: Any) -> None:
    assert codes(fact, op, value) == set()


@pytest.mark.parametrize(("fact", "op", "value"), NEVER)
def test_what_never_comes_true_is_named(fact: str, op: str, value: Any) -> None:
    assert codes(fact, op, value) == {"never"}


@pytest.mark.parametrize("fact", UNKNOWN)
def test_a_fact_that_there_is_not_is_named(fact: str) -> None:
    assert codes(fact, "is", "x") == {"unknown_fact"}


def test_whether_a_flow_begins_may_hang_on_what_other_flows_remember() -> None:
    for fact, expected in (("slots.other", set()), ("time.year", {"unknown_fact"})):
        graph = Graph.model_validate({"key": "a", "when": {"fact": fact, "op": "is", "value": "x"}})
        found = {one.code for one in problems(graph, languages=[]) if one.field == "when"}
        assert found == expected
