"""Whether everything is said, in each language, and every `{placeholder}` stands for something. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flows.checks.base import Draft, Problem
from flows.checks.facts import is_known

# What a repair flow is told: `{flow}` in “{flow} is cancelled.”
TOLD = {"slot", "value", "flow", "error"}


def check(draft: Draft) -> Iterator[Problem]:
    yield from _missing(draft)
    told = TOLD if draft.graph.repair else set()
    for node, field, path in draft.placeholders:
        name = path.removeprefix("slots.")
        if field.endswith(".each"):  # which is no text: see `flows/checks/cards.py`
            continue
        if not is_known(draft, path) and name.partition(".")[0] not in told:
            yield Problem("warns", node, field, "unknown_placeholder", {"name": name})


def _missing(draft: Draft) -> Iterator[Problem]:
    for node, field, text, lack in draft.texts:
        if not any(text.values()):
            if lack:
                yield Problem(lack, node, field, "no_text")
            continue
        for language in draft.languages:
            if not has(text, language):
                yield Problem("warns", node, field, "no_translation", {"language": language})


def has(text: Mapping[str, Any], language: str) -> bool:
    """Also where a customer of this language reads the one that it is a kind of."""
    return bool(text.get(language) or text.get(language.partition("-")[0]))
