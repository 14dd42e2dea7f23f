"""How a router does on samples that it has not seen, from their likelihoods by cross-validation. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from assistant.routing.samples import NO_FLOWS
from flows.understanding import OfFlow


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
class Mistake:
    """A text that belongs to `label` and begins the flow `began` by cross-validation, "" for none."""

    text: str
    label: str
    began: str


@dataclass(frozen=True)
class Tested:
    """Samples by a model that has not seen them: `guessed` is how likely each of the labels `names` is, and
    `begins` the same where nothing that is near speaks against beginning it; `rows` are the features."""

    texts: tuple[str, ...]
    labels: np.ndarray
    names: np.ndarray
    guessed: np.ndarray
    begins: np.ndarray
    rows: np.ndarray

    def best(self) -> tuple[np.ndarray, np.ndarray]:
        """The likeliest flow of each sample, and how likely it is."""
        return best_flow(self.begins, self.names)

    def mistakes(self, bar: float) -> Iterator[Mistake]:
        """What begins another flow than its own, and what is a flow's and begins none."""
        best, likely = self.best()
        for at, text in enumerate(self.texts):
            label, began = str(self.labels[at]), str(best[at]) if likely[at] >= bar else ""
            if began != label and (began or label not in NO_FLOWS):
                yield Mistake(text, label, began)

    def figures(self, bar: float) -> Figures:
        best, likely = self.best()
        others, begun = np.isin(self.labels, list(NO_FLOWS)), likely >= bar
        flows = [str(name) for name in self.names if name not in NO_FLOWS]
        return Figures(
            right=float((begun & (best == self.labels))[~others].mean()),
            begun=float(begun[~others].mean()),
            left_alone=float((~begun)[others].mean()) if others.any() else 1.0,
            samples=len(self.labels),
            flows=len(flows),
            each={flow: _of_flow(flow, self.labels == flow, best, begun) for flow in flows},
        )


def best_flow(likelihoods: np.ndarray, names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    flows = [at for at, name in enumerate(names) if name not in NO_FLOWS]
    best = likelihoods[:, flows].argmax(axis=1)
    return names[flows][best], likelihoods[:, flows].max(axis=1)


def _of_flow(flow: str, own: np.ndarray, best: np.ndarray, begun: np.ndarray) -> OfFlow:
    taken = Counter(str(one) for one in best[own & begun] if one != flow)
    return OfFlow(
        examples=int(own.sum()),
        right=int((own & begun & (best == flow)).sum()),
        missed=int((own & ~begun).sum()),
        taken_for=dict(taken.most_common()),
    )
