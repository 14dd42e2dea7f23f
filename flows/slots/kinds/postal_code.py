"""A postal code, written as its country does: "75011", "SW1A 1AA", "H2X 1Y4"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from flows.slots.base import Reading, Said, refused
from flows.slots.cleaning import without_accents
from flows.slots.tables import patterns, shared_table

_PIECE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_COUNTRY_BEFORE = re.compile(r"^(?:F|FR|B|BE|CH|D|DE|L|LU|A|AT)-(?=\d)")
_ANY = re.compile(r"(?=.*\d)(?=.{3,10}$)[A-Z0-9]+(?:-[A-Z0-9]+)?")  # of a country that is not in the table
_TOWN = re.compile(r"\s*,?\s*[A-ZÀ-Ý][\w'’-]{2,}")


def read(said: Said) -> Reading:
    """In the form of the country; one with letters tells by itself that it is from elsewhere."""
    text = without_accents(said.text).upper()
    own = _codes(text, said.country.upper())
    if len(own) > 1:
        return refused("ambiguous")
    if own:
        return Reading(own[0])
    abroad = list(dict.fromkeys(code for country in _with_letters() for code in _codes(text, country)))
    if len(abroad) == 1:
        return Reading(abroad[0], sure=False)
    return refused("invalid" if re.search(r"\d{3}", text) else "not_a_value")


def find(said: Said) -> Any:
    """With letters, or announced ("code postal"), or before a town: five digits may be an order's."""
    text = without_accents(said.text).upper()
    country = said.country.upper()
    found = _codes(text, country)
    if len(found) != 1 or country not in shared_table("postal_codes"):
        return None
    if country in _with_letters():
        return found[0]
    told = patterns("postcodes", "called").search(said.folded) or _before_town(found[0], said.text)
    return found[0] if told else None


def _before_town(code: str, text: str) -> bool:
    at = text.find(code)
    return at >= 0 and _TOWN.match(text[at + len(code) :]) is not None


def _codes(text: str, country: str) -> list[str]:
    """Of single words, and of two that follow one another ("75 011", "SW1A 1AA"), which go first."""
    words = [_COUNTRY_BEFORE.sub("", word) for word in _PIECE.findall(text)]
    pairs = {
        at: code for at in range(len(words) - 1) if (code := _written("".join(words[at : at + 2]), country))
    }
    inside = {at + more for at in pairs for more in (0, 1)}
    alone = [_written(word, country) for at, word in enumerate(words) if at not in inside]
    return list(dict.fromkeys(code for code in (*pairs.values(), *alone) if code))


def _written(piece: str, country: str) -> str:
    """As its country writes it; "" where it is none of there."""
    told = shared_table("postal_codes").get(country)
    if told is None:
        return piece if _ANY.fullmatch(piece) else ""
    found = re.fullmatch(told["pattern"], piece)
    return told["form"].format(*(part or "" for part in found.groups())).rstrip("- ") if found else ""


@cache
def _with_letters() -> tuple[str, ...]:
    return tuple(name for name, told in shared_table("postal_codes").items() if not told["digits"])
