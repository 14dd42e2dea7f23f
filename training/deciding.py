"""What becomes of a router that has just been learned: in use at once, or a candidate that waits. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from training.apart import Pairs


class Why(StrEnum):
    """Why a training is in its state; the words in which it is said are in training/words.py."""

    FIRST = "first"
    MODEL = "model"  # another embedding model than before
    FLOWS = "flows"  # some came or went
    NOT_WORSE = "not_worse"
    BETTER = "better"
    TOO_FEW = "too_few"  # to tell
    PERSON = "person"
    BACK = "back"  # gone back to
    WORSE = "worse"
    ASKED = "asked"  # it waits for a person
    PINNED = "pinned"  # another one is
    NEWER = "newer"  # one took its place
    NO_FLOWS = "no_flows"
    ONE_KIND = "one_kind"  # of example
    TROUBLE = "trouble"


@dataclass(frozen=True)
class Present:
    """What is in use; `usable` by the embedding model of today."""

    number: int
    flows: frozenset[str]
    usable: bool = True


@dataclass(frozen=True)
class Decision:
    use: bool
    why: Why
    facts: dict[str, Any] = field(default_factory=dict)


def decide(
    flows: frozenset[str], present: Present | None, pairs: Pairs, *, pinned: bool, by_itself: bool
) -> Decision:
    """Flows that came or went count at once: what is in use does not know them. Otherwise it must not be
    worse, and staff may want to say so themselves."""
    if present is None:
        return Decision(True, Why.FIRST)
    if not present.usable:
        return Decision(True, Why.MODEL)
    changed = {"new": sorted(flows - present.flows), "gone": sorted(present.flows - flows)}
    if pinned:
        return Decision(False, Why.PINNED, {"number": present.number, **changed})
    if any(changed.values()):
        return Decision(True, Why.FLOWS, changed)
    found = pairs.said()
    if found == "worse":
        return Decision(False, Why.WORSE, {"number": present.number})
    if not by_itself:
        return Decision(False, Why.ASKED, {"number": present.number})
    whys = {"better": Why.BETTER, "too_few": Why.TOO_FEW, "same": Why.NOT_WORSE}
    return Decision(True, whys[found], {"number": present.number})
