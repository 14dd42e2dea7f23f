"""The words of a language, from pyspellchecker's lists: English and French. Pure.

A list takes 0.3 seconds and 20 MB to load, so only what needs one asks, once in a process. Whether something
is a word at all is kept in less than a megabyte.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

import numpy as np
from spellchecker import SpellChecker

from knowledge.terms import fold

LANGUAGES = frozenset(["en", "fr"])


@lru_cache(maxsize=len(LANGUAGES))
def dictionary(language: str) -> SpellChecker | None:
    return SpellChecker(language=language, distance=1) if language in LANGUAGES else None


def knows(language: str, word: str) -> bool:
    words = dictionary(language)
    return words is not None and word in words


def is_word(folded: str, language: str) -> bool:
    """Whether a language has this word (in small letters, without accents).

    Its words are kept as numbers: one in 27,000 strings of letters has a word's number without being one.
    """
    known, wanted = _numbers(language), _number(folded)
    at = int(np.searchsorted(known, wanted))
    return at < len(known) and int(known[at]) == wanted


@lru_cache(maxsize=len(LANGUAGES))
def _numbers(language: str) -> np.ndarray:
    words = SpellChecker(language=language).word_frequency.words() if language in LANGUAGES else ()
    return np.unique(np.array([_number(fold(word)) for word in words], dtype=np.uint32))


def _number(word: str) -> int:
    return zlib.crc32(word.encode())
