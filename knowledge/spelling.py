"""A word that no article has, read as the one it was meant to be: "passwrod" as "password".

The index holds no words, only their numbers. So every word one slip away is looked for there, and the one
that most passages have is taken, if they have it both as itself and by its stem (two numbers that would both
have to be another word's). A word of the language is no slip ("lamb" is not "lamp"), nor is a short word of
another language that is spoken here ("trade" is not the French "grade"). Figures: docs/figures.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from knowledge.cleaning.dictionary import LANGUAGES, is_word
from knowledge.matching import passages_with
from knowledge.terms import fold, stem_words, stop_words, term_id, tokenise

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
LONG = 7  # from here on a word that only another language knows is rather a slip
MOST_MENDED = 3  # words of one question
CONTRACTED = re.compile(r"[^\W_]+(?=['’]\w)")  # "aren't", "jusqu'ici"


PassagesWith = Callable[[Collection[int]], Mapping[int, int]]  # how many passages have each of these terms


def corrected(question: str, language: str, sources: frozenset[int] | None) -> str:
    """The question with its slips mended, or as it was. Asks the database."""
    return mended(question, language, lambda terms: passages_with(terms, sources)[0])


def mended(question: str, language: str, passages: PassagesWith) -> str:
    """The same, where somebody else knows the passages."""
    for word in _unknown(question, language, passages):
        if meant := _meant(word, language, passages):
            question = _replaced(question, word, meant)
    return question


def slips(word: str) -> Iterator[str]:
    """What is one slip away: letters that changed places, one too many, one left out, one for another."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1 and b[0] != b[1])
    if len(word) > SHORTEST:
        yield from (a + b[1:] for a, b in halves if b)
    yield from (a + letter + b for a, b in halves for letter in LETTERS)
    yield from (a + letter + b[1:] for a, b in halves if b for letter in LETTERS if letter != b[0])


def _unknown(question: str, language: str, passages: PassagesWith) -> list[str]:
    """The question's words that could be slips and that stand in no passage."""
    contracted = set(map(fold, CONTRACTED.findall(question)))
    words = [
        word
        for word in dict.fromkeys(tokenise(question))
        if word not in contracted and _could_be_a_slip(word, language)
    ]
    known = _known(words, language, passages)
    unknown = [word for word in words if not any(known.get(term_id(term)) for term in _terms(word, language))]
    return [word for word in unknown if not _is_a_word(word, language)][:MOST_MENDED]


def _is_a_word(word: str, language: str) -> bool:
    """Asked last: the first time, the word lists have to be read."""
    languages = [language] if len(word) >= LONG else LANGUAGES
    return any(is_word(word, one) for one in languages)


def _could_be_a_slip(word: str, language: str) -> bool:
    """Not a form of a word that says nothing: "getting" is no slip of "setting"."""
    letters = word.isascii() and word.isalpha()
    stop = stop_words(language)
    known = word in stop or stem_words([word], language)[0] in stop
    return letters and len(word) >= SHORTEST and not known


def _meant(word: str, language: str, passages: PassagesWith) -> str:
    candidates = list(dict.fromkeys(slips(word)))
    known = _known(candidates, language, passages)

    def having(candidate: str) -> int:
        return min(known.get(term_id(term), 0) for term in _terms(candidate, language))

    best = max(candidates, key=having, default="")
    return best if best and having(best) else ""


def _known(words: Iterable[str], language: str, passages: PassagesWith) -> Mapping[int, int]:
    return passages({term_id(term) for word in words for term in _terms(word, language)})


def _terms(word: str, language: str) -> tuple[str, str]:
    """The two ways in which a word counts (knowledge/terms.py)."""
    return f"={word}", stem_words([word], language)[0]


def _replaced(question: str, word: str, meant: str) -> str:
    """In its place, whatever its case and accents."""
    return re.sub(r"[^\W_]+", lambda found: meant if fold(found[0]) == word else found[0], question)
