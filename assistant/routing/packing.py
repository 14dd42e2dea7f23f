"""What the router has learned, as bytes; and, beside it, the vectors of what it has learned from. Pure.

The vectors are kept so that a draft can be tried with a router that has learned it too, without asking for
hundreds of vectors again. Never a pickle, which would run what it holds.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from typing import Any

import numpy as np

from assistant.routing.fitting import Fitted, Near
from assistant.routing.measuring import Figures


def packed(fitted: Fitted) -> bytes:
    out = io.BytesIO()
    learned: dict[str, Any] = {
        "labels": np.array(fitted.labels),
        "weights": fitted.weights.astype(np.float32),
        "bias": fitted.bias.astype(np.float32),
        "centre": fitted.centre.astype(np.float32),
        "examples": fitted.near.examples.astype(np.float16),
        "owners": fitted.near.owners.astype(np.int32),
        "words": np.array([" ".join(sorted(words)) for words in fitted.near.words]),
    }
    np.savez_compressed(out, **learned)
    return out.getvalue()


def packed_vectors(vectors: Mapping[str, np.ndarray]) -> bytes:
    """`vectors` by text."""
    out = io.BytesIO()
    texts = np.array([digest(text) for text in vectors], dtype=np.uint64)
    known = np.array(list(vectors.values()), dtype=np.float32)
    np.savez_compressed(out, texts=texts, vectors=known)
    return out.getvalue()


def unpacked(kept: bytes, bar: float, figures: Figures) -> Fitted | None:
    with np.load(io.BytesIO(kept), allow_pickle=False) as stored:
        if "labels" not in stored or "words" not in stored:  # or kept in another form: it is learned anew
            return None
        labels = tuple(stored["labels"].tolist())
        words = tuple(frozenset(line.split()) for line in stored["words"].tolist())
        near = Near(labels, stored["examples"].astype(np.float32), stored["owners"], words)
        return Fitted(labels, stored["weights"], stored["bias"], stored["centre"], bar, figures, near)


def vectors_in(kept: bytes) -> dict[int, np.ndarray]:
    """By the digest of the text."""
    if not kept:
        return {}
    with np.load(io.BytesIO(kept), allow_pickle=False) as stored:
        return dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))


def digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
