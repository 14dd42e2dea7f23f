"""Examples that hold what looks like a secret: they are not learned, and staff are told which. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.routing.samples import Sample
from knowledge.cleaning.base import Rules
from knowledge.cleaning.personal import cards_alone

RULES = Rules(frozenset(["personal"]))
# Keys of well-known services, and anything as long and as mixed as one. Not the number of an order.
KEY = re.compile(
    r"\b(?:sk|pk|rk|ghp|gho|xox[abp]|AKIA|AIza)[-_A-Za-z0-9]{12,}|"
    r"\b(?=[A-Za-z0-9_]*\d)(?=[A-Za-z0-9_]*[a-z])(?=[A-Za-z0-9_]*[A-Z])[A-Za-z0-9_]{24,}\b"
)
# Private keys, signed tokens, and what is said to be a password and has a number or a sign in it: whoever
# writes "my password is wrong" gives nothing away.
PRIVATE = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:.*?-----END [A-Z ]*PRIVATE KEY-----|.*)", re.DOTALL
)
TOKEN = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*")
PASSWORD = re.compile(
    r"\b(?:password|passwd|passcode|pwd|pin(?: code)?|secret|api[ _-]?key|token|mot de passe|mdp|code secret"
    r"|clé d['’]api)"
    r"\s*(?:is|was|est|était|[:=])\s*(?-i:(?=\S*[\d#@$%&*!?_+=]\S)\S{4,})",
    re.IGNORECASE,
)
PATTERNS = (PRIVATE, TOKEN, PASSWORD, KEY)
MASK = "█████"


def holds_a_secret(text: str) -> bool:
    return any(pattern.search(text) for pattern in PATTERNS) or bool(cards_alone(text, RULES))


def without_secrets_in(text: str) -> str:
    """The text with a mask over each, for whoever is to see which text it was."""
    for pattern in PATTERNS:
        text = pattern.sub(MASK, text)
    for card in reversed(cards_alone(text, RULES)):
        text = text[: card.start] + MASK + text[card.end :]
    return text


def without_secrets(samples: Sequence[Sample]) -> tuple[list[Sample], dict[str, int]]:
    """What may be learned, and by label how many may not."""
    kept, left = [], dict[str, int]()
    for sample in samples:
        if holds_a_secret(sample.text):
            left[sample.label] = left.get(sample.label, 0) + 1
        else:
            kept.append(sample)
    return kept, left
