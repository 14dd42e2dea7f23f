"""Generated knowledge of any size, written as indexing would write it, for `benchmarks/search_speed.py`."""

from __future__ import annotations

from collections import Counter

import numpy as np
from django.db import connection
from pgvector import HalfVector, SparseVector

from knowledge.models import Calibration, EmbeddingSpace, Source
from knowledge.terms import TERM_SPACE, passage_weights, term_id
from llm.embedding import embedding_identity

VOCABULARY = 60_000
WORDS = 90  # per passage, repetitions included
PER_DOCUMENT = 5
CLUSTERS = 2_000
DIMENSIONS = 384
BATCH = 5_000


class Load:
    """A big source and one with a fiftieth of the passages; `grow_to` adds passages."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(7)
        self.ids = [(term_id(f"w{rank}"), term_id(f"=w{rank}")) for rank in range(VOCABULARY)]
        shares = 1 / np.arange(10, VOCABULARY + 10) ** 1.05
        self.shares = shares / shares.sum()
        self.common = self.unit(self.random.normal(size=DIMENSIONS))
        self.clusters = self.random.normal(size=(CLUSTERS, DIMENSIONS))
        self.space = EmbeddingSpace.objects.create(
            identity=embedding_identity(), dimensions=DIMENSIONS, live=True
        )
        self.big = Source.objects.create(name="big", average_length=WORDS)
        self.small = Source.objects.create(name="small", average_length=WORDS)
        self.small_source = frozenset({self.small.pk})
        self.size = 0
        for source in (self.big, self.small):
            Calibration.objects.create(
                source=source,
                space=self.space,
                language="en",
                scores=[0.1] * 60,
                word_scores=[0.1] * 60,
                centre=HalfVector(0.8 * self.common),
            )

    @staticmethod
    def unit(vector: np.ndarray) -> np.ndarray:
        return vector / np.linalg.norm(vector)

    def vector(self, random: np.random.Generator) -> np.ndarray:
        """Like e5's: all near each other, in clusters."""
        cluster = self.unit(self.clusters[random.integers(CLUSTERS)])
        return self.unit(0.85 * self.common + 0.4 * cluster + 0.3 * self.unit(random.normal(size=DIMENSIONS)))

    def words(self, random: np.random.Generator, count: int, *, rarer_than: int = 0) -> Counter[int]:
        ranks = random.choice(VOCABULARY, size=count * 3, p=self.shares)
        return Counter(ranks[ranks >= rarer_than][:count].tolist())

    def questions(self, count: int, *, seed: int) -> list[tuple[str, list[float]]]:
        """Five words or so that say something, and a vector."""
        random = np.random.default_rng(seed)
        return [
            (
                " ".join(f"w{rank}" for rank in self.words(random, 5, rarer_than=50)),
                self.vector(random).tolist(),
            )
            for _ in range(count)
        ]

    def grow_to(self, size: int) -> None:
        while self.size < size:
            self._add(min(BATCH, size - self.size))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def _add(self, count: int) -> None:
        first = self.size + 1
        numbers = range(first, first + count)
        frequencies: dict[int, Counter[int]] = {self.big.pk: Counter(), self.small.pk: Counter()}
        documents, revisions, chunks, rows, vectors = (list[tuple]() for _ in range(5))
        for number in numbers:
            source = self.small.pk if number % 50 < 1 else self.big.pk
            document = number if source == self.small.pk else number - number % PER_DOCUMENT + 1_000_000
            words = self.words(self.random, WORDS)
            counts = {f"{mark}w{rank}": n for rank, n in words.items() for mark in ("", "=")}
            terms = [one for rank in words for one in self.ids[rank]]
            frequencies[source].update(terms)
            documents.append((document, source, f"d{document}"))
            revisions.append((document, document, f"d{document}"))
            text = " ".join(f"w{rank}" for rank in words)
            chunks.append((number, document, document, number, text, [], "", 0, 0, ""))
            rows.append(
                (number, document, source, "en", "everyone", terms, self._sparse(counts), sum(words.values()))
            )
            vectors.append(
                (number, self.space.pk, source, HalfVector(self.vector(self.random)).to_text(), "")
            )
        self._write(documents, revisions, chunks, rows, vectors, frequencies)
        self.size += count

    def _sparse(self, counts: dict[str, int]) -> str:
        weights = passage_weights(counts, WORDS)
        return SparseVector({term - 1: weight for term, weight in weights.items()}, TERM_SPACE).to_text()

    def _write(self, documents, revisions, chunks, rows, vectors, frequencies) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(DOCUMENT, sorted(set(documents)))
            cursor.executemany(REVISION, sorted(set(revisions)))
            copy(cursor, CHUNK, chunks)
            copy(cursor, ROW, rows)
            copy(cursor, VECTOR, vectors)
            for source, counted in frequencies.items():
                cursor.execute(COUNT, [source, list(counted), list(counted.values())])
                cursor.execute(
                    "UPDATE knowledge_source SET passages = passages + %s WHERE id = %s",
                    [sum(row[2] == source for row in rows), source],
                )


def copy(cursor, statement: str, rows: list[tuple]) -> None:
    with cursor.copy(statement) as into:
        for row in rows:
            into.write_row(row)


DOCUMENT = """
INSERT INTO knowledge_document (id, source_id, external_id, language, title, description, body, keywords,
    questions, url, audience, status, content_hash, created_at, updated_at, index_state, index_progress,
    index_error, path)
VALUES (%s, %s, %s, 'en', 'Generated', '', '', '{}', '{}', '', 'everyone', 'published', '', now(), now(),
    'ready', 100, '', '') ON CONFLICT DO NOTHING
"""
REVISION = """
INSERT INTO knowledge_revision (id, document_id, number, title, body, fields, imported, created_at)
VALUES (%s, %s, 1, %s, '', '{}', false, now()) ON CONFLICT DO NOTHING
"""
CHUNK = """
COPY knowledge_chunk (id, document_id, revision_id, ordinal, text, heading_path, anchor, start, "end",
    content_hash) FROM STDIN
"""
ROW = """
COPY knowledge_searchrow (chunk_id, document_id, source_id, language, audience, terms, weights, words)
FROM STDIN
"""
VECTOR = "COPY knowledge_chunkvector (chunk_id, space_id, source_id, vector, content_hash) FROM STDIN"
COUNT = """
INSERT INTO knowledge_termcount (source_id, term, chunks)
SELECT %s, term, change FROM unnest(%s::int[], %s::int[]) AS given(term, change)
ON CONFLICT (source_id, term) DO UPDATE SET chunks = knowledge_termcount.chunks + EXCLUDED.chunks
"""
