"""What whoever draws a flow is told about it: its problems in words, beside the other flows.

What `flows/problems.py` finds in a graph, and what `flows/wrong_form.py` says of one that does not read, come
in one form: {level: "error" or "warning", node, field, code, text}, with the `page` where it is mended if
that is another than the editor.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from pydantic import ValidationError

from flows.graph import Graph
from flows.known_actions import Actions
from flows.languages import languages_of
from flows.mending import with_pages
from flows.pictures.rows import there_of
from flows.problem_words import words
from flows.problems import Problem, problems
from flows.shelves import published_flows
from flows.spoken_here import spoken_here
from flows.wrong_form import path_in
from flows.wrong_form import words as wrong_words

LEVELS = {"stops": "error", "warns": "warning"}
MOST_FAULTS = 50

Told = dict[str, Any]


@dataclass(frozen=True)
class Around:
    """What flows stand in, asked for once for all of them: the pictures of their cards that are there, the
    languages that are spoken here."""

    pictures: Collection[str]
    spoken: Sequence[str]

    @classmethod
    def of(cls, *graphs: Graph) -> Self:
        return cls(there_of(*graphs), spoken_here())


def told_of(
    graph: Graph, flows: Mapping[str, Graph], actions: Actions | None = None, around: Around | None = None
) -> list[Told]:
    around = around or Around.of(graph)
    found = problems(
        graph, languages=languages_of(graph), flows=flows, actions=actions, pictures=around.pictures,
        spoken=around.spoken,
    )  # fmt: skip
    return told(found)


def told(found: list[Problem]) -> list[Told]:
    return [
        {
            "level": LEVELS[one.level],
            "node": one.node,
            "field": one.field,
            "code": one.code,
            "text": words(one),
            "page": one.params.get("page", ""),
        }
        for one in with_pages(found)
    ]


def stopping(found: list[Told]) -> list[Told]:
    """What must not be published."""
    return [one for one in found if one["level"] == "error"]


def faults_of(error: ValidationError, given: Any) -> list[Told]:
    """Each part that does not read, at the step that it belongs to."""
    faults = []
    for one in error.errors(include_url=False)[:MOST_FAULTS]:
        path = path_in(one, given)
        node, rest = _step(path, given)
        field = ".".join(str(part) for part in rest)
        said = wrong_words(one, path)
        faults.append({"level": "error", "node": node, "field": field, "code": one["type"], "text": said,
                       "path": list(path)})  # fmt: skip
    return faults


def _step(path: tuple[str | int, ...], given: Any) -> tuple[str, tuple[str | int, ...]]:
    match path:
        case ("nodes", int(at), *rest) if isinstance(given, Mapping):
            node = given["nodes"][at]
            name = node.get("id") if isinstance(node, Mapping) else None
            return (name if isinstance(name, str) else ""), tuple(rest)
    return "", path


def other_flows() -> dict[str, Graph]:
    """The published ones, which may be called."""
    return {key: flow for key, (_number, flow) in published_flows().items()}
