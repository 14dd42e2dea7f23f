"""A training of any kind as its pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from training.drawing import DrawnLine, line
from training.trainings.rows import OPEN, Learning
from training.words import percent

QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
Value = tuple[float, float, float, float]  # a share that was learned; on the mean, at worst and at best


def row(training: Learning) -> dict[str, Any]:
    """In the register."""
    return {
        "training": training,
        "name": str(training),
        "state": training.get_state_display(),
        "badge": training.state,
        "is_open": training.state in OPEN,
        "percent": percent(training.done / training.total if training.total else 0),
    }


def one_of(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Those of the register that stand above it."""
    return {
        "rows": rows,
        "in_use": next((row for row in rows if row["training"].state == "in_use"), None),
        "running": next((row for row in rows if row["is_open"]), None),
        "candidate": next((row for row in rows if row["training"].state == "candidate"), None),
    }


def by_share(shares: Sequence[float], folds: Sequence[Sequence[float]]) -> list[Value]:
    """Nothing where nothing was asked."""
    if not folds or not all(folds):
        return []
    return [
        (share, sum(own) / len(own), min(own), max(own)) for share, own in zip(shares, folds, strict=True)
    ]


def drawn(values: Sequence[Value], shares: Sequence[float]) -> DrawnLine:
    below, left = [(at, percent(at)) for at in shares], [(at, percent(at)) for at in QUARTERS]
    return line([(*value, 4.0) for value in values], below, left)
