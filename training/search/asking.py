"""Ask saved questions once, and find out what a customer would get of them with each share of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from assistant.looking_up import PASSAGES, sources_of
from assistant.models import Assistant
from assistant.releases.as_served import as_served
from knowledge.floors import Floor, floor_for
from knowledge.language import detect_language
from knowledge.models import EmbeddingSpace
from knowledge.query import Query, question_texts
from knowledge.reading import Reading, read
from knowledge.restating import restate
from knowledge.search import Results, asking_model
from knowledge.spelling import corrected
from knowledge.weighed import find_at
from llm.embedding import embed_query
from training.search.saved import Saved

CITED = 3  # passages that a reply is made of, as a rule: the right article has to be among those
FAR = 99.0  # what is nowhere near the bar


@dataclass(frozen=True)
class Found:
    """For each share of words: the place of the best right article among those found (0: it is not), whether
    a reply would cite it, and how far the question is above the bar."""

    places: tuple[int, ...]
    cited: tuple[bool, ...]
    clearances: tuple[float, ...]

    def as_json(self) -> list[list[float]]:
        return [list(self.places), [int(one) for one in self.cited], list(self.clearances)]

    @classmethod
    def from_json(cls, kept: Sequence[Sequence[float]]) -> Found:
        places, cited, clearances = kept
        return cls(tuple(map(int, places)), tuple(map(bool, cited)), tuple(map(float, clearances)))


class Asker:
    """Of one embedding model's vectors, with these shares."""

    def __init__(self, space: EmbeddingSpace, shares: Sequence[float]) -> None:
        self.space, self.shares, self.model = space, tuple(shares), asking_model()
        self._served = cache(_served)
        self._floors = cache(self._measured_floors)

    def ask(self, saved: Saved) -> Found:
        """Raises ModelError."""
        served = self._served(saved.assistant)
        language = detect_language(saved.text, served.languages, saved.language)
        query = Query(saved.text, saved.history, language, served.sources, "everyone")
        found = self._read(query)
        words = corrected(query.text, query.language or "en", query.sources)
        if words != query.text:
            mended = self._read(replace(query, text=words))
            found = [
                other if other[1].margin > one[1].margin else one
                for one, other in zip(found, mended, strict=True)
            ]
        places = tuple(_place(results, saved) for results, _reading in found)
        cited = tuple(
            any(one.document_id in saved.articles for one in results.passages[:CITED])
            for results, _reading in found
        )
        clearances = tuple(float(np.clip(reading.clearance, -FAR, FAR)) for _results, reading in found)
        return Found(places, cited, clearances)

    def vector(self, saved: Saved) -> list[float]:
        """Remembered since it was asked."""
        return embed_query(saved.text, self.model)

    def _read(self, query: Query) -> list[tuple[Results, Reading]]:
        """As `assistant.looking_up` searches and reads."""
        query = restate(query)
        vectors = [embed_query(text, self.model) for text in question_texts(query)]
        floors = self._floors(query.sources, query.language)
        follows = bool(query.history)
        return [
            (results, read(query.text, query.language or "en", results, follows=follows))
            for results in find_at(query, vectors, self.space, floors, PASSAGES)
        ]

    def _measured_floors(self, sources: frozenset[int] | None, language: str | None) -> dict[float, Floor]:
        return {share: floor_for(sources, language, self.space, words_share=share) for share in self.shares}


@dataclass(frozen=True)
class _Served:
    """What an assistant searches for customers now (None: everything), and what it speaks."""

    sources: frozenset[int] | None = None
    languages: tuple[str, ...] = ()


def _served(assistant: int | None) -> _Served:
    found = Assistant.objects.filter(pk=assistant).first() if assistant else None
    if found is None:
        return _Served()
    served = as_served(found)
    return _Served(sources_of(served), tuple(served.languages))


def _place(results: Results, saved: Saved) -> int:
    articles = list(dict.fromkeys(one.document_id for one in results.passages))
    places = [articles.index(one) + 1 for one in saved.articles if one in articles]
    return min(places, default=0)
