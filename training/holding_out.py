"""Which samples are held out: the same from training to training, and nothing like them is learned. Pure."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from assistant.routing.fitting import units
from assistant.routing.samples import Sample
from assistant.routing.wishing import bare

ONE_IN = 5
NEARLY_THE_SAME = 0.9  # without what all texts share
AT_ONCE = 500  # samples that are compared with all that are held out


def held_out(samples: Sequence[Sample]) -> list[int]:
    """The places of a fifth of each label's samples: those whose words have the lowest hash. One more example
    moves at most one of its flow; of fewer than five none is spared."""
    by_label: dict[str, list[int]] = defaultdict(list)
    for at, sample in enumerate(samples):
        by_label[sample.label].append(at)
    return sorted(
        at
        for places in by_label.values()
        for at in sorted(places, key=lambda at: _place(samples[at].text))[: len(places) // ONE_IN]
    )


def learned_without(samples: Sequence[Sample], vectors: np.ndarray, out: Sequence[int]) -> list[int]:
    """The places of what may be learned beside: neither held out nor nearly the same as something that is."""
    if not out:
        return list(range(len(samples)))
    lengths = units(vectors - vectors.mean(axis=0))
    said, spared = {bare(samples[at].text) for at in out} - {""}, set(out)
    nearest = np.concatenate(
        [
            (lengths[start : start + AT_ONCE] @ lengths[list(out)].T).max(axis=1)
            for start in range(0, len(samples), AT_ONCE)
        ]
    )
    return [
        at
        for at, sample in enumerate(samples)
        if at not in spared and nearest[at] < NEARLY_THE_SAME and bare(sample.text) not in said
    ]


def _place(text: str) -> bytes:
    """Of the words, however they are written."""
    return hashlib.blake2b(" ".join(text.casefold().split()).encode(), digest_size=8).digest()
