"""What was said, looked through in each language until one of them finds something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from rapidfuzz import fuzz, process

from flows.slots.base import Reading, Said
from flows.slots.dates.behind import read_behind
from flows.slots.dates.days import Sense
from flows.slots.dates.lexicon import lexicon
from flows.slots.dates.looking import FAR, Found, look

NEAR_ENOUGH = 85  # of 100: how near a mistyped word is to the one that is meant
Read = Callable[[Found], Reading]


def read_dates(said: Said, reading_of: Read) -> Reading:
    """The first language that finds anything counts; its own is sure, the others and mended words are
    guesses. One that has no words of ours goes first all the same."""
    behind = read_behind(said)
    if behind.value is not None:
        return behind
    for number, found in enumerate(_lookings(said)):
        if not found.mentions:
            continue
        reading = reading_of(found)
        if number == 0 or reading.value is None:
            return reading
        return replace(reading, sure=False)
    return behind


def _lookings(said: Said) -> Iterator[Found]:
    for language in said.languages:
        yield look(said.folded, sense_of(said, language), said.now, asked=said.slot.kind)
    mended = mend(said.folded, said.languages[0])
    if mended != said.folded:
        yield look(mended, sense_of(said, said.languages[0]), said.now, asked=said.slot.kind)


def found_in(said: Said, *, articles: bool = True) -> Found:
    """What a longer sentence mentions: only in the customer's language, and only what is meant so."""
    return look(said.folded, sense_of(said, said.languages[0]), said.now, articles=articles)


def sense_of(said: Said, language: str) -> Sense:
    month_first = said.country.upper() == "US" and language == "en"
    return Sense(lexicon(language), said.now.date(), said.slot.future, month_first)


def mend(folded: str, language: str) -> str:
    """With mistyped names of days and months set right."""
    return " ".join(_mended(word, language) for word in folded[:FAR].split(" "))


def _mended(word: str, language: str) -> str:
    if len(word) < 5 or not word.isalpha():
        return word
    best = process.extractOne(word, lexicon(language).vocabulary, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    return str(best[0]) if best else word
