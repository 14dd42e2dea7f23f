"""Whether an answer fits what was said before: contradicts nothing, repeats nothing, asks for nothing that
the customer has given already, stays in the language. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import stems_of
from evaluation.judging.figures import Part
from evaluation.judging.senses import denies
from evaluation.judging.sentences import claims_in, units_of
from evaluation.judging.verdicts import Because, Verdict
from evaluation.otherwise import said_otherwise
from evaluation.turned import Turned
from evaluation.wording import plain
from knowledge.terms import fold

SAME_WORDS = 0.85  # of both, from which two sentences are held against one another
FEWEST = 3  # stems
# What can be asked for, and how it looks where it was given. Folded.
GIVEN = {
    "email": (
        re.compile(r"\be-?mail address\b|\badresse e-?mail\b|\byour e-?mail\b|\bvotre e-?mail\b"),
        re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    ),
    "order": (
        re.compile(r"\border number\b|\bnumero de commande\b"),
        re.compile(r"\b[a-z]{1,4}-?\d{4,}\b|\b\d{6,}\b"),
    ),
    "phone": (
        re.compile(r"\b(?:tele)?phone number\b|\bnumero de telephone\b"),
        re.compile(r"\+?\d(?:[ .-]?\d){8,13}"),
    ),
}
QUESTION = re.compile(r"[^.!?\n]*\?")


def coherent(last: Turned, before: Sequence[Turned], language: str) -> Verdict:
    """`before` are the turns until the question. Without any there is only the answer itself to look at. A
    step of a flow that asks again, since it was not answered, and a second refusal repeat themselves
    rightly."""
    said = last.said
    found = [
        *_contradicted(said, before, language),
        *(_said_again(said, before, last.words) if last.outcome == "answered" else []),
        *_asked_though_given(said, before),
        *_switched(before, language),
    ]
    return Verdict(not found, float(not found), tuple(found))


def _contradicted(said: str, before: Sequence[Turned], language: str) -> list[Because]:
    earlier = [unit.plain for turn in before for unit in claims_in(turn.said, language, turn.words)]
    for line in earlier:
        against = said_otherwise(line, said, language) or _denied(line, said, language)
        if against:
            return [Because("contradicts", {"before": line, "found": against})]
    return []


def _denied(line: str, said: str, language: str) -> str:
    stems = stems_of(line, language)
    for unit in units_of(said):
        part = Part.of(unit, language)
        shared, either = len(stems & part.stems), len(stems | part.stems)
        if shared >= FEWEST and shared >= SAME_WORDS * either and denies(line) != denies(unit.plain):
            return unit.plain
    return ""


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


def _asked_though_given(said: str, before: Sequence[Turned]) -> list[Because]:
    """What was said just now may have been refused: it is asked for again with reason."""
    told = fold(" ".join(turn.words for turn in before))
    asked = fold(" ".join(QUESTION.findall(said)))
    for wanted, looks in GIVEN.values():
        match, given = wanted.search(asked), looks.search(told)
        if match and given:
            return [Because("given_already", {"found": given[0]})]
    return []


def _switched(before: Sequence[Turned], language: str) -> list[Because]:
    """From the language of the answers before, where the customer has not."""
    last = next((turn.language for turn in reversed(before) if turn.language), "")
    if last and last.partition("-")[0] != language.partition("-")[0]:
        return [Because("other_language", {"before": last, "found": language})]
    return []
