"""Deterministic embeddings: texts that share words point in similar directions."""

import base64
import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

DIMENSIONS = 384
_WORD = re.compile(r"\w+")


def embed(text: str, dimensions: int) -> np.ndarray:
    """One unit vector, float32."""
    total = np.zeros(dimensions, dtype=np.float32)
    for word in _WORD.findall(text.casefold()) or [""]:
        total += _direction(word, dimensions)
    return total / np.linalg.norm(total)


def embedding_response(body: dict[str, Any]) -> dict[str, Any]:
    given = body["input"]
    texts = [given] if isinstance(given, str) else given
    vectors = [embed(text, body.get("dimensions") or DIMENSIONS) for text in texts]
    encode: Callable[[np.ndarray], Any] = _base64 if body.get("encoding_format") == "base64" else _floats
    data = [
        {"object": "embedding", "index": number, "embedding": encode(vector)}
        for number, vector in enumerate(vectors)
    ]
    count = sum(len(text.split()) for text in texts)
    return {
        "object": "list",
        "model": body.get("model"),
        "data": data,
        "usage": {"prompt_tokens": count, "total_tokens": count},
    }


@lru_cache(maxsize=20_000)
def _direction(word: str, dimensions: int) -> np.ndarray:
    seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
    return np.random.default_rng(seed).standard_normal(dimensions).astype(np.float32)


def _floats(vector: np.ndarray) -> list[float]:
    numbers: list[float] = vector.tolist()
    return numbers


def _base64(vector: np.ndarray) -> str:
    return base64.b64encode(vector.astype("<f4").tobytes()).decode("ascii")
