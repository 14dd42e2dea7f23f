"""Questions are asked again: their vectors are kept in the cache, which may be gone at any moment."""

import hashlib
import logging
from collections.abc import Mapping, Sequence

import numpy as np
from django.core.cache import cache

SECONDS = 7 * 24 * 3600
logger = logging.getLogger(__name__)


def recall(identity: str, texts: Sequence[str]) -> dict[str, list[float]]:
    """The vectors that are known, by text; nothing when the cache does not answer."""
    keys = {_key(identity, text): text for text in texts}
    try:
        found = cache.get_many(keys)
    except Exception as error:  # noqa: BLE001  boundary: the cache is another process, and only ever a shortcut
        logger.warning("The cache did not answer: %s", error)
        return {}
    return {keys[key]: np.frombuffer(value, dtype="<f4").tolist() for key, value in found.items()}


def remember(identity: str, vectors: Mapping[str, Sequence[float]]) -> None:
    packed = {_key(identity, text): np.asarray(vector, "<f4").tobytes() for text, vector in vectors.items()}
    try:
        cache.set_many(packed, SECONDS)
    except Exception as error:  # noqa: BLE001  boundary: as above
        logger.warning("The cache did not answer: %s", error)


def _key(identity: str, text: str) -> str:
    return "embedding:" + hashlib.blake2b(f"{identity}\0{text}".encode(), digest_size=20).hexdigest()
