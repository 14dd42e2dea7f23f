"""Whoever has a reference may change the booking: so references may not be tried one after the other."""

from __future__ import annotations

from django.core.cache import cache

WINDOW = 3600  # seconds
MOST_WRONG = 10  # of one conversation in that time


def is_guessing(whose: str) -> bool:
    return bool(whose) and int(cache.get(_name(whose)) or 0) >= MOST_WRONG


def count_wrong(whose: str) -> None:
    if whose and not cache.add(_name(whose), 1, WINDOW):
        try:
            cache.incr(_name(whose))
        except ValueError:  # it has run out since
            cache.set(_name(whose), 1, WINDOW)


def _name(whose: str) -> str:
    return f"bookings:wrong-references:{whose}"
