"""The languages that a flow is written in: those of its texts, the empty ones too. Pure.

An empty text says that somebody means to write it: a language is added to a flow by adding its name, empty.
What customers hear is another matter: a flow begins in the languages that its steps say something in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flows.checks.said import texts
from flows.graph import Call, Graph, asks_for
from flows.parts import IN_LANGUAGES, LISTS_IN_LANGUAGES

TEXTS = IN_LANGUAGES | LISTS_IN_LANGUAGES
Others = Mapping[str, Graph]
DEEPEST = 5  # flows that call each other
LONGEST_CODE = 3  # of a language, without its region; “kind” is none


def languages_of(graph: Graph) -> list[str]:
    return sorted({language for text in _texts(graph.model_dump(exclude_defaults=True)) for language in text})


def begins_in(graph: Graph, others: Others) -> list[str]:
    """The languages of the conversations that it begins in: those that it speaks and that the flows which it
    calls (`others`, by key) speak too. [] where it may begin in any: nothing is said, or its own language is
    what somebody wants customers to hear."""
    return [] if graph.any_language else sorted(_spoken(graph, others, frozenset()) or ())


def may_begin(graph: Graph, language: str, others: Others) -> bool:
    """Whether customers can begin it in a conversation in this language."""
    known = begins_in(graph, others)
    return graph.begins and (not known or _language(language) in known)


def _spoken(graph: Graph, others: Others, callers: frozenset[str]) -> frozenset[str] | None:
    """None where nothing is said. Of flows that have no language in common, the first one's are kept."""
    spoken, callers = _own(graph), callers | {graph.key}
    for node in graph.nodes:
        if not isinstance(node, Call) or node.flow in callers or len(callers) >= DEEPEST:
            continue
        called = others.get(node.flow)
        if called is not None and not called.any_language:
            theirs = _spoken(called, others, callers | {node.flow})
            both = theirs if spoken is None or theirs is None else spoken & theirs
            spoken = both or spoken
    return spoken


def _own(graph: Graph) -> frozenset[str] | None:
    """Its name is no text that customers read before they begin it, nor are its examples."""
    asked = {slot: node.id for node in graph.nodes for slot in asks_for(node)}
    questions = {f"slots.{slot}.ask" for slot in asked}
    said = [text for node, field, text, _lack in texts(graph, asked) if node or field in questions]
    return frozenset(_language(code) for text in said for code, words in text.items() if words) or None


def _language(code: str) -> str:
    """Without its region: customers from Québec read French."""
    return code.partition("-")[0]


def only_in(graph: Graph, languages: list[str]) -> Graph:
    """The same without its texts in other languages, and with room for those that it lacks."""
    data = _narrowed(graph.model_dump(mode="json", by_alias=True), languages)
    data["name"] = {**dict.fromkeys(languages, ""), **data["name"]}
    return Graph.model_validate(data)


def _texts(part: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(part, Mapping):
        for name, inner in part.items():
            if _is_text(name, inner):
                yield inner
            else:
                yield from _texts(inner)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _texts(one)


def _is_text(name: str, part: Any) -> bool:
    """A slot may be called “label”; it has settings, not languages."""
    return (
        name in TEXTS
        and isinstance(part, Mapping)
        and all(isinstance(one, str | list | tuple) for one in part.values())
        and all(len(key.partition("-")[0]) <= LONGEST_CODE for key in part)
    )


def _narrowed(part: Any, languages: list[str]) -> Any:
    if isinstance(part, Mapping):
        return {
            name: {key: one for key, one in inner.items() if key in languages}
            if _is_text(name, inner)
            else _narrowed(inner, languages)
            for name, inner in part.items()
        }
    return [_narrowed(one, languages) for one in part] if isinstance(part, list) else part
