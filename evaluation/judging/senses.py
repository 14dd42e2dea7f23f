"""Whether a sentence says the opposite of the one that it comes nearest to. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from assistant.evidence import OPENING, stems_of
from evaluation.judging.figures import Part, Weight
from knowledge.terms import fold, tokenise
from knowledge.upkeep.words import NEGATIONS

NEAR = 0.45  # of what the sentence says
AS_NEAR = 0.85  # of the nearest
COSTS_NOTHING = re.compile(
    r"\b(?:ne coute(?:nt)? rien|costs? nothing|at no (?:extra )?(?:charge|cost)|sans frais)\b"
)
# They say from when on, and deny nothing.
FROM_THEN_ON = re.compile(
    r"\b(?:pas avant|not (?:before|until)|no (?:later|sooner) than|pas plus tard que)\b"
)
WITHOUT = frozenset(["without", "sans"])
# Words that cannot both be true of the same. Folded.
OPPOSITES = [
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("open opened", "closed"),
        ("free gratis nothing", "charged payable extra"),
        ("before", "after"),
        ("included", "excluded extra"),
        ("minimum least", "maximum most"),
        ("allowed possible may can", "forbidden impossible"),
        ("always", "never"),
        ("accept accepts accepted", "refuse refused"),
        ("ouvert ouverte ouverts ouvertes", "ferme fermee fermes fermees"),
        ("gratuit gratuite gratuits gratuites gratuitement", "payant payante payants payantes"),
        ("avant", "apres"),
        ("inclus comprise compris", "sus exclu"),
        ("minimum moins", "maximum plus"),
        ("possible", "impossible interdit"),
        ("toujours", "jamais"),
    )
]


def denies(text: str) -> bool:
    return True in signs(text)


def signs(text: str) -> tuple[bool, bool]:
    """Whether it denies, and whether something is without: each turns a sentence round by itself. The yes or
    no that it begins with answers the question, and counts for nothing."""
    bare = FROM_THEN_ON.sub("", fold(OPENING.sub("", text.strip(), count=1)))
    words = frozenset(tokenise(COSTS_NOTHING.sub("gratuit", bare)))
    return not NEGATIONS.isdisjoint(words), not WITHOUT.isdisjoint(words)


def opposite_of(sentence: str, parts: Sequence[Part], language: str, weight: Weight) -> str:
    """The part of the passage that it contradicts; "" where there is none."""
    bare = OPENING.sub("", sentence.strip(), count=1)
    about = stems_of(bare, language)
    whole = weight(about)
    if not whole:
        return ""
    near = [(weight(about & part.stems) / whole, part) for part in parts]
    best = max((share for share, _part in near), default=0.0)
    nearest = [part for share, part in near if best >= NEAR and share >= AS_NEAR * best]
    if not nearest:
        return ""
    if all(signs(part.text) != signs(sentence) for part in nearest):
        return nearest[0].text
    words = frozenset(tokenise(fold(bare)))
    return next((part.text for part in nearest if _opposed(words, frozenset(tokenise(fold(part.text))))), "")


def _opposed(one: Set[str], other: Set[str]) -> bool:
    return any(
        (one & left and other & right and not (one & right or other & left))
        or (one & right and other & left and not (one & left or other & right))
        for left, right in OPPOSITES
    )
