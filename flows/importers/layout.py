"""Where the steps of an imported flow stand: in rows, each below those that lead to it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

WIDE, HIGH = 280.0, 160.0  # from one step to the next


def laid_out(start: str, leads: Mapping[str, Sequence[str]]) -> dict[str, tuple[float, float]]:
    """`leads` says where each step leads to. Steps that nobody reaches stand below all others."""
    rows = _rows(start, leads)
    places: dict[str, tuple[float, float]] = {}
    for number, row in enumerate(rows):
        left = -(len(row) - 1) / 2
        for at, step in enumerate(row):
            places[step] = ((left + at) * WIDE, number * HIGH)
    return places


def _rows(start: str, leads: Mapping[str, Sequence[str]]) -> list[list[str]]:
    seen: set[str] = set()
    rows: list[list[str]] = []
    row = [start] if start in leads else []
    while row:
        rows.append(row)
        seen.update(row)
        reached = (target for step in row for target in leads[step] if target in leads)
        row = [target for target in dict.fromkeys(reached) if target not in seen]
    rest = [step for step in leads if step not in seen]
    return [*rows, rest] if rest else rows
