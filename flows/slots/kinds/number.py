"""A number, in digits or in words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from flows.slots.base import Reading, Said, refused, within
from flows.slots.dates.asking import found_in
from flows.slots.dates.lexicon import lexicon
from flows.slots.kinds import money
from flows.slots.numerals import MOST_DIGITS, Number, in_digits, numbers_in, with_halves
from flows.slots.tables import patterns

_PHONE = re.compile(r"(?<![\w.,])\+?\d(?:[ ./-]?\d){6,}(?!\w)")
# An hour of the day, whatever was asked; "5 h" may be how many hours.
_CLOCK = re.compile(r"\b\d{1,2} ?(?:[ap]\.? ?m\b\.?|o['’ ]?clock\b|[:h] ?[0-5]\d\b)")
MOST_WORDS_ABOUT_ONE = 3  # "just one please"; in more words, "one" may be an article
MOST_IN_PASSING = 100_000  # a larger number in a sentence is an order's or somebody's


def read(said: Said) -> Reading:
    """The one number that was said. Of several, the one that is no date or reference."""
    for place, language in enumerate(said.languages):
        text = with_halves(_CLOCK.sub(" ", in_digits(said.folded, language)), language)
        found = list(numbers_in(text, language))
        if len({number.value for number in found}) > 1:
            passing = _in_passing(said)
            return _kept(said, passing, sure=place == 0) if passing else refused("ambiguous")
        if found:
            sure = found[0].sure and place == 0 and not _is_an_article(said, language)
            return _kept(said, found[0], sure=sure)
    return refused()


def _is_an_article(said: Said, language: str) -> bool:
    """ "What does a repair cost?" holds no number, although "une" may be one."""
    if len(said.folded.split()) <= MOST_WORDS_ABOUT_ONE:
        return False
    return not any(numbers_in(in_digits(said.folded, language, articles=False), language))


def _kept(said: Said, number: Number, *, sure: bool) -> Reading:
    if len(number.value.as_tuple().digits) > MOST_DIGITS:
        return refused("too_large" if number.value > 0 else "too_small")
    reading = Reading(plain(number.value), sure=sure)
    return within(said, float(number.value), reading, short="too_small", long="too_large")


def plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def find(said: Said) -> Any:
    number = _in_passing(said)
    return _kept(said, number, sure=True).value if number else None


def _in_passing(said: Said) -> Number | None:
    """The only number that belongs to nothing else: no date, amount, reference or article."""
    language = said.languages[0]
    text = with_halves(_without_dates(said), language)
    if money.amounts(said):
        return None
    named = patterns("numbers", "belongs_to_something")
    found = [
        one for one in numbers_in(text, language) if not named.search(text[max(0, one.start - 25) : one.end])
    ]
    found = [one for one in found if not _lasts(text[one.end :], language) and not _is_a_year(one)]
    return found[0] if len(found) == 1 and _counts(found[0]) else None


def _lasts(behind: str, language: str) -> bool:
    """ "more than 100 years"."""
    word = behind.strip().partition(" ")[0]
    return word in lexicon(language).names["units"]


def _is_a_year(number: Number) -> bool:
    return 1900 <= number.value <= 2100


def _counts(number: Number) -> bool:
    """Nobody orders none of a thing in passing, nor a hundred thousand."""
    return 0 < abs(number.value) <= MOST_IN_PASSING


def _without_dates(said: Said) -> str:
    """With what belongs to days and times taken out."""
    found = found_in(said, articles=False)
    text = found.text
    for one in reversed(found.mentions):
        text = text[: one.start] + " " + text[one.end :]
    return re.sub(r"\s+", " ", _PHONE.sub(" ", text))
