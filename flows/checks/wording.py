"""Whether everything is said, in each language, and every `{placeholder}` stands for something. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flows.checks.base import Draft, Problem
from flows.checks.facts import is_known
from flows.graph import Act
from flows.texts import PLACEHOLDER

# What a repair flow is told: `{flow}` in “{flow} is cancelled.”
TOLD = {"slot", "value", "flow", "error"}
# “{Your name}”: what somebody takes for a placeholder, and would be said or sent as it stands here.
BRACES = re.compile(r"\{([^{}\n\":]{1,80})\}")


def check(draft: Draft) -> Iterator[Problem]:
    yield from _missing(draft)
    yield from _no_placeholders(draft)
    told = TOLD if draft.graph.repair else set()
    for node, field, path in draft.placeholders:
        name = path.removeprefix("slots.")
        if field.endswith(".each"):  # which is no text: see `flows/checks/cards.py`
            continue
        if not is_known(draft, path) and name.partition(".")[0] not in told:
            yield Problem("warns", node, field, "unknown_placeholder", {"name": name})


def _no_placeholders(draft: Draft) -> Iterator[Problem]:
    for node, field, text, _lack in draft.texts:
        for name in sorted({name for one in text.values() for name in _odd(one)}):
            yield Problem("warns", node, field, "no_placeholder", {"name": name})
    for step in draft.graph.nodes:
        for argument, template in step.given.items() if isinstance(step, Act) else ():
            for name in _odd(template):
                yield Problem("stops", step.id, f"given.{argument}", "no_placeholder", {"name": name})


def _odd(text: str) -> list[str]:
    return [name for name in BRACES.findall(text) if not PLACEHOLDER.fullmatch(f"{{{name}}}")]


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
