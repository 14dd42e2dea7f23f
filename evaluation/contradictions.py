"""Expectations that no answer could meet together: told when they are written, not after every run. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from evaluation.wording import stands_in

if TYPE_CHECKING:
    from evaluation.scripted import Expected

NOT_FROM_KNOWLEDGE = ("declined", "handoff")


def contradiction(expected: Expected) -> str:
    """The first one, in words; "" where all of it can be."""
    return next(_all(expected), "")


def _all(expected: Expected) -> Iterator[str]:
    yield from _words(expected)
    yield from _outcomes(expected)


def _words(expected: Expected) -> Iterator[str]:
    for line in (*expected.says, *expected.offers):
        for never in expected.says_not:
            if stands_in(never, line):
                told = gettext("“%(line)s” is to be said, and “%(never)s” is not: take one of them out.")
                yield told % {"line": line, "never": never}
    for pattern in expected.matches:
        for never in expected.says_not:
            if pattern.casefold() == never.casefold():
                told = gettext("“%(line)s” is to be found, and not to be said: take one of them out.")
                yield told % {"line": pattern}


def _outcomes(expected: Expected) -> Iterator[str]:
    handed, outcomes = expected.handoff, expected.outcomes
    outcome = ", ".join(outcomes)
    if handed and outcomes and "handoff" not in outcomes:
        told = gettext(
            "A person is to take over, and the answer is to be “%(outcome)s”: take one of them out."
        )
        yield told % {"outcome": outcome}
    if expected.ends and expected.at.partition("/")[0] == expected.ends:
        told = gettext("“%(flow)s” cannot be over and stand at a step: take “ends” or “at” out.")
        yield told % {"flow": expected.ends}
    if handed is False and outcomes == ("handoff",):
        yield gettext("A person is to take over by “outcome”, and not by “handoff”: take one of them out.")
    cited = expected.cites or expected.cites_one
    if cited and outcomes and all(one in NOT_FROM_KNOWLEDGE for one in outcomes):
        told = gettext("An answer that is “%(outcome)s” cites nothing: take “outcome” or “cites” out.")
        yield told % {"outcome": outcome}
