"""Numbers in digits of either notation, and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from flows.slots.tables import table

FAR = 300  # characters from the first figure on that are looked through
MOST_DIGITS = 15  # what JavaScript and JSON keep exactly
_GROUPED = r"\d{1,3}(?:(?P<by>[ .,])\d{3})(?:(?P=by)\d{3})*(?![\d])(?:[.,]\d{1,6})?"
NUMBER = rf"(?P<sign>[-+] ?)?(?P<digits>{_GROUPED}|\d+(?:[.,]\d{{1,6}})?)"
_ALONE = re.compile(
    rf"(?<![\w/:.,#-]){NUMBER}(?P<ordinal>st|nd|rd|th|er|eme|e)?(?P<k> ?k)?(?![\w%/:]| ?%|[.,-]\d)"
)
_FIGURES = re.compile(r"\d")
_DIGITS = re.compile(r"\d{1,2}(?:er)?")


@dataclass(frozen=True, slots=True)
class Number:
    start: int
    end: int
    value: Decimal
    sure: bool = True


def numbers_in(folded: str, language: str, *, amount: bool = False) -> Iterator[Number]:
    """The numbers of a text whose words were made digits, left to right."""
    for found in _ALONE.finditer(folded):
        value, sure = value_of(found["digits"], language, amount=amount)
        value *= 1000 if found["k"] else 1
        yield Number(found.start(), found.end(), -value if "-" in (found["sign"] or "") else value, sure)


def value_of(digits: str, language: str, *, amount: bool = False) -> tuple[Decimal, bool]:
    """`1.234` is a decimal number or a thousand: the language decides, and amounts have no third decimal."""
    plain = re.sub(r"[ ']", "", digits)
    marks = re.findall(r"[.,]", plain)
    if not marks:
        return Decimal(plain), True
    whole, last, rest = plain.rpartition(marks[-1])
    if len(set(marks)) == 2:
        return Decimal(re.sub(r"[.,]", "", whole) + "." + rest), True
    if len(marks) > 1:
        return Decimal(plain.replace(last, "")), True
    thousand = len(rest) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    if thousand and (amount or last != table("numbers", language)["decimal"]):
        return Decimal(whole + rest), last != table("numbers", language)["decimal"]
    return Decimal(f"{whole}.{rest}"), not thousand or last == table("numbers", language)["decimal"]


def in_digits(folded: str, language: str, *, ordinals: bool = False, articles: bool = True) -> str:
    """The text with its number words as digits: "in two weeks" becomes "in 2 weeks". `ordinals` also turns
    "third" into "3th"; without `articles`, "one" and "une" stay what they are."""
    words = folded.split(" ")
    kept: list[str] = []
    at = 0
    counting = _counting_words(language)
    while at < len(words):
        if words[at] not in counting:
            kept.append(words[at])
            at += 1
            continue
        read, length = _number_at(words, at, language, ordinals=ordinals)
        alone = length == 1 and not articles and words[at] in table("numbers", language)["articles"]
        # "3 sept" is a day of September, not 3 and 7.
        month = words[at] == "sept" and bool(kept) and _DIGITS.fullmatch(kept[-1])
        kept.append(words[at] if not length or alone or month else read)
        at += 1 if not length or alone or month else length
    return _with_signs(" ".join(kept), language)


@cache
def _counting_words(language: str) -> frozenset[str]:
    """What a number may begin with."""
    told = table("numbers", language)
    halves = (phrase.split(" ")[0] for phrase in told["half_before"])
    return frozenset({*told["words"], *told["times"], *told["one"], *told["ordinals"], *halves})


def around_figures(text: str, reach: int = 40) -> str:
    """The part of a text that its figures stand in, "" where it has none."""
    figures = _FIGURES.search(text)
    if figures is None:
        return ""
    return text[max(0, figures.start() - reach) : figures.start() + FAR]


def with_halves(text: str, language: str) -> str:
    """ "2 and a half" is 2.5; of an hour, that is left to the clock."""
    for words in sorted(table("numbers", language)["half"], key=len, reverse=True):
        text = re.sub(rf"(?<![\w.,:])(\d{{1,6}}) {words}(?!\w)", r"\1.5", text)
    return text


def _with_signs(text: str, language: str) -> str:
    for word in table("numbers", language)["minus"]:
        text = re.sub(rf"^{word} (?=\d)", "-", text)
    return text


def _number_at(words: list[str], at: int, language: str, *, ordinals: bool) -> tuple[str, int]:
    """(the digits, how many words they were); 0 words for none."""
    known = table("numbers", language)
    count = _Counting(known)
    begin, half = at, _half_before(words, at, known)
    at += half
    while at < len(words) and count.takes(words, at):
        at += 1
    length = at - begin - count.spare
    if count.seen == 0:
        length = 0
    if ordinals and at < len(words) and words[at] in known["ordinals"] and (not length or not count.spare):
        return f"{int(count.sum) + known['ordinals'][words[at]]}{known['ordinal_ending']}", length + 1
    value = count.sum / 2 if half else count.sum
    return f"{value:g}" if half else str(int(value)), length


def _half_before(words: list[str], at: int, known: Mapping[str, Any]) -> int:
    """How many words say "half a" before a dozen."""
    for phrase in known["half_before"]:
        parts = phrase.split(" ")
        behind = words[at + len(parts) : at + len(parts) + 1]
        if words[at : at + len(parts)] == parts and behind and behind[0] in known["times"]:
            return len(parts)
    return 0


class _Counting:
    """Adds words up to a number: "two hundred and five", "quatre vingt dix sept"."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.known = known
        self.total = 0.0  # thousands and more
        self.current = 0.0
        self.seen = 0
        self.spare = 0  # words at the end that belong to no number ("and")

    @property
    def sum(self) -> float:
        return self.total + self.current

    def takes(self, words: list[str], at: int) -> bool:
        word, behind = words[at], words[at + 1] if at + 1 < len(words) else ""
        if word in self.known["times"]:
            return self._times(self.known["times"][word])
        if word in self.known["one"] and behind in self.known["times"] and not self.seen:
            return True
        if word in self.known["words"]:
            return self._add(self.known["words"][word])
        if self.seen and not self.spare and word in self.known["join"] and behind in self.known["words"]:
            self.spare = 1
            return True
        return False

    def _times(self, value: int) -> bool:
        if value >= 1000:
            self.total, self.current = self.total + (self.current or 1) * value, 0
        else:
            self.current = (self.current or 1) * value
        return self._taken()

    def _add(self, value: int) -> bool:
        last, tens = self.current % 10, self.current % 100
        if value == 20 and tens == 4:  # quatre-vingts
            self.current += 76
            return self._taken()
        fits = tens == 0 or (last == 0 and tens >= 20 and value < 10) or (tens in (60, 80) and value < 20)
        fits = fits or (tens in (10, 70, 90) and 7 <= value <= 9)  # dix-sept
        if not fits or (self.seen and value == 0):
            return False
        self.current += value
        return self._taken()

    def _taken(self) -> bool:
        self.seen += 1
        self.spare = 0
        return True
