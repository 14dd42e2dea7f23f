"""What customers asked, without what would tell who they are."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.cleaning.base import Rules
from knowledge.cleaning.personal import redact

SHORTEST_NAME = 3


def without_personal(text: str, language: str, name: str) -> str:
    """`name`: the customer's, as far as it is known."""
    return redact(text, rules_for(name.split()), language)[0]


def rules_for(names: Iterable[str]) -> Rules:
    """All that is personal, these names among it."""
    known = frozenset(name for name in names if len(name) >= SHORTEST_NAME)
    return Rules(frozenset(["personal"]), personal="redact", names=known)
