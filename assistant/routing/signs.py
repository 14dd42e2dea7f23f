"""What the form of a message says beside its meaning: whether it asks to know, or wants something done; its
words without the values among them.

"How do I return a lamp?" and "I want to return a lamp" mean nearly the same to a vector. Pure.
"""

from __future__ import annotations

import re

from knowledge.terms import fold

QUESTION = re.compile(
    r"\?|^(?:how|what|when|where|who|which|why|is|are|do|does|did|can i|could i|may i|will|would|comment"
    r"|combien|quand|ou|quel|quelle|quels|quelles|qui|pourquoi|est[ -]ce|puis[ -]je|peut[ -]on)\b"
)
WISH = re.compile(
    r"\b(?:i want|i wanna|i would like|i['’ ]d like|i need|i wish|let me|please|can you|could you|help me"
    r"|merci de|je veux|je voudrais|j['’ ]aimerais|je souhaite|je souhaiterais|il me faut|j['’ ]ai besoin"
    r"|peux[ -]tu|pouvez[ -]vous|pourriez[ -]vous|svp|s['’ ]il vous plait|aidez[ -]moi)\b"
)
TO_KNOW = re.compile(r"\b(?:how long|how much|how many|combien|quel delai|possible|allowed|permis)\b")


# Order numbers, addresses, dates: they say nothing of the flow, and take up much of a vector.
VALUE = re.compile(r"\S+@\S+|https?://\S+|\S*\d\S*")


def without_values(text: str) -> str:
    """The words that may begin a flow; all of them where nothing else is left."""
    kept = " ".join(VALUE.sub(" ", text).split())
    return kept if re.search(r"\w", kept) else text


def signs(text: str) -> tuple[float, ...]:
    """Three numbers, 0 or 1."""
    folded = fold(text).strip()
    return tuple(float(bool(pattern.search(folded))) for pattern in (QUESTION, WISH, TO_KNOW))
