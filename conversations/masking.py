"""Card numbers in what customers write: only their last four digits are ever stored, shown or sent on."""

from __future__ import annotations

from knowledge.cleaning.base import Rules
from knowledge.cleaning.personal import cards_alone

RULES = Rules(frozenset(["personal"]))
MASKED = "•••• "


def without_cards(text: str) -> str:
    """Where a card number stood, its last four digits: “•••• 1111”."""
    for finding in reversed(cards_alone(text, RULES)):
        digits = "".join(filter(str.isdigit, finding.text))
        text = text[: finding.start] + MASKED + digits[-4:] + text[finding.end :]
    return text
