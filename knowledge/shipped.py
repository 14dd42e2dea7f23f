"""Vectors that come with the sample company, so that a newcomer's first question finds its answer at once.

They are only valid for the default embedding model, and only for texts that were not changed since:
`manage.py ship_sample_vectors` makes them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

PATH = Path(__file__).parent / "sample" / "vectors.npz"


def vectors_for(identity: str, content_hashes: Sequence[str]) -> dict[str, list[float]]:
    """The shipped vectors among `content_hashes`, by hash."""
    known = _load(identity)
    return {key: known[key].astype(float).tolist() for key in content_hashes if key in known}


@cache
def _load(identity: str) -> dict[str, np.ndarray]:
    if not PATH.exists():
        return {}
    with np.load(PATH, allow_pickle=False) as stored:
        if str(stored["identity"]) != identity:
            return {}
        return dict(zip(stored["hashes"].tolist(), stored["vectors"], strict=True))


def save(identity: str, vectors: dict[str, list[float]]) -> int:
    """Write the file; returns its size in bytes."""
    hashes = sorted(vectors)
    np.savez_compressed(
        PATH,
        identity=np.array(identity),
        hashes=np.array(hashes),
        vectors=np.array([vectors[key] for key in hashes], dtype=np.float16),
    )
    return PATH.stat().st_size
