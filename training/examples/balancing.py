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
    """`asked`: the question with what the customer said before it. `answer`: all that the example teaches to
    say; a pair's is both answers."""

    origin: str
    said_at: datetime
    language: str
    topic: str
    question: str
    asked: str
    answer: str


def left_out(examples: Sequence[Weighed], *, most: int) -> dict[int, str]:
    """The numbers of those that stay out, and why."""
    twice = said_before(examples)
    return twice | too_many(examples, set(range(len(examples))) - set(twice), most)


def said_before(examples: Sequence[Weighed]) -> dict[int, str]:
    """Of the same question in the same language the newest stays: what is right changes. Where something
    else was said before it, another answer to it is no contradiction."""
    kept: dict[tuple[str, str], list[Weighed]] = defaultdict(list)
    found = {}
    for at in sorted(range(len(examples)), key=lambda at: _order(examples[at]), reverse=True):
        example = examples[at]
        newer = kept[example.language, key_of(example.question)]
        if why := said_by(newer, example):
            found[at] = why
        else:
            newer.append(example)
    return found


def said_by(newer: Sequence[Weighed], example: Weighed) -> str:
    if any(alike(one.answer, example.answer) for one in newer):
        return DUPLICATE
    asked = key_of(example.asked)
    return CONTRADICTED if any(key_of(one.asked) == asked for one in newer) else ""


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
