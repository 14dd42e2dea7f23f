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
    try:
        found = regex.search(
            rf"(?<!\w)(?:{pattern})(?!\w)", text[:LONGEST], regex.IGNORECASE, timeout=SECONDS
        )
    except (regex.error, TimeoutError):
        return ""
    return found[0] if found else ""


def fits(pattern: str, text: str, *, whatever_case: bool = True) -> bool:
    """Whether the whole text fits."""
    flags = regex.IGNORECASE if whatever_case else 0
    try:
        return regex.fullmatch(pattern, text[:LONGEST], flags, timeout=SECONDS) is not None
    except (regex.error, TimeoutError):
        return False
