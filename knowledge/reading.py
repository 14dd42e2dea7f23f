"""Does what was found answer the question, or is it only about something near? Without a model.

How near the best passage is says most, measured on the way from the floor to what the titles of the sources'
own articles reach. What an article covers is far ahead of the other articles; what none covers is about as
near to several. And a question that asks which product to choose has to come nearer, while the passages
recommend nothing. Where no titles were asked (in a language that the sources do not have, by words alone)
and for follow-ups, the bars are in units of the floor's spread. docs/decisions/0006-search.md says how all
were chosen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.chunking import plain_text
from knowledge.matching import COMPARED, Passage
from knowledge.search import Results
from knowledge.terms import STOCK, fold, stem_words, stop_words, tokenise

READ = 3  # passages that are read
ARTICLES = 5  # among the passages compared, whose distance to the best one counts
# In parts of the way from the floor to the own titles.
AHEAD_SHARE = 0.3  # what it is worth to be that far ahead of the next articles
ADVICE_COST = 0.3
# The bar lies at this part of the geometric mean of the floor and the own titles, but near the floor: where
# titles reach far, articles do so for questions that they only touch, too.
HEIGHT = 0.86
FURTHEST_FROM_FLOOR = 0.25
# In spreads of the floor.
ADVICE_BAR = 0.4
NAMES_BAR = 0.1

NAME = re.compile(r"\w[\w.+/-]*\w|\w")
ADVISES = re.compile(r"\b(?:we (?:recommend|advise|suggest)|recommended|recommandons|conseillons)\b")

Doubt = Literal["nothing_found", "below_floor", "asks_for_advice", "names_unmentioned", "others_as_near"]


@dataclass(frozen=True)
class Reading:
    """Whether the passages answer, how far the best is above the floor (in spreads), and what is against it.

    `unmentioned` holds names of the question that no passage read has: an answer should say so. `clearance`
    is how far the best is above the bar as the product comes, wherever that was moved to.
    """

    answers: bool
    margin: float
    doubts: tuple[Doubt, ...] = ()
    unmentioned: tuple[str, ...] = ()
    clearance: float = -math.inf


def read(question: str, language: str, results: Results, *, follows: bool = False) -> Reading:
    """Judge the passages found for a question in its language; `follows`: it was searched with what was said
    before it, which brings all articles of the conversation nearer to each other.
    """
    if results.best is None:
        return Reading(False, 0.0, ("nothing_found",))
    margin = (results.best_score - results.floor) / results.spread
    passages = results.passages[:READ]
    unmentioned = unmentioned_names(question, language, passages)
    advice = asks_for_advice(question, language) and not any(advises(passage) for passage in passages)
    clearance = None if follows else clearance_of(results, advice=advice)
    if clearance is None:
        clearance = margin - ADVICE_BAR * advice - NAMES_BAR * bool(unmentioned)
    answers = clearance >= results.lift
    near = not answers and margin >= 0 and not advice
    doubts = _doubts(below=margin < 0, advice=advice, names=bool(unmentioned), near=near)
    return Reading(answers, margin, doubts, unmentioned, clearance)


def _doubts(*, below: bool, advice: bool, names: bool, near: bool) -> tuple[Doubt, ...]:
    signs: list[tuple[bool, Doubt]] = [
        (below, "below_floor"),
        (advice, "asks_for_advice"),
        (names, "names_unmentioned"),
        (near, "others_as_near"),
    ]
    return tuple(doubt for present, doubt in signs if present)


def clearance_of(results: Results, *, advice: bool) -> float | None:
    """How far the best passage is above the bar, in parts of the way; None where the way was not measured."""
    best, way = results.best_score, _length_of_way(results)
    if way is None:
        return None
    standing = (best - results.floor) / way + AHEAD_SHARE * min(1.0, ahead(results.by_score) / way)
    return standing - ADVICE_COST * advice - _bar(results, way)


def ahead(passages: Sequence[Passage]) -> float:
    """How much the best article scores above those that come next, on average; far, if no other comes.

    The passages come by their scores.
    """
    first, *others = best_of_each(passages[:COMPARED])
    return first - sum(others) / len(others) if others else math.inf


def best_of_each(passages: Sequence[Passage]) -> list[float]:
    """The best score of each article, best first."""
    best: dict[int, float] = {}
    for passage in passages:
        best.setdefault(passage.document_id, passage.score)
    return list(best.values())[:ARTICLES]


def _length_of_way(results: Results) -> float | None:
    """From the floor to the own titles, where they are further above it than chance."""
    if results.own is None or results.degraded or results.own - results.floor < results.spread:
        return None
    return results.own - results.floor


def _bar(results: Results, way: float) -> float:
    """Where a question has to be, in parts of the way from the floor; below it where the way is short."""
    if results.floor <= 0:
        return 0.0
    bar = (HEIGHT * math.sqrt(results.floor * (results.floor + way)) - results.floor) / way
    return max(-FURTHEST_FROM_FLOOR, min(FURTHEST_FROM_FLOOR, bar))


def asks_for_advice(question: str, language: str) -> bool:
    """Whether it asks which product to choose, rather than how something is done."""
    pattern = _advice(language)
    return pattern is not None and pattern.search(fold(question)) is not None


@cache
def _advice(language: str) -> re.Pattern[str] | None:
    path = STOCK / f"asks_for_advice_{language}.txt"
    return re.compile(rf"\b(?:{'|'.join(path.read_text().split(chr(10))[:-1])})\b") if path.exists() else None


def advises(passage: Passage) -> bool:
    return ADVISES.search(fold(passage.text)) is not None


def unmentioned_names(question: str, language: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """Names and model numbers of the question that no passage has, as they were written."""
    said: set[str] = set()
    for passage in passages:
        text = " ".join([passage.title, *passage.heading_path, plain_text(passage.text)])
        words = tokenise(text)
        said.update(words, stem_words(words, passage.language))
    return tuple(name for name in names_in(question) if not said.issuperset(_telling(name, language, said)))


def _telling(name: str, language: str, said: set[str]) -> set[str]:
    """The words of a name that have to be found; a stem will do for one that is an ordinary word."""
    words = [word for word in tokenise(name) if word not in stop_words(language)]
    return {word for word in words if word in said or stem_words([word], language)[0] not in said}


def names_in(question: str) -> list[str]:
    """Words with a digit, in capitals, or with a capital inside a sentence."""
    words = [(match[0], match.start()) for match in NAME.finditer(question)]
    return [word for word, at in words if _is_name(word, starts_sentence=_starts_sentence(question, at))]


def _is_name(word: str, *, starts_sentence: bool) -> bool:
    if any(character.isdigit() for character in word) or (len(word) > 1 and word.isupper()):
        return True
    return word[0].isupper() and len(word) > 1 and not starts_sentence


def _starts_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \"'«“([¿¡")
    return not before or before[-1] in ".!?:…\n"
