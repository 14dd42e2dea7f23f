"""What comes with the sample company, so that a newcomer's first question is answered or refused at once.

Its vectors are only valid for the default embedding model, and only for texts that were not changed since.
Its floor holds until it is measured here. `manage.py ship_sample_vectors` makes both again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from pgvector import HalfVector

from knowledge.models import Calibration, EmbeddingSpace, Source

SAMPLE = Path(__file__).parent / "sample"
VECTORS, FLOOR = SAMPLE / "vectors.npz", SAMPLE / "floor.json"


def vectors_for(identity: str, content_hashes: Sequence[str]) -> dict[str, list[float]]:
    """The shipped vectors among `content_hashes`, by hash."""
    known = _load(identity)
    return {key: known[key].astype(float).tolist() for key in content_hashes if key in known}


@cache
def _load(identity: str) -> dict[str, np.ndarray]:
    if not VECTORS.exists():
        return {}
    with np.load(VECTORS, allow_pickle=False) as stored:
        if str(stored["identity"]) != identity:
            return {}
        return dict(zip(stored["hashes"].tolist(), stored["vectors"], strict=True))


def save_vectors(identity: str, vectors: dict[str, list[float]]) -> int:
    """Write the file; returns its size in bytes."""
    hashes = sorted(vectors)
    np.savez_compressed(
        VECTORS,
        identity=np.array(identity),
        hashes=np.array(hashes),
        vectors=np.array([vectors[key] for key in hashes], dtype=np.float16),
    )
    return VECTORS.stat().st_size


def take_floor(source: Source, space: EmbeddingSpace) -> None:
    """Give the sample's source the floor that was measured where it was made, unless it has its own."""
    stored = json.loads(FLOOR.read_text())
    if stored["identity"] != space.identity:
        return
    for language, measured in stored["languages"].items():
        values = {**measured, "centre": HalfVector(measured["centre"])}
        Calibration.objects.get_or_create(source=source, space=space, language=language, defaults=values)


def save_floor(source: Source, space: EmbeddingSpace) -> int:
    """Write the file; returns its size in bytes."""
    rows = Calibration.objects.filter(source=source, space=space).order_by("language")
    languages = {row.language: _rounded(row) for row in rows}
    FLOOR.write_text(json.dumps({"identity": space.identity, "languages": languages}) + "\n")
    return FLOOR.stat().st_size


def _rounded(row: Calibration) -> Mapping[str, Any]:
    return {
        "scores": [round(score, 4) for score in row.scores],
        "word_scores": [round(score, 4) for score in row.word_scores],
        "centre": [round(float(number), 5) for number in row.centre or ()],
        "own_score": row.own_score and round(row.own_score, 4),
    }
