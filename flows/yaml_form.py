"""A flow as YAML and back, nothing lost: what is kept in git, sent to somebody, or typed by hand. Pure.

Two graphs that are the same are written the same: names in a fixed order, slots in the order in which they
are asked for, languages by their codes, defaults left out, the places on the canvas last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from flows.graph import Graph, asks_for
from flows.parts import IN_LANGUAGES, LISTS_IN_LANGUAGES
from flows.wrong_form import first_fault
from flows.yaml_reading import Read, YamlError, read_yaml
from flows.yaml_writing import Inline, InlineList, write_yaml

CONDITIONS = {"when", "valid"}
SORTED = {"values", "given", "takes", "gives", *IN_LANGUAGES, *LISTS_IN_LANGUAGES}
NAMED_BY_PEOPLE = {"slots", "layout"}  # a slot may be called “when”


def from_yaml(text: str) -> Graph:
    """Raises YamlError, which says in which line, at which part, and what to do."""
    return from_yaml_with_lines(text)[0]


def from_yaml_with_lines(text: str) -> tuple[Graph, Read]:
    """The flow, and where each part of it stands."""
    read = read_yaml(text)
    try:
        return Graph.model_validate(read.data), read
    except ValidationError as error:
        path, what = first_fault(error, read.data)
        raise YamlError(what, line=read.line(path), path=path) from error


def to_yaml(graph: Graph) -> str:
    data = graph.model_dump(mode="python", by_alias=True, exclude_defaults=True)
    given = {name: data[name] for name in type(graph).model_fields if name in data}
    given["slots"] = {name: _part(given["slots"][name], {"kind": graph.slots[name].kind})
                      for name in _as_asked(graph)}  # fmt: skip
    given["nodes"] = [
        _part(part, {"id": node.id, "kind": node.kind, "note": node.note})
        for node, part in zip(graph.nodes, given.get("nodes", ()), strict=True)
    ]
    layout = {name: InlineList(_whole(one) for one in place) for name, place in graph.layout.items()}
    given["layout"] = _sorted(layout, [node.id for node in graph.nodes])
    return write_yaml({name: _natural(name, one) for name, one in given.items() if one not in ({}, [], "")})


def _part(part: Mapping[str, Any], first: Mapping[str, Any]) -> dict[str, Any]:
    """A slot or a step: what it is comes first, also where it is the default."""
    return {name: one for name, one in {**first, **part}.items() if one != ""}


def _as_asked(graph: Graph) -> list[str]:
    asked = [slot for node in graph.nodes for slot in asks_for(node) or (getattr(node, "slot", ""),)]
    return list(_sorted(graph.slots, asked))


def _sorted(named: Mapping[str, Any], first: Iterable[str]) -> dict[str, Any]:
    """In that order, then by the alphabet."""
    order = [name for name in dict.fromkeys(first) if name in named]
    return {name: named[name] for name in [*order, *sorted(set(named) - set(order))]}


def _natural(name: str, part: Any) -> Any:
    """Each part in the form in which it reads well."""
    if name in CONDITIONS:
        return _condition(part)
    if name in SORTED:
        return {key: _listed(part[key]) for key in sorted(part)} if isinstance(part, dict) else part
    if isinstance(part, float) and name in ("least", "most"):
        return _whole(part)
    if isinstance(part, Mapping):
        return {key: _natural(key if name not in NAMED_BY_PEOPLE else "", one) for key, one in part.items()}
    if isinstance(part, list | tuple) and not isinstance(part, InlineList):
        return [_natural("", one) for one in part]
    return part


def _listed(part: Any) -> Any:
    return list(part) if isinstance(part, tuple) else part


def _whole(number: float) -> float | int:
    """5, not 5.0, where the form of a number means nothing."""
    return int(number) if number.is_integer() and abs(number) < 10**15 else number


def _condition(part: Mapping[str, Any]) -> Any:
    """A test in one line; a group with one line for each."""
    if "fact" in part:
        value = part.get("value")
        return Inline({**part, "value": InlineList(value)} if isinstance(value, tuple) else part)
    return {name: _condition(one) if isinstance(one, Mapping) else [_condition(inner) for inner in one]
            for name, one in part.items()}  # fmt: skip
