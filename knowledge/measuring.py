"""How good search is on questions with known answers.

A question line is JSON: `{id, lang, question, acceptable_ids, answerable, history?}`. An answerable one is
a hit when any of its acceptable documents (external ids) is found; one with `answerable: false` must be
refused.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DEPTHS = (1, 3, 5, 10)


@dataclass(frozen=True)
class Question:
    """A question with what would be right: documents, or a refusal. A `partial` answer is an answer."""

    id: str
    text: str
    language: str
    history: tuple[str, ...] = ()  # the customer's earlier turns
    acceptable: frozenset[str] = frozenset()
    answerable: bool = True


@dataclass(frozen=True)
class Outcome:
    """What search did with one question: external ids of documents, best first, and whether it refused."""

    question: Question
    found: Sequence[str]
    refused: bool

    @property
    def rank(self) -> int | None:
        """The place of the first acceptable document among the first ten, from 1."""
        places = (at for at, found in enumerate(self.found[:10], 1) if found in self.question.acceptable)
        return next(places, None)


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1 over a set of questions; refusals are None when no question asked for them."""

    answerable: int
    unanswerable: int
    hits: dict[int, float] = field(default_factory=dict)
    mrr: float = 0.0
    ndcg: float = 0.0
    refused: float | None = None
    wrongly_refused: float | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "answerable": self.answerable,
            "unanswerable": self.unanswerable,
            **{f"hit@{depth}": round(share, 4) for depth, share in self.hits.items()},
            "mrr@10": round(self.mrr, 4),
            "ndcg@10": round(self.ndcg, 4),
            "refused": self.refused,
            "wrongly_refused": self.wrongly_refused,
        }


Ask = Callable[[Question], Outcome]


def read_questions(path: Path) -> list[Question]:
    """Raise ValueError naming the line that is not a question."""
    questions = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip():
            continue
        try:
            questions.append(parse_question(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path.name}, line {number}: not a question ({error})") from error
    return questions


def parse_question(row: dict[str, Any]) -> Question:
    gold = row.get("acceptable_ids") or ([row["gold_id"]] if row.get("gold_id") else [])
    said = [turn["text"] for turn in row.get("history", []) if turn["role"] in ("user", "customer")]
    return Question(
        id=str(row.get("id", "")),
        text=row["question"],
        language=row.get("lang", "en"),
        history=tuple(said),
        acceptable=frozenset(gold),
        answerable=row.get("answerable", bool(gold)) is not False,
    )


def measure(questions: Iterable[Question], ask: Ask) -> tuple[Figures, list[Outcome]]:
    outcomes = [ask(question) for question in questions]
    return figures_of(outcomes), outcomes


def figures_of(outcomes: Sequence[Outcome]) -> Figures:
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    others = [outcome for outcome in outcomes if not outcome.question.answerable]
    ranked = [outcome for outcome in answerable if outcome.question.acceptable]
    return Figures(
        answerable=len(answerable),
        unanswerable=len(others),
        hits={depth: _mean(_within(outcome, depth) for outcome in ranked) for depth in DEPTHS},
        mrr=_mean(1 / outcome.rank if outcome.rank else 0.0 for outcome in ranked),
        ndcg=_mean(map(gain, ranked)),
        refused=_mean(outcome.refused for outcome in others) if others else None,
        wrongly_refused=_mean(outcome.refused for outcome in answerable) if answerable else None,
    )


def _within(outcome: Outcome, depth: int) -> bool:
    return outcome.rank is not None and outcome.rank <= depth


def gain(outcome: Outcome) -> float:
    """nDCG@10 of one question: every acceptable document counts the same."""
    acceptable = outcome.question.acceptable
    got = sum(1 / math.log2(at + 1) for at, found in enumerate(outcome.found[:10], 1) if found in acceptable)
    ideal = sum(1 / math.log2(at + 1) for at in range(1, min(len(acceptable), 10) + 1))
    return got / ideal if ideal else 0.0


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
