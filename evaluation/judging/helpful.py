"""Whether an answer is one to what was asked. Pure.
 By the words of the question that come back in it, by meaning, by how far the search found something that
stands out, and by whether the kind of thing is given that was asked for. Whether a refusal was right this
judge cannot tell, unless what was looked at says nearly the question itself: questions that are near the
subject and answered nowhere look just like those that are answered somewhere (docs/figures.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evidence import stems_of
from evaluation.judging.asked_kinds import asked_kind, is_given
from evaluation.judging.grounded import Held, Known
from evaluation.judging.sentences import claims_in, units_of
from evaluation.judging.verdicts import Because, Verdict
from evaluation.judging.weighing import ANSWERED, Features
from evaluation.turned import Turned

DECLINED = "declined"
NOT_JUDGED = frozenset(["guided", "asked_back", "handoff"])
NEARLY_IT, ALL_WORDS = 1.0, 0.8  # of what was looked at, from which it would have been an answer
FEWEST_OF_A_QUESTION = 3  # words that tell


def helpful(last: Turned, passages: Sequence[Held], language: str, known: Known) -> Verdict:
    """A step of a flow, a question back and a handoff are judged by whether the goal is reached, not here."""
    question = last.words
    if last.outcome in NOT_JUDGED or not question.strip():
        return Verdict()
    if last.outcome == DECLINED:
        return _declined(question, last.looked, language, known)
    if not claims_in(last.said, language, question):
        return _courtesy(question, language)
    told = of_answer(last, passages, language, known)
    score = ANSWERED.score(told)
    met = score >= ANSWERED.least
    return Verdict(met, round(score, 3), () if met else _why(told, question))


def _courtesy(question: str, language: str) -> Verdict:
    """To thanks and greetings no more is to be said; to a question there is."""
    asks = len(stems_of(question, language)) > FEWEST_OF_A_QUESTION or "?" in question
    return Verdict(not asks, float(not asks), (Because("says_nothing"),) if asks else ())


def _declined(question: str, looked: Sequence[str], language: str, known: Known) -> Verdict:
    asked = stems_of(question, language)
    whole = known.weight(asked)
    for unit in (unit.plain for text in looked for unit in units_of(text)):
        near = known.likeness.between(question, unit) or 0.0
        words = known.weight(asked & stems_of(unit, language)) / whole if whole else 0.0
        if near >= NEARLY_IT or words >= ALL_WORDS:
            return Verdict(False, 0.0, (Because("declined_though", {"found": unit}),))
    return Verdict(None, None, (Because("declined_unknown"),))


def _why(told: Features, question: str) -> tuple[Because, ...]:
    if told["kind_missing"]:
        return (Because(f"no_{asked_kind(question)}"),)
    return (Because("beside"),)


def of_answer(last: Turned, passages: Sequence[Held], language: str, known: Known) -> dict[str, float]:
    question = last.words
    asked, kind = stems_of(question, language), asked_kind(question)
    there = stems_of(last.said, language).union(*(stems_of(one.title, language) for one in passages))
    around = there.union(*(one.stems for one in passages))
    whole = known.weight(asked)
    margins = (*last.margins, 0.0) if last.margins else (0.0, 0.0)
    return {
        "words": known.weight(asked & there) / whole if whole else 0.0,
        "around": known.weight(asked & around) / whole if whole else 0.0,
        "near": max(_near(last, known), default=0.0),
        "kind_missing": float(bool(kind) and not is_given(kind, last.said, language)),
        "several": float(len({one.name for one in last.sources}) > 1),
        "margin": 10 * margins[0],
        "stands_out": 10 * (margins[0] - margins[-2]),
        "unsearched": float(not last.margins),
    }


def _near(last: Turned, known: Known) -> Iterator[float]:
    return (known.likeness.between(last.words, unit.plain) or 0.0 for unit in units_of(last.said))
