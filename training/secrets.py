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


def holds_a_secret(text: str) -> bool:
    return bool(KEY.search(text) or cards_alone(text, RULES))


def without_secrets(samples: Sequence[Sample]) -> tuple[list[Sample], dict[str, int]]:
    """What may be learned, and by label how many may not."""
    kept, left = [], dict[str, int]()
    for sample in samples:
        if holds_a_secret(sample.text):
            left[sample.label] = left.get(sample.label, 0) + 1
        else:
            kept.append(sample)
    return kept, left
