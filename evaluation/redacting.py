"""What customers asked, without what would tell who they are."""

from __future__ import annotations

from knowledge.cleaning.base import Rules
from knowledge.cleaning.personal import redact

SHORTEST_NAME = 3


def without_personal(text: str, language: str, name: str) -> str:
    """`name`: the customer's, as far as it is known."""
    names = frozenset(part for part in name.split() if len(part) >= SHORTEST_NAME)
    return redact(text, Rules(frozenset(["personal"]), personal="redact", names=names), language)[0]
