"""Whether a version on trial is finished more often than the published one. Pure."""

from __future__ import annotations

from chatbot.chance import Interval, newcombe

FEWEST = 30  # on each side, below which nothing is said


def difference(done: int, of: int, other_done: int, other_of: int) -> Interval | None:
    """Between what the first share lies above the other; None where too few were seen."""
    return newcombe(done, of, other_done, other_of) if min(of, other_of) >= FEWEST else None
