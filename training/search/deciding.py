"""What becomes of a weighing that was just learned: in use, a candidate that waits, or nothing. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.weighing import Weighing
from training.apart import Said


class Why(StrEnum):
    """Why a training is in its state; the words in which it is said are in training/search/words.py."""

    BETTER = "better"
    ASKED = "asked"  # better, and it waits for a person
    PERSON = "person"
    BACK = "back"  # gone back to
    SAME = "same"  # nothing else is better
    NOT_BETTER = "not_better"
    FEW_PAIRS = "few_pairs"  # held out, to tell
    FEW = "few"  # questions, to learn from
    NOT_READY = "not_ready"  # nothing to search
    NEWER = "newer"
    USUAL = "usual"  # gone back to what the product comes with
    ASIDE = "aside"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class Decision:
    """`waits`: for a person, who is told. Neither: what is in use stays."""

    why: Why
    use: bool = False
    waits: bool = False


def decide(weighing: Weighing, present: Weighing, said: Said, *, by_itself: bool) -> Decision:
    """Only what is better comes into use: where nothing can be told, there is no reason to change anything.
    `said` of what was held out."""
    if weighing == present:
        return Decision(Why.SAME)
    if said == "better":
        return Decision(Why.BETTER, use=True) if by_itself else Decision(Why.ASKED, waits=True)
    return Decision(Why.FEW_PAIRS if said == "too_few" else Why.NOT_BETTER)
