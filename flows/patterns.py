"""Regular expressions that staff write: matched within a limit of time, since one can run for ever."""

from __future__ import annotations

import regex

SECONDS = 0.05  # for one match; a usual pattern takes microseconds
LONGEST = 300  # characters of what is matched


def check_pattern(pattern: str) -> None:
    """Raises ValueError with what is wrong with it."""
    try:
        regex.compile(pattern)
    except regex.error as error:
        raise ValueError(f"not a pattern: {error}") from error


def find(pattern: str, text: str) -> str:
    """The first part of `text` that fits, whatever its case; "" where none does or it takes too long."""
    return next(iter(find_all(pattern, text)), "")


def find_all(pattern: str, text: str) -> list[str]:
    """All parts of `text` that fit, whatever their case; none where it takes too long."""
    whole = rf"(?<!\w)(?:{pattern})(?!\w)"
    try:
        found = regex.finditer(whole, text[:LONGEST], regex.IGNORECASE, timeout=SECONDS)
        return [one[0] for one in found if one[0]]
    except (regex.error, TimeoutError):
        return []


def fits(pattern: str, text: str, *, whatever_case: bool = True) -> bool:
    """Whether the whole text fits."""
    flags = regex.IGNORECASE if whatever_case else 0
    try:
        return regex.fullmatch(pattern, text[:LONGEST], flags, timeout=SECONDS) is not None
    except (regex.error, TimeoutError):
        return False
