"""Whether an answer fits what was said before: takes nothing back, repeats nothing, asks for nothing that
the customer has given already, refuses nothing that was offered, stays in the language. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.judging.asked_again import asked_again
from evaluation.judging.sentences import units_of
from evaluation.judging.taken_back import taken_back
from evaluation.judging.verdicts import Because, Verdict
from evaluation.turned import Turned
from evaluation.wording import plain

FEWEST = 3  # words, from which a sentence that stands there twice is one too many


def coherent(last: Turned, before: Sequence[Turned], language: str) -> Verdict:
    """`before` are the turns until the question. Without any there is only the answer itself to look at. A
    step of a flow that asks again, since it was not answered, and a second refusal repeat themselves
    rightly."""
    said = last.said
    found = [
        *taken_back(said, before, language),
        *(_said_again(said, before, last.words) if last.outcome == "answered" else []),
        *asked_again(said, before, last, language),
        *_switched(before, language),
    ]
    return Verdict(not found, float(not found), tuple(found))


def _said_again(said: str, before: Sequence[Turned], question: str) -> list[Because]:
    """The same answer to another question, or one sentence twice within it."""
    same = [turn for turn in before if turn.said.strip() and plain(turn.said) == plain(said)]
    if same and plain(same[-1].words) != plain(question) and len(said.split()) > FEWEST:
        return [Because("said_before", {"before": same[-1].words})]
    seen = set[str]()
    for unit in units_of(said):
        words = plain(unit.plain)
        if words in seen and len(words.split()) > FEWEST:
            return [Because("said_twice", {"found": unit.plain})]
        seen.add(words)
    return []


def _switched(before: Sequence[Turned], language: str) -> list[Because]:
    """From the language of the answers before, where the customer has not."""
    last = next((turn.language for turn in reversed(before) if turn.language), "")
    if last and last.partition("-")[0] != language.partition("-")[0]:
        return [Because("other_language", {"before": last, "found": language})]
    return []
