"""Vectors as providers send them, and texts in batches. Pure."""

import base64
import binascii
from collections.abc import Iterator, Sequence

import numpy as np
import orjson

from .errors import ModelError, from_payload

BATCH_CHARACTERS = 100_000


def batches(texts: Sequence[str], most: int) -> Iterator[list[str]]:
    """Runs of at most `most` texts and `BATCH_CHARACTERS` characters, in order; a longer text goes alone."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (len(batch) == most or size + len(text) > BATCH_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def read_vectors(body: bytes, *, count: int, dimensions: int) -> list[list[float]]:
    """`count` unit vectors from an embeddings response; raise `ModelError` when they are not all there.

    Both encodings are read whatever was asked for: some servers know only one of them.
    """
    try:
        answer = orjson.loads(body)
        if "data" not in answer:
            raise from_payload(answer.get("error"))
        items = sorted(answer["data"], key=lambda item: item["index"])
        vectors = [_decoded(item["embedding"]) for item in items]
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise ModelError("garbled", detail=f"not an embeddings response: {body[:80]!r}") from error
    if len(vectors) != count:
        raise ModelError("garbled", detail=f"{len(vectors)} vectors for {count} texts")
    return [_unit(vector, dimensions) for vector in vectors]


def _decoded(embedding: str | list[float]) -> np.ndarray:
    if isinstance(embedding, str):
        return np.frombuffer(base64.b64decode(embedding), dtype="<f4")
    return np.asarray(embedding, dtype="<f4")


def _unit(vector: np.ndarray, dimensions: int) -> list[float]:
    if vector.shape != (dimensions,):
        raise ModelError("wrong_dimension", permanent=True, detail=f"{vector.size}, expected {dimensions}")
    length = float(np.linalg.norm(vector))
    if not np.isfinite(length) or length == 0:
        raise ModelError("garbled", detail="a vector without a direction")
    unit: list[float] = (vector / length).tolist()
    return unit
