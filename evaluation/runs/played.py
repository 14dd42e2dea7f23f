"""A conversation of a run as its page shows it: each turn with what was expected and what a judge says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from chatbot.markdown import render_message
from evaluation.checks_in_words import Worded, titles_for, worded
from evaluation.judging.verdicts import DIMENSIONS as JUDGED_FOR
from evaluation.judging.verdicts import Judgement, Verdict
from evaluation.judging.words import DIMENSIONS, because_in_words, error_in_words
from evaluation.runs.rows import Case
from evaluation.scenario_words import OUTCOMES
from evaluation.turned import Turned


@dataclass(frozen=True)
class Said:
    """One verdict: its name, whether it is met, and why it is not."""

    name: str
    met: bool | None
    why: str


def columns(cases: Sequence[Case], names: Sequence[str], times: int) -> list[dict[str, Any]]:
    """One after the other, as the cases are; `names` are those of the sides."""
    turns = [[Turned.from_json(one) for one in case.turned] for case in cases]
    titles = titles_for(chain.from_iterable(turns))
    return [
        _column(case, names[case.side], times, [(one, worded(one, titles)) for one in of_case])
        for case, of_case in zip(cases, turns, strict=True)
    ]


def _column(
    case: Case, name: str, times: int, turns: Sequence[tuple[Turned, Sequence[Worded]]]
) -> dict[str, Any]:
    told = f"{name} · {case.time + 1}" if times > 1 else name
    judged = [Judgement.from_json(one) for one in case.judged or ()][: len(turns)]
    judgements = chain(judged, repeat(None))
    played = [_turn(*turn, said) for turn, said in zip(turns, judgements, strict=False)]
    return {"name": told, "case": case, "turns": played}


def _turn(turned: Turned, checks: Sequence[Worded], judged: Judgement | None) -> dict[str, Any]:
    return {
        "turned": turned,
        "html": render_message(turned.said),
        "outcome": OUTCOMES.get(turned.outcome, turned.outcome),
        "checks": checks,
        "judged": verdicts(judged) if judged else [],
        "judge_error": error_in_words(judged.error) if judged and judged.error else "",
        "sentences": sentences(judged) if judged else [],
    }


def verdicts(judged: Judgement) -> list[Said]:
    """Without those of which there was nothing to judge."""
    return [
        Said(str(DIMENSIONS[name]), judged.of(name).met, why(judged.of(name)))
        for name in JUDGED_FOR
        if judged.of(name).met is not None or judged.of(name).because
    ]


def why(verdict: Verdict) -> str:
    return " ".join(because_in_words(one) for one in verdict.because)


def sentences(judged: Judgement) -> Sequence[dict[str, Any]]:
    """Those that are not grounded, each with why."""
    return [
        {"sentence": one.sentence, "why": " ".join(because_in_words(because) for because in one.because)}
        for one in judged.sentences
        if not one.grounded
    ]
