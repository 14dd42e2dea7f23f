"""What currencies are called: signs and codes (from Babel), and the words of `flows/stock/slots/money/`."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies

from flows.slots.cleaning import fold
from flows.slots.tables import known_languages, table

USUAL = "EUR"
LOCALES = {"en": "en_GB"}  # as in `flows.values`


@cache
def currency_of(country: str) -> str:
    """What is paid with there."""
    if country.upper() not in get_global("territory_currencies"):
        return USUAL
    return next(iter(get_territory_currencies(country.upper())), USUAL)


def currency_said(sign: str, text: str, language: str, country: str) -> str:
    """The currency of a folded sign or word; "" for a word that is none. A sign that several countries use is
    that of the customer's, if it has one. A rare code counts only in capitals: "top 5" is no paʻanga."""
    told = table("money", language)
    if sign in told["shared"] and currency_of(country) in told["shared"][sign]:
        return currency_of(country)
    if sign in _words(language):
        return _words(language)[sign]
    code, written = _signs()[sign]
    return code if re.search(rf"(?<!\w){re.escape(written)}(?![^\W\d])", text) else ""


@cache
def any_sign(language: str) -> str:
    """A pattern for all of them."""
    signs = sorted({*_signs(), *_words(language)}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(sign) for sign in signs) + ")"


@cache
def _words(language: str) -> dict[str, str]:
    return {word: code for code, words in table("money", language)["words"].items() for word in words}


@cache
def _signs() -> dict[str, tuple[str, str]]:
    """Folded sign → (currency, the sign as it is written)."""
    signs: dict[str, tuple[str, str]] = {}
    for spoken in known_languages():
        for code, symbol in Locale.parse(LOCALES.get(spoken, spoken)).currency_symbols.items():
            for written in (code, " ".join(symbol.split())):
                signs.setdefault(fold(written), (code, written))
    return {sign: told for sign, told in signs.items() if sign}
