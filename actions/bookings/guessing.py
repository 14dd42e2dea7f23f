"""Whoever has a reference and the e-mail address of a booking may change it: so neither may be tried one
after the other, within a conversation or for one reference from many."""

from __future__ import annotations

from django.core.cache import cache

WINDOW = 3600  # seconds
MOST_WRONG = 10  # of one conversation, and for one reference, in that time


def is_guessing(conversation: str, reference: str) -> bool:
    return any(int(cache.get(name) or 0) >= MOST_WRONG for name in _names(conversation, reference))


def count_wrong(conversation: str, reference: str) -> None:
    """A reference counts whether it exists or not, so that the count tells nothing of it."""
    for name in _names(conversation, reference):
        if not cache.add(name, 1, WINDOW):
            try:
                cache.incr(name)
            except ValueError:  # it has run out since
                cache.set(name, 1, WINDOW)


def _names(conversation: str, reference: str) -> list[str]:
    of = {"conversation": conversation, "reference": reference}
    return [f"bookings:wrong:{kind}:{value}" for kind, value in of.items() if value]
