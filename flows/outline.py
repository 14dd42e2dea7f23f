"""A flow as a list to be read from top to bottom: its steps in a few words, and where they lead. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from flows.graph import Graph, ways
from flows.mermaid import way_label, words_of

KINDS: dict[str, str | Promise] = {
    "say": pgettext_lazy("a kind of step", "Say"),
    "ask": pgettext_lazy("a kind of step", "Ask"),
    "form": pgettext_lazy("a kind of step", "Form"),
    "choose": pgettext_lazy("a kind of step", "Choose"),
    "branch": pgettext_lazy("a kind of step", "Branch"),
    "set": pgettext_lazy("a kind of step", "Set"),
    "act": pgettext_lazy("a kind of step", "Act"),
    "answer": pgettext_lazy("a kind of step", "Answer"),
    "handoff": pgettext_lazy("a kind of step", "Hand off"),
    "call": pgettext_lazy("a kind of step", "Another flow"),
    "end": pgettext_lazy("a kind of step", "End"),
}
WAYS: dict[str, str | Promise] = {
    "next": pgettext_lazy("a way on", "then"),
    "otherwise": pgettext_lazy("a way on", "not understood"),
    "failed": pgettext_lazy("a way on", "failed"),
    "declined": pgettext_lazy("a way on", "the customer says no"),
    "pending": pgettext_lazy("a way on", "while staff decide"),
    "unknown": pgettext_lazy("a way on", "no answer"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """`ways` are those that do not simply go on with the next number: (its name, the number it leads to,
    0 for the end). `reached` is False where nothing leads there."""

    number: int
    kind: str | Promise
    text: str
    ways: tuple[tuple[str | Promise, int], ...]
    reached: bool


def outline(graph: Graph, language: str) -> list[Step]:
    order, reached = _in_reading_order(graph)
    numbers = {name: number for number, name in enumerate(order, 1)}
    return [
        Step(number, KINDS[node.kind], words_of(graph, node, language), _ways(node, numbers, language),
             name in reached)
        for name, number in numbers.items() if (node := graph.node(name)) is not None
    ]  # fmt: skip


def _ways(node: Any, numbers: dict[str, int], language: str) -> tuple[tuple[str | Promise, int], ...]:
    """A way that ends the flow is told where somebody chooses it."""
    told: list[tuple[str | Promise, int]] = []
    for field, target in ways(node):
        chosen = field.startswith(("options.", "cases."))
        if target in numbers or chosen:
            label = way_label(node, field, language) if chosen else WAYS[field]
            told.append((label, numbers.get(target, 0)))
    return () if told == [(WAYS["next"], numbers[node.id] + 1)] else tuple(told)


def _in_reading_order(graph: Graph) -> tuple[list[str], set[str]]:
    """From the first step on, each way to its end before the next; then what nothing leads to."""
    known, order, waiting = {node.id: node for node in graph.nodes}, dict[str, None](), [graph.start]
    while waiting:
        name = waiting.pop()
        if name in known and name not in order:
            order[name] = None
            waiting += [target for _field, target in reversed(list(ways(known[name])))]
    return [*order, *(name for name in known if name not in order)], set(order)
