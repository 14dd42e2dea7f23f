"""What is wrong with a flow before any customer meets it. Pure; the words are in `flows/problem_words.py`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from flows.checks import actions as acting
from flows.checks import beginning, calls, cards, facts, forms, slots, ways, wording
from flows.checks.base import Draft, Level, Problem
from flows.graph import Graph
from flows.known_actions import Actions

__all__ = ["Level", "Problem", "problems"]

CHECKS = (ways, slots, forms, calls, acting, facts, wording, cards, beginning)


def problems(graph: Graph, *, languages: Sequence[str], flows: Mapping[str, Graph] | None = None,
             actions: Actions | None = None, pictures: Collection[str] | None = None,
             spoken: Sequence[str] = ()) -> list[Problem]:  # fmt: skip
    """What stops customers comes first. `flows` are the other flows that may be called; without `actions`
    none is taken for unknown, without `pictures` none for gone. `spoken` are the languages that customers are
    answered in."""
    others = {key: flow for key, flow in (flows or {}).items() if key != graph.key}
    draft = Draft(graph, languages, others, actions, pictures, spoken)
    found = [problem for one in CHECKS for problem in one.check(draft)]
    return sorted(found, key=lambda problem: problem.level)
