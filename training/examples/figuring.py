"""A dataset in numbers: found and kept by topic, language and origin, what was taken out, tokens."""

from __future__ import annotations

from collections import Counter
from typing import Any

from training.examples.rows import Dataset, Example, Part
from training.examples.validating import warnings

FIELDS = (
    "state", "why", "origin", "topic", "language", "part", "tokens", "redacted", "cleaned", "changed",
    "licences", "said_at", "trouble",
)  # fmt: skip
Rows = list[dict[str, Any]]
REFUSALS = ("=declined", "=asked")  # topics of those that teach not to answer


def of(dataset: Dataset) -> dict[str, Any]:
    rows: Rows = list(dataset.examples.values(*FIELDS))
    kept = [row for row in rows if row["state"] == Example.State.IN]
    moments = [row["said_at"] for row in kept if row["said_at"]]
    return {
        "found": len(rows),
        "kept": len(kept),
        "left_out": _sorted(Counter(row["why"] for row in rows if row["state"] == Example.State.LEFT_OUT)),
        "unreadable": _sorted(Counter(row["trouble"] for row in rows if row["trouble"])),
        "origins": _before_and_after(rows, "origin"),
        "languages": _before_and_after(rows, "language"),
        "topics": _topics(rows),
        "redacted": _sorted(sum((Counter(row["redacted"]) for row in kept), Counter())),
        "cleaned": sum(row["cleaned"] for row in kept),
        "changed": sum(row["changed"] for row in kept),
        "licences": _sorted(Counter(licence for row in kept for licence in row["licences"])),
        "first": min(moments).isoformat() if moments else "",
        "last": max(moments).isoformat() if moments else "",
        **{part: _part([row for row in kept if row["part"] == part]) for part in Part.values},
        "warnings": warnings(
            [row["topic"] for row in kept],
            [row["language"] for row in kept],
            [row["topic"] not in REFUSALS for row in kept],
        ),
    }


def _part(rows: Rows) -> dict[str, Any]:
    tokens = [row["tokens"] for row in rows]
    return {
        "lines": len(rows),
        "tokens": sum(tokens),
        "longest": max(tokens, default=0),
        "languages": _sorted(Counter(row["language"] for row in rows)),
    }


def _sorted(counted: Counter[str]) -> dict[str, int]:
    return dict(counted.most_common())


def _before_and_after(rows: Rows, field: str) -> dict[str, list[int]]:
    found = Counter(row[field] for row in rows)
    kept = Counter(row[field] for row in rows if row["state"] == Example.State.IN)
    return {value: [number, kept[value]] for value, number in found.most_common()}


def _topics(rows: Rows) -> list[list[Any]]:
    """Each topic in each language: found, kept. Of what cannot be learned from, the topic is not known."""
    found = Counter((row["topic"], row["language"]) for row in rows if row["topic"])
    kept = Counter((row["topic"], row["language"]) for row in rows if row["state"] == Example.State.IN)
    return [[*place, number, kept[place]] for place, number in found.most_common()]
