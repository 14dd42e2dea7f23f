"""What is known of a router before anybody uses it: figures, what it mixes up, how far it can be believed,
whether more examples would help, and how it does on the part that it has not learned. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from assistant.routing import fitting
from assistant.routing.asking import decided
from assistant.routing.learning import as_numbers
from assistant.routing.samples import EVERYDAY, NO_FLOWS, Sample
from assistant.routing.signs import signs
from assistant.routing.telling import said
from training.apart import Pairs
from training.calibrating import calibration
from training.curving import learned_by_share
from training.holding_out import NEARLY_THE_SAME, held_out, learned_without
from training.mixing import counted

MOST_TEXTS = 2_000  # of mistakes, and of texts that differ: more than anybody reads
Vectors = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Asked:
    """A held-out text, its label, and what it begins: a flow's key, or "" for none."""

    text: str
    label: str
    began: str

    @property
    def right(self) -> bool:
        return is_right(self.label, self.began)


def is_right(label: str, began: str) -> bool:
    return began == ("" if label in NO_FLOWS else label)


@dataclass(frozen=True)
class Examined:
    """`shadow` is the router that has not learned the held-out part: what is compared, now and later."""

    shadow: fitting.Fitted | None
    report: dict[str, Any]


def examine(
    fitted: fitting.Fitted, samples: Sequence[Sample], vectors: Vectors, step: fitting.Step
) -> Examined:
    tested = fitted.tested
    assert tested is not None  # it was fitted just now
    places = np.searchsorted(tested.names, tested.labels)
    mistakes = list(tested.mistakes(fitted.bar))
    shadow = shadow_of(fitted, samples, vectors)
    step()
    return Examined(
        shadow,
        {
            "mistakes": [asdict(one) for one in mistakes[:MOST_TEXTS]],
            "mixed": counted(mistakes),
            "calibration": asdict(calibration(tested.guessed, places)),
            "curve": asdict(learned_by_share(tested, step)),
            "held_out": [asdict(one) for one in ask(shadow, samples, vectors)] if shadow else [],
        },
    )


def shadow_of(fitted: fitting.Fitted, samples: Sequence[Sample], vectors: Vectors) -> fitting.Fitted | None:
    """Learned from all but the held-out part and what is nearly the same; None where nothing is held out."""
    rows = np.array([vectors[sample.text] for sample in samples])
    out = held_out(samples)
    some = [samples[at] for at in learned_without(samples, rows, out)]
    return fitting.fitted_like(fitted, *as_numbers(some, vectors)) if out else None


def ask(shadow: fitting.Fitted, samples: Sequence[Sample], vectors: Vectors) -> Iterator[Asked]:
    """Each held-out text, as a customer would be answered who says it."""
    flows = frozenset(shadow.labels) - NO_FLOWS
    for at in held_out(samples):
        sample = samples[at]
        routed = decided(shadow, vectors[sample.text], signs(sample.text), flows, said(sample.text))
        yield Asked(sample.text, sample.label, routed.flow if routed.sure else "")


def compared(
    present: fitting.Fitted, candidate: fitting.Fitted, samples: Sequence[Sample], vectors: Vectors
) -> dict[str, Any]:
    """Text by text, of what is held out now. Left out are texts of flows that only one of them knows, and
    what the present one has learned nearly word for word: it was not held out then."""
    both = frozenset(present.labels) & frozenset(candidate.labels) | {EVERYDAY}
    old = {one.text: one for one in ask(present, samples, vectors)}
    new = [one for one in ask(candidate, samples, vectors) if one.label in both]
    fresh = [one for one in new if not _has_learned(present, vectors[one.text], one.label)]
    pairs, differing = Counter[str](), defaultdict[str, list[Any]](list)
    for one in fresh:
        before = old[one.text]
        kind = _kind(before, one)
        pairs[kind] += 1
        if before.right != one.right:
            differing[kind].append({**asdict(one), "before": before.began})
    return {
        "pairs": asdict(Pairs(**pairs)),
        "left_out": len(old) - len(fresh),
        "worse": differing["present"][:MOST_TEXTS],
        "better": differing["candidate"][:MOST_TEXTS],
    }


def _kind(before: Asked, now: Asked) -> str:
    if before.right:
        return "both" if now.right else "present"
    return "candidate" if now.right else "neither"


def _has_learned(fitted: fitting.Fitted, vector: np.ndarray, label: str) -> bool:
    """Every router has learned what people say every day: nothing of it is left out for that."""
    return label != EVERYDAY and max(fitted.nearness(vector).values()) >= NEARLY_THE_SAME
