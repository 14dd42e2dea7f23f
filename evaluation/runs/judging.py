"""What the two sides of a run say of each other."""

from __future__ import annotations

from evaluation.runs.comparing import Compared, compare
from evaluation.runs.rows import Case, Run

Passed = dict[int, list[bool]]


def compared(run: Run, first: int = 0, second: int = 1) -> Compared | None:
    """The second side against the first, over the scenarios that were run on both."""
    sides: tuple[Passed, Passed] = ({}, {})
    known = Case.objects.filter(run=run, side__in=(first, second), passed__isnull=False)
    for place, side, passed in known.values_list("place", "side", "passed"):
        sides[side == second].setdefault(place, []).append(bool(passed))
    return compare(*sides)
