"""From what was found to a score between 0 and 1: logistic weights, and from which score on it is a yes.

The weights are fitted on the half of the labelled answers that is there for it (`weights.json`, which names
the command that made it). Pure but for that file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any

Features = Mapping[str, float]
KEPT = Path(__file__).parent / "weights.json"


@dataclass(frozen=True)
class Weights:
    """Below `no_below` it is a no, from `yes_from` on a yes; between them nobody can tell."""

    bias: float
    of: Mapping[str, float]
    no_below: float = 0.5
    yes_from: float = 0.5

    def score(self, features: Features) -> float:
        return 1 / (
            1 + exp(-self.bias - sum(self.of.get(name, 0.0) * value for name, value in features.items()))
        )

    def met(self, score: float) -> bool | None:
        if score >= self.yes_from:
            return True
        return False if score < self.no_below else None


def _kept() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(KEPT.read_text())
    return found


GROUNDED = Weights(**_kept()["grounded"])
ANSWERED = Weights(**_kept()["answered"])
