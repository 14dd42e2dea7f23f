"""Words and phrases of staff, looked for in a text. Pure.

Plain words, not patterns: nothing that somebody writes here can take long. Case, accents and marks do not
count; a star at the end of a word stands for any ending, as in “guarant*”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.chunking import plain_text
from knowledge.terms import content_words, stem_words, tokenise

LEAST_BEFORE_STAR = 3  # letters
MOST_BESIDE = 2  # words of a line with one telling word, as in “a lawyer”
STAR = re.compile(r"(\w+)\*")
CITED = re.compile(r"\[\d{1,3}\]")
Pattern = tuple[tuple[str, bool], ...]  # words, and whether each may go on


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def pattern_of(line: str) -> Pattern:
    found: list[tuple[str, bool]] = []
    for word in line.split():
        open_ended = STAR.search(word) is not None
        parts = tokenise(word.replace("*", " "))
        found += [(part, open_ended and at == len(parts) - 1) for at, part in enumerate(parts)]
    return tuple(found)


def is_too_short(line: str) -> bool:
    """Whether it would be found in nearly everything, or can be found in nothing."""
    pattern = pattern_of(line)
    return not pattern or any(goes_on and len(word) < LEAST_BEFORE_STAR for word, goes_on in pattern)


def spoken(text: str) -> list[str]:
    """The words of an answer, whatever marks stand in them."""
    return tokenise(plain_text(CITED.sub("", text)).replace("*", ""))


def first_in(lines: Iterable[str], words: Sequence[str]) -> str:
    """The first of the lines that stands in the words; "" where none does."""
    return next((line for line in lines if _stands_in(pattern_of(line), words)), "")


def _stands_in(pattern: Pattern, words: Sequence[str]) -> bool:
    """Word for word, one after another."""
    last = len(words) - len(pattern)
    return bool(pattern) and any(
        all(_is(words[at + n], word, goes_on) for n, (word, goes_on) in enumerate(pattern))
        for at in range(last + 1)
    )


def _is(said: str, word: str, goes_on: bool) -> bool:
    return said.startswith(word) if goes_on else said == word


def named_in(question: str, lines: Iterable[str], language: str) -> str:
    """The first line whose every telling word the question has, in any form and order; else one that stands
    there word for word. The one telling word of a whole sentence does not tell: “there is smoke” is not about
    a smoke detector."""
    asked = frozenset(stem_words(content_words(question, language), language))
    written = tuple(lines)
    for line in written:
        stems = frozenset(stem_words(content_words(line.replace("*", ""), language), language))
        tells = len(stems) > 1 or len(tokenise(line)) <= MOST_BESIDE
        if stems and tells and stems <= asked and "*" not in line:
            return line
    return first_in(written, tokenise(question))
