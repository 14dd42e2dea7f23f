"""How much a word tells: the rarer it is in what the assistant knows, the more; by the counts of search."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import connection

from knowledge.statements import FREQUENCIES
from knowledge.terms import inverse_frequency, term_id


def rarity_of(stems: Collection[str]) -> dict[str, float]:
    """The inverse frequency of each stem, over the passages of all sources."""
    counts, passages = frequencies(sorted({term_id(stem) for stem in stems}))
    return {stem: inverse_frequency(passages, counts.get(term_id(stem), 0)) for stem in stems}


def frequencies(terms: Sequence[int]) -> tuple[dict[int, int], int]:
    """In how many passages each term stands, and how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(FREQUENCIES, {"terms": list(terms), "sources": None})
        counts = dict(cursor.fetchall())
    passages = counts.pop(0, 0)
    return counts, passages
