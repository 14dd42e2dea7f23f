"""Learn which words begin which flow: vectors of all samples, and the fit. When, and whether what comes of it
is used, is decided above (`training/`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from assistant.models import Router
from assistant.routing import asking, fitting, packing
from assistant.routing.samples import Sample
from assistant.routing.signs import signs
from llm.embedding import embed_query

Vectors = dict[str, np.ndarray]


def vectors_of(gathered: Sequence[Sample], so_far: Callable[[int], bool]) -> Vectors | None:
    """By text. `so_far` is told how many there are before each; None as soon as it says not to go on.

    What is new takes 40 ms with the embedded model, and is remembered: who goes on later begins behind it.
    """
    found: Vectors = {}
    for sample in gathered:
        if not so_far(len(found)):
            return None
        found[sample.text] = np.array(embed_query(sample.text))
    return found


def fitted_to(
    gathered: Sequence[Sample], vectors: Mapping[str, np.ndarray], *, step: fitting.Step = fitting.go_on
) -> fitting.Fitted | None:
    """None where no flow can be learned from them."""
    return fitting.fit(*as_numbers(gathered, vectors), step=step) if gathered else None


def as_numbers(
    gathered: Sequence[Sample], vectors: Mapping[str, np.ndarray]
) -> tuple[np.ndarray, list[tuple[float, ...]], list[str], list[str]]:
    """What a fit takes: vectors, signs, labels and texts."""
    texts = [sample.text for sample in gathered]
    rows = np.array([vectors[text] for text in texts])
    return rows, list(map(signs, texts)), [sample.label for sample in gathered], texts


def use(found: Router) -> None:
    """From now on it is what customers are understood by; it brings no vectors of its own."""
    values = {
        name: getattr(found, name)
        for name in ("identity", "signature", "training", "numbers", "bar", "figures", "trained_at")
    }
    Router.objects.update_or_create(pk=Router.ONLY, defaults=values)
    asking.read_anew()


def keep_vectors(vectors: Vectors) -> None:
    """Of what was learned and is not used: whoever tries a draft learns from the same samples."""
    Router.objects.filter(pk=Router.ONLY).update(vectors=packing.packed_vectors(vectors))
