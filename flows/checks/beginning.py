"""Whether customers can begin the flow: what it is about, and what they say to it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from flows.checks.base import Draft, Problem
from flows.checks.wording import has
from flows.graph import Graph
from flows.languages import begins_in, may_begin


def check(draft: Draft) -> Iterator[Problem]:
    if not draft.graph.begins:
        return
    examples = draft.graph.examples
    if not any(examples.values()):
        yield Problem("warns", "", "examples", "no_examples")
    else:
        for language in draft.languages:
            if not has(examples, language):
                yield Problem("warns", "", "examples", "no_examples_in", {"language": language})
    if not any(draft.graph.description.values()):
        yield Problem("warns", "", "description", "no_description")
    yield from _languages(draft)
    yield from _same_examples(draft)


def _languages(draft: Draft) -> Iterator[Problem]:
    """In conversations in a language that its steps say nothing in, it does not begin."""
    known = begins_in(draft.graph, draft.flows)
    if known and not all(may_begin(draft.graph, language, draft.flows) for language in draft.spoken):
        yield Problem("warns", "", "any_language", "begins_in", {"languages": known})


def _same_examples(draft: Draft) -> Iterator[Problem]:
    others = {
        example: other.key for other in draft.flows.values() if other.begins for example in plain(other)
    }
    for example, (field, said) in plain(draft.graph).items():
        if example in others:
            params = {"example": said, "flow": others[example]}
            yield Problem("warns", "", field, "same_example", params)


def plain(graph: Graph) -> dict[str, tuple[str, str]]:
    """Each example without case and signs: (where it stands, as it is)."""
    return {
        folded(said): (f"examples.{language}.{number}", said)
        for language, lines in graph.examples.items()
        for number, said in enumerate(lines)
        if said.strip()
    }


@lru_cache(maxsize=8192)  # the same examples are looked at with each message
def folded(said: str) -> str:
    """Without case and signs."""
    return " ".join(re.findall(r"\w+", said.casefold()))
