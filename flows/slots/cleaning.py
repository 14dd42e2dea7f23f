"""What customers write, made comparable: whatever comes in is safe to look through afterwards."""

from __future__ import annotations

import re
import unicodedata

import regex

LONGEST = 1_000  # characters that are looked at; nobody gives a date behind that

_UNSEEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\uFE0F\u20E3]")
_OTHER_DIGIT = regex.compile(r"[^\P{Nd}0-9]")
_SPACES = re.compile(r"\s+")
_APOSTROPHES = regex.compile(r"['’‘ʼ`´]")
_DASHES = regex.compile(r"[–—−‐‑‒―]")
_OTHER = regex.compile(r"[^\w\s/:.,+%#@\-\p{Sc}\p{So}\p{Sk}\u200d]|_")
_IN_NUMBERS_ONLY = re.compile(r"(?<!\d)[/:.,]|[/:.,](?!\d)")
_IN_A_WORD = regex.compile(r"(?<=\p{L})-(?=\p{L})")
_DASH = re.compile(r"(?<!\d)-(?!\d)|(?<=\d)-(?!\d)|(?<![\d\s])-(?=\d)")
_MINUS = regex.compile(r"(?<!\S)-(?=[\d\p{Sc}])")


def clean(text: str) -> str:
    """Short, in one line, with plain digits and letters, without control characters."""
    plain = _SPACES.sub(" ", text[:LONGEST])
    if not plain.isascii() or not plain.isprintable():
        plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", _UNSEEN.sub("", plain)))[:LONGEST]
        plain = _OTHER_DIGIT.sub(_plain_digit, plain)
    return _SPACES.sub(" ", plain).strip()


def _plain_digit(found: regex.Match[str]) -> str:
    """`regex` knows digits of a later Unicode than Python does; those stay as they are."""
    value = unicodedata.decimal(found[0], None)
    return found[0] if value is None else str(value)


def storable(text: str) -> str:
    """As it was written, without what a database or a page cannot take."""
    return regex.sub(r"[^\P{Cc}\n\t]|\p{Cs}|[\u202A-\u202E\u2066-\u2069]", "", text).strip()


def fold(text: str) -> str:
    """In small letters, without accents and punctuation, except within numbers. A dash between words stands
    alone, one within a word is a space, one before a number is its sign."""
    plain = without_accents(text.casefold())
    plain = _DASHES.sub("-", _APOSTROPHES.sub(" ", plain))
    plain = _IN_A_WORD.sub(" ", _OTHER.sub(" ", plain))
    plain = _IN_NUMBERS_ONLY.sub(" ", plain)
    plain = _MINUS.sub("\0", plain)
    return _SPACES.sub(" ", _DASH.sub(" - ", plain)).replace("\0", "-").strip()


def without_accents(text: str) -> str:
    if text.isascii():
        return text
    kept = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return unicodedata.normalize("NFKC", "".join(kept))[: 2 * LONGEST]
