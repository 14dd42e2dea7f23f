"""What becomes of a question, decided before a word is written: answer, ask back or decline. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.events import Outcome
from assistant.stock import read_stock
from knowledge.reading import Reading
from knowledge.search import Results
from knowledge.terms import content_words, fold, stem_words, tokenise

MOST_OPTIONS = 3
NEARLY_AS_GOOD = 0.02  # of the fused score, which is a cosine plus a little
GENERIC = frozenset(
    fold(word) for language in read_stock("generic") for line in language["words"] for word in line.split()
)
FEW_WORDS = 3  # a question of more words than that says what it is about


@dataclass(frozen=True)
class Verdict:
    """`topics` are the titles to choose from when asking back; `reasons` are codes for staff (reasons.py)."""

    outcome: Outcome
    reasons: tuple[str, ...]
    topics: tuple[str, ...] = ()


def decide(
    question: str,
    results: Results,
    reading: Reading,
    *,
    language: str,
    follows: bool,
    asked_before: bool,
    strict: bool,
) -> Verdict:
    """What to do with a question and what was found for it.

    `follows`: something was said before it; `asked_before`: the assistant's last words asked back; `strict`:
    no model will read the passages, so the reading step decides. Else whatever is above the floor or reads
    like an answer is put before the model, which reads better.
    """
    found = reading.answers or (results.above_floor and not strict)
    # What was said before may give the topic: then the search, which read it too, has found something.
    if not asked_before and not names_topic(question, language) and not (follows and found):
        return Verdict(Outcome.ASKED_BACK, ("no_topic",))
    if not found:
        called = () if asked_before or follows else _called_so(question, results, language)
        if called:
            alone = len(called) == 1
            reason = "called_so" if alone else "several_topics"
            return Verdict(Outcome.ANSWERED if alone else Outcome.ASKED_BACK, (reason,), called)
        return Verdict(Outcome.DECLINED, reading.doubts or ("below_floor",))
    topics = _rival_topics(results)
    if not asked_before and not follows and len(topics) > 1 and _is_vague(question, topics, language):
        return Verdict(Outcome.ASKED_BACK, ("several_topics",), topics)
    return Verdict(Outcome.ANSWERED, ("above_floor",))


def names_topic(question: str, language: str) -> bool:
    """Whether any word says what it is about: "I have a problem" says only that it is about something."""
    return any(word not in GENERIC for word in content_words(question, language))


def _is_vague(question: str, topics: Sequence[str], language: str) -> bool:
    words = tokenise(question)
    named = any(tokenise(topic) == words for topic in topics)
    return not named and len(words) <= FEW_WORDS and len(content_words(question, language)) <= 1


def _called_so(question: str, results: Results, language: str) -> tuple[str, ...]:
    """Titles with the one word that was said: "warranty" alone may be too little to find what answers it."""
    words = content_words(question, language)
    if len(words) != 1 or len(tokenise(question)) > FEW_WORDS:
        return ()
    [stem] = stem_words(words, language)
    found = dict.fromkeys(one.title for one in results.passages if one.language == language)
    return tuple(title for title in found if stem in stem_words(content_words(title, language), language))[
        :MOST_OPTIONS
    ]


def _rival_topics(results: Results) -> tuple[str, ...]:
    """Titles of the articles that fit about as well as the best; a translation is not a rival."""
    least = max(results.floor, results.best_score - NEARLY_AS_GOOD)
    titles: dict[str, str] = {}
    for passage in results.passages:
        if passage.score >= least and passage.language == results.passages[0].language:
            titles.setdefault(passage.external_id or str(passage.document_id), passage.title)
    return tuple(titles.values())[:MOST_OPTIONS]
