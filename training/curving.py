"""How much more examples would help: what is recognised after learning a share of them, and all. Pure.

Each share is learned anew in each part of a cross-validation, from other examples each time: so there is a
spread, and what is asked was never learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import mean, stdev
from typing import Literal

import numpy as np

from assistant.routing.fitting import Step, folds_of, in_one_thread, regression
from assistant.routing.measuring import Tested
from assistant.routing.samples import NO_FLOWS

SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)
ENOUGH = 10  # examples, of a flow or asked in each part, before anything is said
LEAST_PARTS = 3  # before their spread says anything
GAINED = 2  # examples that are recognised with all and not with three fifths, for more of them to be advised
WELL = 0.9  # of its examples, from where on a flow begins well by words
RISES = 0.02  # of what is recognised, below which a fifth of the examples has made no difference
# Student's t for 95 of 100, by the number of parts.
T95 = {3: 4.303, 4: 3.182, 5: 2.776, 6: 2.571, 7: 2.447, 8: 2.365, 9: 2.306, 10: 2.262}
Verdict = Literal["few", "rises", "flat", "open"]
Advice = Literal["few", "well", "unsure", "more", "other"]


@dataclass(frozen=True)
class Curve:
    """For each share of the examples the part of them that is recognised, once for each fold; and of each
    flow how many examples it has, and how many are recognised after learning each share."""

    folds: tuple[tuple[float, ...], ...] = ()  # share × fold
    examples: dict[str, int] = field(default_factory=dict)
    flows: dict[str, tuple[int, ...]] = field(default_factory=dict)  # by share


def learned_by_share(tested: Tested, step: Step) -> Curve:
    """Recognised: its own flow is the likeliest of all labels. All of them were learned already."""
    rows, labels = tested.rows, tested.labels
    split = list(folds_of(rows, labels))
    right = np.zeros((len(SHARES), len(labels)), dtype=bool)
    right[-1] = tested.names[tested.guessed.argmax(axis=1)] == labels
    for at, share in enumerate(SHARES[:-1]):
        for fold, (known, asked) in enumerate(split):
            step()
            some = _some(labels, known, share, seed=fold)
            with in_one_thread():
                guessed = regression().fit(rows[some], labels[some]).predict(rows[asked])
            right[at, asked] = guessed == labels[asked]
    return _curve(right, labels, [asked for _known, asked in split])


def _some(labels: np.ndarray, known: np.ndarray, share: float, *, seed: int) -> np.ndarray:
    """So many of each label, and at least one."""
    random = np.random.default_rng(seed)
    own = {label: random.permutation(known[labels[known] == label]) for label in np.unique(labels[known])}
    return np.concatenate([places[: max(1, round(share * len(places)))] for places in own.values()])


def _curve(right: np.ndarray, labels: np.ndarray, parts: Sequence[np.ndarray]) -> Curve:
    mine = ~np.isin(labels, list(NO_FLOWS))
    folds = tuple(
        tuple(float(row[asked][mine[asked]].mean()) for asked in parts if mine[asked].any()) for row in right
    )
    flows = [str(label) for label in np.unique(labels) if label not in NO_FLOWS]
    return Curve(
        folds,
        {flow: int((labels == flow).sum()) for flow in flows},
        {flow: tuple(int(row[labels == flow].sum()) for row in right) for flow in flows},
    )


@dataclass(frozen=True)
class LastStep:
    """What the last fifth of the examples has changed, and where the true change lies for 95 of 100."""

    verdict: Verdict
    by: float = 0.0
    low: float = 0.0
    high: float = 0.0


def last_step(folds: Sequence[Sequence[float]], examples: int) -> LastStep:
    """Whether the curve still rises at its end, by more than the parts differ among themselves. Each part
    asks the same examples after learning more, so its own change is what counts."""
    parts = len(folds[-1]) if len(folds) > 1 else 0
    if parts < LEAST_PARTS or examples < ENOUGH * parts:
        return LastStep("few")
    changes = [now - before for before, now in zip(folds[-2], folds[-1], strict=True)]
    by = mean(changes)
    reach = T95.get(parts, 2.0) * stdev(changes) / sqrt(parts)
    low, high = by - reach, by + reach
    verdict: Verdict = "rises" if low > 0 and by >= RISES else "flat" if high < RISES else "open"
    return LastStep(verdict, by, low, high)


def advice(examples: int, begun: int, right: Sequence[int]) -> Advice:
    """Whether more examples of a flow would help. `begun`: how many begin it, as its row says; `right`: of
    how many it is the likeliest, after learning each share."""
    if examples < ENOUGH:
        return "few"
    if begun >= WELL * examples:
        return "well"
    chance = sqrt(right[-1] * (examples - right[-1]) / examples)
    if right[-1] - right[SHARES.index(0.6)] >= max(GAINED, chance):
        return "more"
    return "unsure" if right[-1] >= WELL * examples else "other"
