"""Words that hold what stands on a button: "Can I move it to Friday?" below a card with "Move it". Pure.

What "it" is, no flow's examples say; the button does: it says a whole sentence when it is pressed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.events import Said
from knowledge.terms import fold, tokenise

MOST_BACK = 8  # messages, within which a card is still in sight
LEAST_WORDS = 2  # on a button: "Yes" or "More" stand in many a sentence
# Who asks how or until when wants to know it first.
TO_KNOW_FIRST = re.compile(
    r"^(?:(?:and|but|et|mais)\s+)?(?:(?:until|till|by|before|from|jusqu['’ ]a|avant|d['’ ]|a partir de)\s*)?"
    r"(?:how|what|when|where|why|which|who|comment|quand|quels?|quelles?|ou|pourquoi|combien)\b"
)


def alluded(text: str, before: Sequence[Said]) -> str:
    """What the button says whose label is part of the words, the newest first; "" for none."""
    said = f" {_plain(text)} "
    if TO_KNOW_FIRST.match(fold(text).strip()):
        return ""
    for message in reversed(before[-MOST_BACK:]):
        for option in message.options:
            label = _plain(option.label)
            if label.count(" ") >= LEAST_WORDS - 1 and f" {label} " in said:
                return option.text
    return ""


def _plain(text: str) -> str:
    return " ".join(tokenise(fold(text)))
