"""An amount: `{"amount": "12.50", "currency": "EUR"}`, with as many decimals as the currency has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from babel.numbers import get_currency_precision

from flows.slots.base import Reading, Said, refused, within
from flows.slots.currencies import USUAL, any_sign, currency_of, currency_said
from flows.slots.numerals import MOST_DIGITS, NUMBER, around_figures, in_digits, numbers_in, value_of
from flows.slots.tables import table

_RANGE = re.compile(r"(?<![\w.,])(\d{1,9}) ?(?:et|a|and|to|or|ou|-) ?$")


@dataclass(frozen=True, slots=True)
class Amount:
    value: Decimal
    currency: str
    sure: bool = True


def read(said: Said) -> Reading:
    """An amount with its currency, else a bare number in the country's."""
    found = amounts(said) or _bare(said)
    if len({(one.value, one.currency) for one in found}) > 1:
        return refused("ambiguous")
    if not found:
        return refused()
    if len(found[0].value.as_tuple().digits) > MOST_DIGITS:
        return refused("too_large" if found[0].value > 0 else "too_small")
    exact = found[0].value.quantize(Decimal(1).scaleb(-get_currency_precision(found[0].currency)))
    sure = found[0].sure and exact == found[0].value
    reading = Reading({"amount": str(exact), "currency": found[0].currency}, sure=sure)
    return within(said, float(exact), reading, short="too_small", long="too_large")


def find(said: Said) -> Any:
    """Only with its currency."""
    return read(said).value if amounts(said) else None


def amounts(said: Said) -> list[Amount]:
    """The amounts that are said with their currency."""
    for language in said.languages:
        text = around_figures(in_digits(said.folded, language))
        matches = [found for pattern in _patterns(language) for found in pattern.finditer(text)]
        matches.sort(key=lambda found: (found.start() - found.end(), found.start()))
        apart = [
            one
            for number, one in enumerate(matches)
            if not any(_overlap(one, other) for other in matches[:number])
        ]
        kept = [amount for found in apart if (amount := _amount(found, said, language))]
        if kept:
            return kept + [other for found in apart for other in _joined(found, text, kept[0])]
    return []


def _joined(found: re.Match[str], text: str, amount: Amount) -> list[Amount]:
    """Of "10 to 20 euros" the first: one cannot tell which is meant."""
    first = _RANGE.search(text[: found.start()])
    return [Amount(Decimal(first[1]), amount.currency)] if first else []


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _amount(found: re.Match[str], said: Said, language: str) -> Amount | None:
    given = {name: value for name, value in found.groupdict().items() if value}
    currency = currency_said(given["of"], said.text, language, said.country) if "of" in given else ""
    if "of" in given and not currency:
        return None
    # "1.000" is a thousand, except of dinars, which have three decimals.
    value, sure = value_of(given["digits"], language, amount=get_currency_precision(currency or USUAL) < 3)
    value *= 1000 if "k" in given else 1
    if "of" not in given:  # cents alone
        return Amount(value / 100, currency_of(said.country))
    if "cents" in given and value == value.to_integral_value():
        value += Decimal(given["cents"]) / 100
    return Amount(-value if "-" in found[0][:3] else value, currency, sure)


def _bare(said: Said) -> list[Amount]:
    language, currency = said.languages[0], currency_of(said.country)
    numbers = numbers_in(in_digits(said.folded, language), language, amount=True)
    return [Amount(one.value, currency, one.sure) for one in numbers]


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    sign = rf"(?P<of>{any_sign(language)})"
    cents = "(?:" + "|".join(table("money", language)["cents"]) + ")"
    join = "(?:" + "|".join(table("numbers", language)["join"]) + ")"
    before, thousand, end = r"(?<![\w.,/:])", "(?P<k> ?k)?", r"(?![\w/:]|[.,]\d)"
    return (
        re.compile(rf"{before}(?:- ?)?{sign} ?{NUMBER}{thousand}{end}"),
        re.compile(
            rf"{before}{NUMBER}{thousand}(?: (?:de|of|d))? ?{sign}"
            rf"(?: ?(?:{join} )?(?P<cents>\d\d)(?: ?{cents})?{end})?(?!\w)"
        ),
        re.compile(rf"{before}(?P<digits>\d{{1,2}}) ?{cents}(?!\w)"),
    )
