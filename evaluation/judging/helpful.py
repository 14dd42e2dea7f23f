"""Whether an answer is one to what was asked. Pure.

By how near it comes to the question, and how much nearer something comes that stands in the same passages
and was not said; by whether the kind of thing is given that was asked for; and by how far the search found
something that stands out. Where these say neither, it says that it cannot tell. Nothing is added for length:
the best sentence counts, and courtesies and what gives the question back are none. Whether a refusal was
right this judge cannot tell, unless what was looked at says nearly the question itself: questions that are
near the subject and answered nowhere look just like those that are answered somewhere (docs/figures.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.evidence import stems_of
from evaluation.judging.asked_kinds import asked_kind, gives_what_was_asked, says_yes_or_no
from evaluation.judging.grounded import Held, Known
from evaluation.judging.sentences import claims_in, units_of
from evaluation.judging.verdicts import Because, Verdict
from evaluation.judging.weighing import ANSWERED, Features
from evaluation.turned import Turned

DECLINED = "declined"
NOT_JUDGED = frozenset(["guided", "asked_back", "handoff"])
NEARLY_IT, ALL_WORDS = 1.0, 0.8  # of what was looked at, from which it would have been an answer
FEWEST_OF_A_QUESTION = 3  # words that tell
NEUTRAL_NEAR, NEUTRAL_GAP = 0.65, 0.05  # without vectors: about the means of the labelled answers


def helpful(last: Turned, passages: Sequence[Held], language: str, known: Known) -> Verdict:
    """A step of a flow, a question back and a handoff are judged by whether the goal is reached, not here."""
    question = last.words
    if last.outcome in NOT_JUDGED or not question.strip():
        return Verdict()
    if last.outcome == DECLINED:
        return _declined(question, last.looked, language, known)
    if not claims_in(last.said, language, question):
        return _courtesy(question, language)
    told = max(of_sentences(last, passages, language, known), key=ANSWERED.score)
    score = ANSWERED.score(told)
    met = ANSWERED.met(score)
    return Verdict(met, round(score, 3), () if met else _why(met, told, question))


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


def _why(met: bool | None, told: Features, question: str) -> tuple[Because, ...]:
    if met is None:
        return (Because("unsure"),)
    kind = asked_kind(question)
    return (Because(f"no_{kind}" if kind and told["asked_for"] < 0 else "beside"),)


def of_sentences(
    last: Turned, passages: Sequence[Held], language: str, known: Known
) -> list[dict[str, float]]:
    """What the weights are for, of each sentence by itself: two that say half of it each are no answer."""
    margins = (*last.margins, 0.0) if last.margins else (0.0, 0.0)
    of_all = {"margin": 10 * margins[0], "stands_out": 10 * (margins[0] - margins[-2])}
    said = [unit.plain for unit in claims_in(last.said, language, last.words)]
    there = _near_the_question(last.words, passages, known)
    opens = says_yes_or_no(last.words, last.said)
    return [
        {
            **_nearness(last.words, one, there, known),
            "asked_for": 1.0 if opens else float(gives_what_was_asked(last.words, one, language)),
            **of_all,
        }
        for one in said
    ]


def _near_the_question(question: str, passages: Sequence[Held], known: Known) -> dict[str, float]:
    return {
        unit.plain: near
        for one in passages
        for unit in one.units
        if (near := known.likeness.between(question, unit.plain)) is not None
    }


def _nearness(question: str, said: str, there: Mapping[str, float], known: Known) -> dict[str, float]:
    """How near it comes, and by how much something in the passages comes nearer. What says in other words
    what stands there is as near as that: "two hours later" for what has the words of the question."""
    near = known.likeness.between(question, said)
    if near is None:
        return {"near": NEUTRAL_NEAR, "gap": NEUTRAL_GAP}
    if not there:
        return {"near": near, "gap": 0.0}
    meant = there[max(there, key=lambda unit: known.likeness.between(said, unit) or 0.0)]
    return {"near": near, "gap": max(max(there.values()) - max(near, meant), 0.0)}
