"""Models that were trained for this assistant, and that a release may be made with. Told from above
(`training/`)."""

from __future__ import annotations

from collections.abc import Callable

Candidates = Callable[[], list[str]]  # names of models, the newest first
_told: list[Candidates] = []
MOST = 20


def tell(candidates: Candidates) -> None:
    _told[:] = [candidates]


def known_candidates() -> list[str]:
    return [name for candidates in _told for name in candidates()][:MOST]
