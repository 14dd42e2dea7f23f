"""Answers that were labelled by hand, as the judge reads them, and what it says of each."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

QUESTIONS = Path(__file__).parent / "questions"
FIRST, FURTHER = QUESTIONS / "judged_answers.jsonl", QUESTIONS / "judged_further.jsonl"
CHOOSE, REPORT = "choose", "report"


@dataclass(frozen=True)
class Row:
    label: dict[str, Any]
    judgement: Any
    seconds: float


def labels(half: str = "") -> list[dict[str, Any]]:
    """Of one half, or of both. Which one a label is in stands with it, and is that of its question."""
    found = [json.loads(line) for path in (FIRST, FURTHER) for line in path.read_text().splitlines()]
    return [one for one in found if not half or one["half"] == half]


def read(label: dict[str, Any]) -> Row:
    from evaluation.judging.offline import judge

    turns, began = turns_of(label), time.perf_counter()
    judgement = judge(turns)
    return Row(label, judgement, time.perf_counter() - began)


def turns_of(label: dict[str, Any]) -> list[Any]:
    from evaluation.turned import Source, Turned

    spoken = label["group"].partition("-")[0] if "group" in label else label["language"]
    before = [
        Turned(
            one["assistant"], one.get("outcome", "answered"), one["customer"], language=spoken,
            options=tuple(one.get("options", ())),
        )
        for one in label["before"]
    ]  # fmt: skip
    sources = tuple(
        Source(one["number"], one["name"], one["title"], one["text"]) for one in label["passages"]
    )
    last = Turned(
        label["answer"], label["outcome"], label["question"], language=label["language"],
        sources=sources, looked=tuple(label["looked"]), margins=tuple(label["margins"]),
    )  # fmt: skip
    return [*before, last]


def pairs(rows: Sequence[Row], dimension: str) -> tuple[np.ndarray, np.ndarray]:
    """What the judge said and what the label says, where both say something."""
    told = [
        (row.judgement.of(dimension).met, row.label[dimension])
        for row in rows
        if row.label.get(dimension) is not None and row.judgement.of(dimension).met is not None
    ]
    return np.array([one for one, _other in told]), np.array([other for _one, other in told])


def kappa(one: np.ndarray, other: np.ndarray) -> float:
    same = float((one == other).mean())
    chance = float(one.mean() * other.mean() + (1 - one.mean()) * (1 - other.mean()))
    return (same - chance) / (1 - chance) if chance < 1 else float("nan")
