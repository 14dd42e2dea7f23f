"""What a judge says of one answer: by sentence whether it is grounded, and of the whole whether it helps,
fits what was said before, and has the right tone. Pure, and all of it can be kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

Dimension = Literal["grounded", "helpful", "coherent", "tone"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
OFFLINE = "offline"  # the name of the judge that asks no model


@dataclass(frozen=True, slots=True)
class Because:
    """Why: `code` is one of `evaluation/judging/words.py`, `facts` what its words name."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfSentence:
    """`passage` is the number of the one it was held against, 0 for none; `score` from 0 to 1."""

    sentence: str
    grounded: bool
    score: float
    passage: int = 0
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`met` is None where there is nothing to judge, or the judge said nothing that could be understood."""

    met: bool | None = None
    score: float | None = None
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """`error` says why a model's judgement could not be had; then no verdict is met or missed."""

    judge: str
    grounded: Verdict = Verdict()
    helpful: Verdict = Verdict()
    coherent: Verdict = Verdict()
    tone: Verdict = Verdict()
    sentences: tuple[OfSentence, ...] = ()
    error: str = ""

    def of(self, dimension: str) -> Verdict:
        found: Verdict = getattr(self, dimension)
        return found

    @property
    def is_right(self) -> bool | None:
        """As a reviewer would say of the whole: right where nothing is missed. None where neither what it
        says nor whether it helps could be judged."""
        met = [self.of(one).met for one in DIMENSIONS]
        if False in met:
            return False
        return None if self.grounded.met is None and self.helpful.met is None else True

    @property
    def met(self) -> dict[str, bool | None]:
        return {one: self.of(one).met for one in DIMENSIONS}

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Judgement:
        verdicts = {one: _verdict(kept[one]) for one in DIMENSIONS if one in kept}
        sentences = tuple(
            OfSentence(**{**one, "because": _because(one.get("because", ()))})
            for one in kept.get("sentences", ())
        )
        return cls(kept.get("judge", ""), **verdicts, sentences=sentences, error=kept.get("error", ""))


def _verdict(kept: Mapping[str, Any]) -> Verdict:
    return Verdict(**{**kept, "because": _because(kept.get("because", ()))})


def _because(kept: Any) -> tuple[Because, ...]:
    return tuple(Because(one["code"], dict(one.get("facts", {}))) for one in kept)
