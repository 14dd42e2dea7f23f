"""What is said twice, what says otherwise, and what there is too much of. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.cleaning.duplicates import ALIKE, likeness
from training.examples.likeness import key_of

DUPLICATE, CONTRADICTED, BALANCED = "duplicate", "contradicted", "balance"
# A correction was thought about the most: of what is equal it stays.
WORTH = {"correction": 2, "review": 1, "staff": 0}


@dataclass(frozen=True)
class Weighed:
    """`answer`: all that the example teaches to say; a pair's is both answers."""

    origin: str
    said_at: datetime
    language: str
    topic: str
    asked: str
    answer: str


def left_out(examples: Sequence[Weighed], *, most: int) -> dict[int, str]:
    """The numbers of those that stay out, and why."""
    twice = said_before(examples)
    return twice | too_many(examples, set(range(len(examples))) - set(twice), most)


def said_before(examples: Sequence[Weighed]) -> dict[int, str]:
    """Of the same question in the same language the newest stays: what is right changes."""
    asked: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at in sorted(range(len(examples)), key=lambda at: _order(examples[at]), reverse=True):
        asked[examples[at].language, key_of(examples[at].asked)].append(at)
    found = {}
    for first, *others in asked.values():
        for other in others:
            same = alike(examples[first].answer, examples[other].answer)
            found[other] = DUPLICATE if same else CONTRADICTED
    return found


def alike(one: str, other: str) -> bool:
    return key_of(one) == key_of(other) or likeness(one, other) >= ALIKE


def too_many(examples: Sequence[Weighed], among: set[int], most: int) -> dict[int, str]:
    """Beyond `most` of a topic in a language; 0: there is no limit. What is worth more stays, then what is
    newer."""
    counted: Counter[tuple[str, str]] = Counter()
    found = {}
    for at in sorted(among, key=lambda at: (WORTH[examples[at].origin], _order(examples[at])), reverse=True):
        place = examples[at].topic, examples[at].language
        counted[place] += 1
        if most and counted[place] > most:
            found[at] = BALANCED
    return found


def _order(example: Weighed) -> tuple[datetime, int]:
    return example.said_at, WORTH[example.origin]
