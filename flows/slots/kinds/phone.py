"""A phone number, in E.164: "+33612345678"."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
from phonenumbers import NumberParseException, ValidationResult

from flows.slots.base import Reading, Said, refused
from flows.slots.tables import patterns

MOST_DIGITS = 17
_RUN = re.compile(r"(?<![\w@])(?:\+|00)?\(?\d[\d\s().\-/]{5,28}\d(?![\w@])")
_LENGTHS = {ValidationResult.TOO_SHORT: "too_short", ValidationResult.TOO_LONG: "too_long",
            ValidationResult.INVALID_LENGTH: "too_short",
            ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "too_short"}  # fmt: skip


def read(said: Said) -> Reading:
    digits = sum(letter.isdigit() for letter in said.text)
    if digits < 3:
        return refused()
    runs = [number for run in _RUN.findall(said.text) if (number := _valid(run, said.country))]
    if len(set(runs)) > 1:
        return refused("ambiguous")
    if runs:
        return Reading(runs[0])
    return _why_not(said, digits)


def find(said: Said) -> Any:
    """One that is written as one, with a plus, a nought or in groups, or that is called so: a plain number in
    a sentence may be anything."""
    named = patterns("phones", "called").search(said.folded) is not None
    found = {number for run in _RUN.findall(said.text)
             if (named or _looks_so(run)) and (number := _valid(run, said.country))}  # fmt: skip
    return found.pop() if len(found) == 1 else None


def _looks_so(run: str) -> bool:
    return run.startswith(("+", "0", "(")) or len(re.findall(r"\d[\s.\-]+(?=\d)", run)) >= 2


def _valid(run: str, country: str) -> str:
    number = _parsed(run, country)
    valid = number is not None and phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if number and valid else ""


def _parsed(run: str, country: str) -> phonenumbers.PhoneNumber | None:
    if sum(letter.isdigit() for letter in run) > MOST_DIGITS:
        return None
    try:
        return phonenumbers.parse(run, country.upper())
    except NumberParseException:
        return None


def _why_not(said: Said, digits: int) -> Reading:
    if digits > MOST_DIGITS:
        return refused("too_long")
    number = _parsed(re.sub(r"[^\d+]", "", said.text), said.country)
    if number is None:
        return refused("too_short" if digits < 6 else "invalid")
    return refused(_LENGTHS.get(phonenumbers.is_possible_number_with_reason(number), "invalid"))
