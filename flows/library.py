"""Which flows there are, as the runner sees them: by version, so that what was begun stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from flows.graph import Answer, Graph, Repair
from flows.languages import may_begin
from flows.stock import Own, phrase

# An answer in between, from the knowledge; then the conversation goes on where it stood.
DIGRESSION = Graph(key="digression", start="answer", nodes=(Answer(id="answer"),), begins=False)


class Library(Protocol):
    def flow(self, key: str, version: int) -> Graph | None:
        """That version, None where it is gone."""

    def current(self, key: str) -> tuple[int, Graph] | None:
        """What begins now under this key: (version, flow)."""

    def repair(self, trouble: Repair) -> tuple[int, Graph]:
        """The flow that deals with an everyday trouble: the company's own, or ours."""

    def phrase(self, name: str, language: str) -> str:
        """What is said of itself under that name: in the company's own words, or in ours."""

    def must_confirm(self, action: str) -> bool:
        """Whether an action asks the customer first, whatever the flow says."""


@dataclass(frozen=True)
class Shelf:
    """A library in memory: the published flows, older versions that conversations still walk, the repairs."""

    published: Mapping[str, tuple[int, Graph]] = field(default_factory=dict)
    older: Mapping[tuple[str, int], Graph] = field(default_factory=dict)
    confirmed_actions: frozenset[str] = frozenset()
    own_words: Own = field(default_factory=dict)

    def flow(self, key: str, version: int) -> Graph | None:
        if key == DIGRESSION.key and version == 0:
            return DIGRESSION
        now = self.published.get(key)
        if now is not None and now[0] == version:
            return now[1]
        if (key, version) in self.older:
            return self.older[key, version]
        return next(
            (flow for number, flow in _stock().values() if (flow.key, number) == (key, version)), None
        )

    def current(self, key: str) -> tuple[int, Graph] | None:
        return self.published.get(key)

    def begun_in(self, language: str) -> dict[str, Graph]:
        """The flows that customers can begin in a conversation in this language."""
        flows = {key: flow for key, (_number, flow) in self.published.items()}
        return {key: flow for key, flow in flows.items() if may_begin(flow, language, flows)}

    @cached_property
    def _repairs(self) -> dict[str, tuple[int, Graph]]:
        return {flow.repair: (number, flow) for number, flow in self.published.values() if flow.repair}

    def repair(self, trouble: Repair) -> tuple[int, Graph]:
        return self._repairs.get(trouble) or _stock()[trouble]

    def phrase(self, name: str, language: str) -> str:
        return phrase(name, language, self.own_words)

    def must_confirm(self, action: str) -> bool:
        return action in self.confirmed_actions

    @classmethod
    def of(cls, *flows: Graph) -> Shelf:
        return cls({flow.key: (1, flow) for flow in flows})


def _stock() -> Mapping[str, tuple[int, Graph]]:
    from flows.repairs import stock_repairs

    return stock_repairs()
