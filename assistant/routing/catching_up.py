"""Have learned what has changed, before it is judged what words begin. How that is done is told from above
(`training/`)."""

from __future__ import annotations

from collections.abc import Callable

CatchUp = Callable[[float], bool]
_catch_up: list[CatchUp] = []


def tell(catch_up: CatchUp) -> None:
    _catch_up[:] = [catch_up]


def train_if_changed(*, most_seconds: float = float("inf")) -> bool:
    """Whether something new was learned; waits for whoever is at it, at most so many seconds."""
    return any(catch_up(most_seconds) for catch_up in _catch_up)
