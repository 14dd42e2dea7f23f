"""Fit the router and measure it on what it has not seen; apply it. Pure: numbers in, numbers out.

A logistic regression over the vector of the words (without what all of them share) and a few signs of their
form. Learning needs scikit-learn; applying it is a product of a matrix and a vector.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from assistant.routing.samples import KNOWLEDGE, NOTHING
from flows.understanding import OfFlow

STRENGTH = 30.0  # scikit-learn's C: little regularisation, since a flow has ten examples or so
SIGNS_COUNT = 0.35  # how much a sign weighs beside a vector whose length is 1
FOLDS = 5
LEAST_OF_A_FLOW = 2  # examples, to be learned at all
WRONGLY_BEGUN = 0.02  # of what is no flow's, at most, when the bar is chosen
BARS = np.linspace(0.30, 0.95, 66)


@dataclass(frozen=True)
class Figures:
    """By cross-validation: of the flows' examples the share that begins the right flow and any flow; of the
    rest the share that begins none. `each` is the same for each flow, in numbers."""

    right: float
    begun: float
    left_alone: float
    samples: int
    flows: int
    each: Mapping[str, OfFlow] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Figures:
        each = {key: OfFlow(**one) for key, one in kept.get("each", {}).items()}
        return cls(**{**kept, "each": each})


@dataclass(frozen=True)
class Fitted:
    labels: tuple[str, ...]
    weights: np.ndarray  # labels × features
    bias: np.ndarray
    centre: np.ndarray
    bar: float  # from which likelihood a flow is begun
    figures: Figures

    def likelihoods(self, vector: np.ndarray, signs: Sequence[float]) -> dict[str, float]:
        """How likely each label is; they add up to 1."""
        logits = self.weights @ features(vector[None], [signs], self.centre)[0] + self.bias
        raised = np.exp(logits - logits.max())
        return dict(zip(self.labels, (raised / raised.sum()).tolist(), strict=True))


def features(vectors: np.ndarray, signs: Sequence[Sequence[float]], centre: np.ndarray) -> np.ndarray:
    centred = vectors - centre
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.hstack([centred / np.maximum(lengths, 1e-9), SIGNS_COUNT * np.asarray(signs, dtype=np.float64)])


def fit(vectors: np.ndarray, signs: Sequence[Sequence[float]], labels: Sequence[str]) -> Fitted | None:
    """None when no flow has enough examples."""
    kept = _learnable(labels)
    chosen = [at for at, label in enumerate(labels) if label in kept]
    if not kept - {KNOWLEDGE, NOTHING} or len(kept) < 2:
        return None
    wanted = np.array([labels[at] for at in chosen])
    vectors = vectors[chosen]
    centre = vectors.mean(axis=0)
    rows = features(vectors, [signs[at] for at in chosen], centre)
    with _in_one_thread():
        guessed, names = _cross_validated(rows, wanted)
        model = _model().fit(rows, wanted)
    bar = _bar(guessed, names, wanted)
    weights, bias = _for_each_label(model)
    return Fitted(tuple(model.classes_), weights, bias, centre, bar, _figures(guessed, names, wanted, bar))


def _in_one_thread() -> AbstractContextManager[Any]:
    """These are small matrices: several threads spend ten times as long waiting for each other."""
    from threadpoolctl import threadpool_limits

    limited: AbstractContextManager[Any] = threadpool_limits(limits=1)
    return limited


def _learnable(labels: Sequence[str]) -> set[str]:
    return {label for label, times in Counter(labels).items() if times >= LEAST_OF_A_FLOW}


def _model() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, max_iter=500, class_weight="balanced")


def _for_each_label(model: Any) -> tuple[np.ndarray, np.ndarray]:
    """With two labels scikit-learn keeps one row, for the second of them."""
    weights, bias = model.coef_, model.intercept_
    if len(weights) == 1:
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return weights, bias


def _cross_validated(rows: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each sample the likelihoods by a model that has not seen it, and the labels in their order."""
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    folds = max(2, min(FOLDS, min(Counter(labels.tolist()).values())))
    split = StratifiedKFold(folds, shuffle=True, random_state=0)
    guessed = cross_val_predict(_model(), rows, labels, cv=split, method="predict_proba")
    return guessed, np.unique(labels)


def _best_flow(guessed: np.ndarray, names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The likeliest flow of each sample, and how likely it is."""
    flows = [at for at, name in enumerate(names) if name not in (KNOWLEDGE, NOTHING)]
    best = guessed[:, flows].argmax(axis=1)
    return names[flows][best], guessed[:, flows].max(axis=1)


def _bar(guessed: np.ndarray, names: np.ndarray, labels: np.ndarray) -> float:
    """The lowest one above which hardly anything begins a flow that is none's."""
    _, likely = _best_flow(guessed, names)
    others = np.isin(labels, [KNOWLEDGE, NOTHING])
    if not others.any():
        return 0.5
    fitting = [bar for bar in BARS if (likely[others] >= bar).mean() <= WRONGLY_BEGUN]
    return float(fitting[0] if fitting else BARS[-1])


def _figures(guessed: np.ndarray, names: np.ndarray, labels: np.ndarray, bar: float) -> Figures:
    best, likely = _best_flow(guessed, names)
    others = np.isin(labels, [KNOWLEDGE, NOTHING])
    begun = likely >= bar
    mine = ~others
    flows = [str(name) for name in names if name not in (KNOWLEDGE, NOTHING)]
    return Figures(
        right=float((begun & (best == labels))[mine].mean()),
        begun=float(begun[mine].mean()),
        left_alone=float((~begun)[others].mean()) if others.any() else 1.0,
        samples=len(labels),
        flows=len(flows),
        each={flow: _of_flow(flow, labels == flow, best, begun) for flow in flows},
    )


def _of_flow(flow: str, own: np.ndarray, best: np.ndarray, begun: np.ndarray) -> OfFlow:
    taken = Counter(str(one) for one in best[own & begun] if one != flow)
    return OfFlow(
        examples=int(own.sum()),
        right=int((own & begun & (best == flow)).sum()),
        missed=int((own & ~begun).sum()),
        taken_for=dict(taken.most_common()),
    )
