"""What is learned from: saved questions with what became of them, as training/search/examining.py wants
them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.models import EmbeddingSpace
from knowledge.stock import stock_of
from knowledge.weighing import Weighing
from training.search.asking import Found
from training.search.choosing import Grid, Outcomes
from training.search.examining import Questions
from training.search.saved import Gathered


class Unfinished(Exception):
    """The time is over: it is gone on with later."""


def shares_around(present: Weighing) -> tuple[float, ...]:
    return Grid.around(present).shares


def knowledge_of(gathered: Gathered, space: EmbeddingSpace, shares: Sequence[float]) -> str:
    """The same as long as the same would be learned: the hash that stands in the register."""
    parts = [gathered.signature, stock_of().fingerprint, space.identity, repr(list(shares))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def questions_of(
    gathered: Gathered, found: Mapping[str, Found], vectors: Sequence[Sequence[float]]
) -> Questions:
    asked = [found[one.key] for one in gathered.questions]
    outcomes = Outcomes(
        answerable=np.array([one.answerable for one in gathered.questions], dtype=bool),
        cited=np.array([one.cited for one in asked], dtype=bool),
        clearance=np.array([one.clearances for one in asked], dtype=float),
    )
    return Questions(
        texts=[one.text for one in gathered.questions],
        articles=[one.articles for one in gathered.questions],
        vectors=np.asarray(vectors, dtype=float),
        places=np.array([one.places for one in asked], dtype=int),
        outcomes=outcomes,
    )
