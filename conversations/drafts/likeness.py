"""How much of a suggestion is in what was sent. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MARK = re.compile(r"\s*\[\d{1,3}\]")
KEPT = 0.5  # of the words of a suggestion: below, something else was written
LONGEST = 1200  # words that are compared


@dataclass(frozen=True, slots=True)
class Likeness:
    """`same`: word for word. `kept`: the part of the suggestion that was sent; `ratio` of both to each
    other, 0 to 1."""

    same: bool
    kept: float
    ratio: float

    @property
    def used(self) -> bool:
        return self.same or self.kept >= KEPT


def without_marks(text: str) -> str:
    """As a person sends it: customers see no sources below a person's words."""
    return MARK.sub("", text).strip()


def compared(suggested: str, sent: str) -> Likeness:
    own, theirs = _words(without_marks(suggested)), _words(without_marks(sent))
    if not own or not theirs:
        return Likeness(False, 0.0, 0.0)
    matcher = SequenceMatcher(None, own, theirs, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    return Likeness(own == theirs, common / len(own), round(matcher.ratio(), 4))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())[:LONGEST]
