"""What every check of a flow looks at, and what it finds. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from flows import graph as form
from flows.checks.said import Said, named_in, texts
from flows.conditions import All, AnyOf, Not, Test
from flows.graph import Graph, ways
from flows.known_actions import Actions
from flows.paths import is_of_a_refusal

Level = Literal["stops", "warns"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Where (`node` and `field`; without a node it is the flow itself, as in `slots.day.ask`) and which.

    What `stops` customers, they get stuck with: it must not be published. The words for it are in
    `flows/problem_words.py`.
    """

    level: Level
    node: str
    field: str
    code: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """The flow that is checked, among the others, with what more than one check wants to know."""

    graph: Graph
    languages: Sequence[str]
    flows: Mapping[str, Graph] = dataclasses.field(default_factory=dict)  # without itself
    actions: Actions | None = None  # None: not known
    pictures: Collection[str] | None = None  # those of its cards that are there; None: not known
    spoken: Sequence[str] = ()  # the languages that customers are answered in, as far as they are known

    @cached_property
    def nodes(self) -> dict[str, Any]:
        return {node.id: node for node in self.graph.nodes}

    @cached_property
    def ways(self) -> dict[str, list[tuple[str, str]]]:
        return {node.id: list(ways(node)) for node in self.graph.nodes}

    @cached_property
    def reached(self) -> set[str]:
        """The steps that some way leads to."""
        return self.reached_from([self.graph.start])

    def reached_from(self, steps: Sequence[str]) -> set[str]:
        """These steps, as far as there are such, and all that some way leads to from them."""
        found, ahead = set[str](), list(steps)
        while ahead:
            name = ahead.pop()
            if name in self.nodes and name not in found:
                found.add(name)
                ahead += [target for _field, target in self.ways[name]]
        return found

    @cached_property
    def asked(self) -> dict[str, str]:
        """Which step asks for a slot first."""
        return {slot: node.id for node in reversed(self.graph.nodes) for slot in form.asks_for(node)}

    @cached_property
    def texts(self) -> list[Said]:
        return list(texts(self.graph, self.asked))

    @cached_property
    def placeholders(self) -> list[tuple[str, str, str]]:
        """(step, field, path of the fact)."""
        return list(named_in(self.graph, self.texts))

    @cached_property
    def filled(self) -> set[str]:
        return {slot for node in self.graph.nodes for slot in fills(node)}

    @cached_property
    def forgotten(self) -> set[str]:
        """Slots that some step takes the value of, or a refusal that offers something else in its place."""
        setting = [node for node in self.graph.nodes if isinstance(node, form.Set)]
        cleared = {name for node in setting for name, value in node.values.items() if value is None}
        return cleared | {name for name, slot in self.graph.slots.items() if slot.offered in self._refreshed}

    @cached_property
    def _refreshed(self) -> set[str]:
        acting = [node for node in self.graph.nodes if isinstance(node, form.Act)]
        return {name for node in acting for name, path in node.takes.items() if is_of_a_refusal(path)}

    def waits(self, node: Any) -> bool:
        """Whether the customer is asked at this step every time, not only the first."""
        if isinstance(node, form.Ask):
            return node.again or node.slot in self.forgotten
        if isinstance(node, form.Form):
            return node.again or bool(set(node.slots) & self.forgotten)
        return (
            isinstance(node, form.Choose)
            and bool(node.options)
            or isinstance(node, form.Act)
            and bool(node.confirm)
        )

    def conditions(self) -> Iterator[tuple[str, str, Any]]:
        """(step, field, condition) for each of the flow, but `when`, which looks at other flows' slots."""
        for name, slot in self.graph.slots.items():
            if slot.valid is not None:
                yield "", f"slots.{name}.valid", slot.valid
        for node in self.graph.nodes:
            if isinstance(node, form.Branch):
                for number, case in enumerate(node.cases):
                    yield node.id, f"cases.{number}.when", case.when


def fills(node: Any) -> set[str]:
    """The slots that a step may give a value."""
    if isinstance(node, form.Ask | form.Form | form.Choose):
        return form.keeps(node)
    if isinstance(node, form.Set):
        return {name for name, value in node.values.items() if value is not None}
    if isinstance(node, form.Act | form.Call):
        return set(node.takes)
    return set()


def tests_in(condition: Any) -> Iterator[Test]:
    """All comparisons of a condition."""
    if isinstance(condition, Not):
        yield from tests_in(condition.no)
    elif isinstance(condition, All | AnyOf):
        for one in condition.all if isinstance(condition, All) else condition.any:
            yield from tests_in(one)
    else:
        yield condition
