"""A wish and an example that are the same but for how one asks: "I want to book an appointment", and "book an
appointment". Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from assistant.routing.signs import WISH
from flows.graph import Graph
from knowledge.terms import fold, tokenise

# What is said or left out around the same wish. Not "not", and nothing that asks.
SMALL = frozenset(["to", "a", "an", "the", "de", "d", "un", "une", "le", "la", "l", "les"])


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Its words without the wish and the articles."""
    return " ".join(word for word in tokenise(WISH.sub(" ", fold(text))) if word not in SMALL)


def wished(flows: Mapping[str, Graph], text: str) -> tuple[str, ...]:
    """The flows that have this wish among their examples, however it is put."""
    said = bare(text)
    return tuple(key for key, flow in flows.items() if said in examples(flow)) if said else ()


def examples(flow: Graph) -> set[str]:
    return {bare(text) for several in flow.examples.values() for text in several} - {""}
