"""Plain mistakes of spelling, corrected where there is one clear correction. Pure. Off unless asked for.

Only small-letter words that the language does not know and the text does not repeat: never a name, a
product, an abbreviation or code.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from spellchecker import SpellChecker

from knowledge.cleaning.base import Draft, Rules
from knowledge.cleaning.dictionary import dictionary
from knowledge.cleaning.prose import kept_spans, substitute
from knowledge.language import detect_language

WORD = re.compile(r"(?<![\w'’.@/#\\-])[^\W\d_]{5,24}(?![\w'’@/\\-]|\.\w)")
REPEATED = 3  # a word that a text has as often is one of its terms
CLEARLY = 20  # times more frequent than the next best correction
SWAPPED = 10  # how much likelier a mistake is that only changes the order of letters
COMMON = 200  # how often a correction was seen in the texts the word list was made from


def correct_spelling(draft: Draft, rules: Rules) -> tuple[Draft, int]:
    language = draft.language or detect_language(draft.body[:2000], rules.languages, "")
    words = dictionary(language)
    if words is None:
        return draft, 0
    body, corrected = correct(draft.body, words)
    return replace(draft, body=body), corrected


def correct(text: str, words: SpellChecker) -> tuple[str, int]:
    often = Counter(WORD.findall(text))

    def one(match: re.Match[str]) -> str:
        word = match.group()
        if not word.islower() or often[word] >= REPEATED:
            return word
        return _correction(word, words)

    return substitute(WORD, one, text, kept_spans(text))


def _correction(word: str, words: SpellChecker) -> str:
    if word in words:
        return word
    found = [other for other in words.known(words.edit_distance_1(word)) if other[0] == word[0]]
    likely = {other: words[other] * (SWAPPED if sorted(other) == sorted(word) else 1) for other in found}
    first, *others = sorted(found, key=lambda other: -likely[other]) or [word]
    if words[first] < COMMON or any(likely[first] < CLEARLY * likely[other] for other in others):
        return word
    return first
