"""Something to begin a gap's answer with: what staff answered to its questions, else the nearest passages.

A draft is for somebody to correct: it stands in the form, and nobody reads it before it is published.
"""

from __future__ import annotations

from dataclasses import dataclass

from conversations.suggesting import answered_by_staff
from evaluation.models import Gap, GapQuestion
from knowledge.cleaning.conversations import Candidate
from knowledge.query import Query
from knowledge.search import Passage, search

NEWEST = 20  # questions whose conversations are looked at
MOST_ANSWERS, MOST_PASSAGES = 3, 2


@dataclass(frozen=True)
class Draft:
    """`answers` with the conversation that each comes from; `passages` are near, and may answer nothing."""

    answers: list[tuple[Candidate, GapQuestion]]
    passages: list[Passage]

    @property
    def body(self) -> str:
        said = [candidate.answer for candidate, _ in self.answers] or [one.text for one in self.passages]
        return "\n\n".join(text.strip() for text in said)

    @property
    def is_specific(self) -> bool:
        """Whether an answer speaks of one customer's own order."""
        return any(candidate.specific for candidate, _ in self.answers)


def draft_for(gap: Gap, language: str) -> Draft:
    return Draft(_answers(gap), _passages(gap, language))


def _answers(gap: Gap) -> list[tuple[Candidate, GapQuestion]]:
    """Each once, the newest first; those that say nothing of a customer's own before the others."""
    questions = list(gap.questions.select_related("message")[:NEWEST])
    answered = answered_by_staff([question.message for question in questions])
    by_words = {
        " ".join(answered[question.message_id].answer.casefold().split()): question
        for question in reversed(questions)
        if question.message_id in answered
    }
    found = [(answered[question.message_id], question) for question in reversed(by_words.values())]
    return sorted(found, key=lambda pair: pair[0].specific)[:MOST_ANSWERS]


def _passages(gap: Gap, language: str) -> list[Passage]:
    """Of as many articles. What is found far below the floor has nothing to do with the question."""
    results = search(Query(gap.title, language=language), limit=4 * MOST_PASSAGES)
    best: dict[int, Passage] = {}
    for passage in results.passages:
        if passage.score >= results.floor - results.spread:
            best.setdefault(passage.document_id, passage)
    return list(best.values())[:MOST_PASSAGES]
