"""From what was found to a score between 0 and 1: logistic weights, fitted on the half of the labelled
answers that is there to choose (`python -m benchmarks.judging --fit`), and from which score on it is a yes.
Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

Features = Mapping[str, float]


@dataclass(frozen=True)
class Weights:
    bias: float
    of: Mapping[str, float]
    least: float = 0.5

    def score(self, features: Features) -> float:
        return 1 / (
            1 + exp(-self.bias - sum(self.of.get(name, 0.0) * value for name, value in features.items()))
        )


GROUNDED = Weights(
    -2.18,
    {
        "at_once": 2.41, "words": 0.22, "near": 1.91,
        "foreign": 0.69, "near_foreign": 1.89,
        "figure": -3.9, "opposite": -4.27, "name": -0.07,
    },
    least=0.54,
)  # fmt: skip
ANSWERED = Weights(
    -0.14,
    {
        "around": 0.46, "words": 0.56, "near": 1.26, "several": -1.57,
        "margin": 1.46, "stands_out": 1.85, "unsearched": 0.89,
    },
    least=0.57,
)  # fmt: skip
