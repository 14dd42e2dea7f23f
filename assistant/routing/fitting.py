"""Fit the router and measure it on what it has not seen; apply it. Pure: numbers in, numbers out.

A logistic regression over the vector of the words (without what all of them share) and a few signs of their
form. It is sure of itself also where it knows nothing of what is asked: so a flow is begun only by words that
are near one of its examples, and not much nearer to something else (`Near`). Learning needs scikit-learn;
applying it is a product of matrices and a vector.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assistant.routing.measuring import Figures, Mistake, Tested, best_flow
from assistant.routing.samples import EVERYDAY, NO_FLOWS, NOTHING
from assistant.routing.telling import ENOUGH, Said, forms, nearest_stranger

STRENGTH = 30.0  # scikit-learn's C: little regularisation, since a flow has ten examples or so
SIGNS_COUNT = 0.35  # how much a sign weighs beside a vector whose length is 1
FOLDS = 5
LEAST_OF_A_FLOW = 2  # examples, to be learned at all
WRONGLY_BEGUN = 0.02  # of what is no flow's, at most, when the bar is chosen
BARS = np.linspace(0.30, 0.95, 66)
LEAST_NEAR = 0.4  # how near the nearest example of a flow is at least, without what all texts share
NEARER = 0.15  # by which something else is nearer at most
VERY_LIKELY = 0.9  # from where on an example may be farther away
FARTHEST = 0.3
OWN = 0.6  # how near an example may be to what is said anywhere, for that to be left out
OFTEN_MISTAKEN = 2  # examples, for two flows to be mistaken for each other
AT_ONCE = 500  # samples that are compared with all others
NO_FIGURES = Figures(0.0, 0.0, 1.0, 0, 0)
Step = Callable[[], None]  # called between the parts of a learning: whoever raises in it ends that


@dataclass(frozen=True)
class Near:
    """What was learned from, each of length 1, the place of its label in `labels`, and the forms of its words
    (`assistant/routing/telling.py`)."""

    labels: tuple[str, ...]
    examples: np.ndarray  # samples × numbers
    owners: np.ndarray
    words: tuple[frozenset[str], ...]

    def of(self, vectors: np.ndarray, *, besides: np.ndarray | None = None) -> np.ndarray:
        """How near the nearest example of each label is to each vector: vectors × labels, from -1 to 1.
        `besides` are the places of the vectors themselves among the examples."""
        likeness = vectors @ self.examples.T
        if besides is not None:
            likeness[np.arange(len(vectors)), besides] = -1.0
        nearest = np.full((len(vectors), len(self.labels)), -1.0, dtype=likeness.dtype)
        for at in range(len(self.labels)):
            own = self.owners == at
            if own.any():
                nearest[:, at] = likeness[:, own].max(axis=1)
        return nearest


@dataclass(frozen=True)
class Fitted:
    labels: tuple[str, ...]
    weights: np.ndarray  # labels × features
    bias: np.ndarray
    centre: np.ndarray
    bar: float  # from which likelihood a flow is begun
    figures: Figures
    near: Near
    tested: Tested | None = None  # known where it was fitted, and not kept

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        return tuple(self.tested.mistakes(self.bar)) if self.tested else ()

    def likelihoods(self, vector: np.ndarray, signs: Sequence[float]) -> dict[str, float]:
        """How likely each label is; they add up to 1."""
        logits = self.weights @ features(vector[None], [signs], self.centre)[0] + self.bias
        raised = np.exp(logits - logits.max())
        return dict(zip(self.labels, (raised / raised.sum()).tolist(), strict=True))

    def nearness(self, vector: np.ndarray) -> dict[str, float]:
        """How near the nearest example of each label is, from -1 to 1."""
        nearest = self.near.of(self._unit(vector))[0]
        return dict(zip(self.labels, nearest.tolist(), strict=True))

    def spoken_of(self, flow: str, vector: np.ndarray, words: Said, near: float) -> str:
        """What else the words speak of, where they name what the flow never does, and a text of another label
        with that word is about as near: that label, "" for none."""
        likeness = self.near.examples @ self._unit(vector)[0]
        nearest, label = nearest_stranger(words, flow, self.near, likeness)
        return label if nearest >= near - NEARER else ""

    def rivals(self, flow: str) -> frozenset[str]:
        """The flows whose examples it takes, or which take its own, twice or more."""
        each = self.figures.each
        own = each[flow].taken_for if flow in each else {}
        mixed = {key: own.get(key, 0) + one.taken_for.get(flow, 0) for key, one in each.items()}
        return frozenset(key for key, times in mixed.items() if times >= OFTEN_MISTAKEN)

    def is_recognised_badly(self, flow: str) -> bool:
        """Whether half of its examples or more do not begin it: of a few, that says little."""
        one = self.figures.each.get(flow)
        return one is not None and one.examples >= ENOUGH and one.right <= one.examples / 2

    def _unit(self, vector: np.ndarray) -> np.ndarray:
        return units(vector[None] - self.centre).astype(np.float32)


def is_near(likely: Any, nearest: Any, others: Any) -> Any:
    """Whether words may begin a flow: how near its nearest example is, and the nearest of what is no flow's.
    Numbers or arrays of them."""
    near = (nearest >= LEAST_NEAR) & (nearest >= others - NEARER)
    return near | ((likely >= VERY_LIKELY) & (nearest >= FARTHEST))


def features(vectors: np.ndarray, signs: Sequence[Sequence[float]], centre: np.ndarray) -> np.ndarray:
    return np.hstack([units(vectors - centre), SIGNS_COUNT * np.asarray(signs, dtype=np.float64)])


def units(vectors: np.ndarray) -> np.ndarray:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))


def go_on() -> None:
    """Nobody wants to end it in between."""


def fit(
    vectors: np.ndarray, signs: Sequence[Sequence[float]], labels: Sequence[str], texts: Sequence[str],
    *, step: Step = go_on,
) -> Fitted | None:  # fmt: skip
    """None when no flow has enough examples."""
    learnt = _learn(vectors, signs, labels, texts)
    if learnt is None:
        return None
    rows, wanted, chosen, fitted = learnt
    with in_one_thread():
        guessed, names = cross_validated(rows, wanted, step)
        begins = guessed * _may_begin(guessed, fitted.near, names)
    tested = Tested(tuple(texts[at] for at in chosen), wanted, names, guessed, begins, rows)
    bar = bar_of(begins, names, wanted)
    return replace(fitted, bar=bar, figures=tested.figures(bar), tested=tested)


def fitted_like(
    whole: Fitted, vectors: np.ndarray, signs: Sequence[Sequence[float]], labels: Sequence[str],
    texts: Sequence[str],
) -> Fitted | None:  # fmt: skip
    """Learned from some of what `whole` was learned from, and deciding with its bar and by its figures."""
    learnt = _learn(vectors, signs, labels, texts)
    return None if learnt is None else replace(learnt[3], bar=whole.bar, figures=whole.figures)


def _learn(
    vectors: np.ndarray, signs: Sequence[Sequence[float]], labels: Sequence[str], texts: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, list[int], Fitted] | None:
    """The features and labels that were learned, the places of their samples, and what came of it."""
    kept = _learnable(labels)
    chosen = [at for at, label in enumerate(labels) if label in kept]
    if not kept - NO_FLOWS or len(kept) < 2:
        return None
    beside = _beside(vectors, labels) if NOTHING in kept else []
    wanted = np.array([labels[at] for at in chosen])
    everyday, vectors = vectors[beside], vectors[chosen]
    centre = vectors.mean(axis=0)
    rows = features(vectors, [signs[at] for at in chosen], centre)
    with in_one_thread():
        model = regression().fit(rows, wanted)
    names = tuple(str(name) for name in model.classes_)
    owners = np.searchsorted(names, [*wanted, *[NOTHING] * len(beside)])
    words = tuple(forms(texts[at]) for at in [*chosen, *beside])
    examples = units(np.concatenate([vectors, everyday]) - centre).astype(np.float32)
    near = Near(names, examples, owners, words)
    weights, bias = _for_each_label(model)
    return rows, wanted, chosen, Fitted(names, weights, bias, centre, 1.0, NO_FIGURES, near)


def in_one_thread() -> AbstractContextManager[Any]:
    """These are small matrices: several threads spend ten times as long waiting for each other."""
    from threadpoolctl import threadpool_limits

    limited: AbstractContextManager[Any] = threadpool_limits(limits=1)
    return limited


def _beside(vectors: np.ndarray, labels: Sequence[str]) -> list[int]:
    """The places of what people say every day, but for what is near an example of a flow: "I forgot my
    password" is nothing to a lamp shop, and begins something elsewhere."""
    lengths = units(vectors - vectors.mean(axis=0))
    flows = [at for at, label in enumerate(labels) if label not in NO_FLOWS]
    nearest = (lengths @ lengths[flows].T).max(axis=1)
    return [at for at, label in enumerate(labels) if label == EVERYDAY and nearest[at] < OWN]


def _learnable(labels: Sequence[str]) -> set[str]:
    """What people say every day is no label: who says just anything would then mean no flow, and be asked
    nothing. It is only something else that words may be nearer to."""
    return {label for label, times in Counter(labels).items() if times >= LEAST_OF_A_FLOW} - {EVERYDAY}


def regression() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, max_iter=500, class_weight="balanced")


def _for_each_label(model: Any) -> tuple[np.ndarray, np.ndarray]:
    """With two labels scikit-learn keeps one row, for the second of them."""
    weights, bias = model.coef_, model.intercept_
    if len(weights) == 1:
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return weights, bias


def _may_begin(guessed: np.ndarray, near: Near, names: np.ndarray) -> np.ndarray:
    """For each sample and label whether the others that were learned from let it begin that flow: 0 or 1."""
    flows = np.array([name not in NO_FLOWS for name in names])
    found = np.ones(guessed.shape)
    for start in range(0, len(guessed), AT_ONCE):
        places = np.arange(start, min(start + AT_ONCE, len(guessed)))
        nearest = near.of(near.examples[places], besides=places)
        others = nearest[:, ~flows].max(axis=1, initial=-1.0)[:, None]
        found[places] = ~flows | is_near(guessed[places], nearest, others)
    return found


def cross_validated(
    rows: np.ndarray, labels: np.ndarray, step: Step = go_on
) -> tuple[np.ndarray, np.ndarray]:
    """For each sample the likelihoods by a model that has not seen it, and the labels in their order."""
    names = np.unique(labels)
    guessed = np.zeros((len(rows), len(names)))
    for known, asked in folds_of(rows, labels):
        step()
        guessed[asked] = regression().fit(rows[known], labels[known]).predict_proba(rows[asked])
    return guessed, names


def folds_of(rows: np.ndarray, labels: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The places of what is learned and of what is asked, of each part; always the same ones."""
    from sklearn.model_selection import StratifiedKFold

    folds = max(2, min(FOLDS, min(Counter(labels.tolist()).values())))
    parts: Iterator[Any] = StratifiedKFold(folds, shuffle=True, random_state=0).split(rows, labels)
    return parts


def bar_of(guessed: np.ndarray, names: np.ndarray, labels: np.ndarray) -> float:
    """The lowest one above which hardly anything begins a flow that is none's."""
    _, likely = best_flow(guessed, names)
    others = np.isin(labels, list(NO_FLOWS))
    if not others.any():
        return 0.5
    fitting = [bar for bar in BARS if (likely[others] >= bar).mean() <= WRONGLY_BEGUN]
    return float(fitting[0] if fitting else BARS[-1])
