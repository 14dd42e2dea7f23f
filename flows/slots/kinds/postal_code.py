"""A postal code, written as its country does: "75011", "SW1A 1AA", "H2X 1Y4"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from flows.slots.base import Reading, Said, refused
from flows.slots.cleaning import fold, without_accents
from flows.slots.tables import patterns, shared_table

_PIECE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_COUNTRY_BEFORE = re.compile(r"^(?:F|FR|B|BE|CH|D|DE|L|LU|A|AT)-(?=\d)")
_ANY = re.compile(r"(?=.*\d)(?=.{3,10}$)[A-Z0-9]+(?:-[A-Z0-9]+)?")  # of a country that is not in the table
_ENDS = re.compile(r"\s*(?:$|[;:!?()&/]|[,.](?!\d)|\d)")
_BEFORE = " (,;:/"
_SOMEWHERE = "here"  # in its place: else "postal code 75001, 2 people" had a code 2
_PHONE = re.compile(r"(?<![\w.,])\+?\d(?:[ ./-]?\d){8,}(?!\w)")
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


def beside(said: Said) -> tuple[str, str]:
    """The one number that has the form of a code, where nothing says that it counts something or belongs to
    something; and the words without it. "" for none."""
    text = without_accents(said.text)
    if len(_codes(text.upper(), said.country.upper())) != 1 or _PHONE.search(text):
        return "", said.text
    for piece in _PIECE.finditer(text.upper()):
        code = _written(_COUNTRY_BEFORE.sub("", piece[0]), said.country.upper())
        if code and _stands_alone(text, *piece.span()) and not _belongs(code, said.folded):
            return code, f"{text[: piece.start()]} {_SOMEWHERE} {text[piece.end() :]}"
    return "", said.text


def _stands_alone(text: str, start: int, end: int) -> bool:
    """ "75001, …", "75001 Paris", "75001 for two", but not "75001 people" or "75001 €"."""
    behind = text[end:]
    goes_on = patterns("postcodes", "goes_on").match(fold(behind))
    free = bool(_ENDS.match(behind) or _TOWN.match(behind) or goes_on)
    return free and text[start - 1 : start] in _BEFORE if start else free


def _belongs(code: str, folded: str) -> bool:
    """ "Order 75001", but not "postal code 75001"."""
    text = folded.replace(" no ", " ")  # "invoice no. 75001"
    called = patterns("postcodes", "called")
    named = [one for one in patterns("numbers", "belongs_to_something").finditer(text) if code in one[0]]
    return any(not called.search(text[max(0, one.start() - 25) : one.end()]) for one in named)


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
