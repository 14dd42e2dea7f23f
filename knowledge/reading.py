"""Does what was found answer the question, or is it only about something near? Without a model.

A question has to clear the floor of its sources by more when there is a sign that the passages only touch its
subject: it names something that they do not mention, or asks which product to choose while they recommend
nothing. The bars are in units of the floor's spread, so that they mean the same in every source and language.
How they were chosen: docs/decisions/0006-search.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.chunking import plain_text
from knowledge.matching import Passage
from knowledge.search import Results
from knowledge.terms import STOCK, fold, stem_words, stop_words, tokenise

READ = 3  # passages that are read
ADVICE_BAR = 0.4
NAMES_BAR = 0.1

NAME = re.compile(r"\w[\w.+/-]*\w|\w")
ADVISES = re.compile(r"\b(?:we (?:recommend|advise|suggest)|recommended|recommandons|conseillons)\b")

Doubt = Literal["nothing_found", "below_floor", "asks_for_advice", "names_unmentioned"]


@dataclass(frozen=True)
class Reading:
    """Whether the passages answer, how far the best is above the floor (in spreads), and what is against it.

    `unmentioned` holds names of the question that no passage read has: an answer should say so.
    """

    answers: bool
    margin: float
    doubts: tuple[Doubt, ...] = ()
    unmentioned: tuple[str, ...] = ()


def read(question: str, language: str, results: Results) -> Reading:
    """Judge the passages found for a question in its language."""
    if results.best is None:
        return Reading(False, 0.0, ("nothing_found",))
    margin = (results.best.score - results.floor) / results.spread
    passages = results.passages[:READ]
    unmentioned = unmentioned_names(question, language, passages)
    advice = asks_for_advice(question, language) and not any(advises(passage) for passage in passages)
    bar = ADVICE_BAR * advice + NAMES_BAR * bool(unmentioned)
    doubts = _doubts(below=margin < 0, advice=advice, names=bool(unmentioned))
    return Reading(margin >= bar, margin, doubts, unmentioned)


def _doubts(*, below: bool, advice: bool, names: bool) -> tuple[Doubt, ...]:
    signs: list[tuple[bool, Doubt]] = [
        (below, "below_floor"),
        (advice, "asks_for_advice"),
        (names, "names_unmentioned"),
    ]
    return tuple(doubt for present, doubt in signs if present)


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
