"""Generated knowledge of any size, written as indexing would write it, for `benchmarks/search_speed.py`."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
from django.db import connection
from pgvector import HalfVector

from knowledge import publishing
from knowledge.models import Calibration, Document, EmbeddingSpace, Source
from knowledge.planning import hash_text
from knowledge.shipped import VECTORS
from knowledge.terms import K1, TERM_SPACE, term_id
from llm.embedding import embedding_identity

VOCABULARY = 60_000
WORDS = 90  # per passage, repetitions included
PER_DOCUMENT = 10
DIMENSIONS = 384
NOISE = 0.3 / DIMENSIONS**0.5
BATCH = 5_000
MADE_HERE = 100_000  # the rest of a larger base is copied from these in PostgreSQL, in a tenth of the time
APART = 10_000_000  # between the ids of a passage and its copy


class Load:
    """A big source and one with a fiftieth of the passages; `grow_to` adds passages."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(7)
        self.ids = [(term_id(f"w{rank}"), term_id(f"=w{rank}")) for rank in range(VOCABULARY)]
        shares = 1 / np.arange(10, VOCABULARY + 10) ** 1.05
        self.shares = np.cumsum(shares / shares.sum())
        self.real = real_vectors()
        self.space = EmbeddingSpace.objects.create(
            identity=embedding_identity(), dimensions=DIMENSIONS, live=True
        )
        self.big = Source.objects.create(name="big", average_length=WORDS)
        self.small = Source.objects.create(name="small", average_length=WORDS)
        self.small_source = frozenset({self.small.pk})
        self.size = 0
        self.passages: Counter[int] = Counter()
        self.frequencies: dict[int, Counter[int]] = {self.big.pk: Counter(), self.small.pk: Counter()}
        for source in (self.big, self.small):
            Calibration.objects.create(
                source=source,
                space=self.space,
                language="en",
                scores=[0.1] * 60,
                word_scores=[0.1] * 60,
                centre=HalfVector(self.real.mean(axis=0)),
            )

    def vectors(self, random: np.random.Generator, count: int) -> np.ndarray:
        """Two real passages' vectors mixed, and some noise: as near each other as real ones."""
        one, other = self.real[random.integers(len(self.real), size=(2, count))]
        share = random.uniform(0.5, 0.9, size=(count, 1))
        noise = random.normal(scale=NOISE, size=(count, DIMENSIONS))
        mixed: np.ndarray = share * one + (1 - share) * other + noise
        return mixed / np.linalg.norm(mixed, axis=1, keepdims=True)

    def words(self, random: np.random.Generator, count: int, *, rarer_than: int = 0) -> Counter[int]:
        ranks = np.searchsorted(self.shares, random.random(count * 3))
        return Counter(ranks[ranks >= rarer_than][:count].tolist())

    def questions(self, count: int, *, seed: int) -> list[tuple[str, list[float]]]:
        """Five words or so that say something, and a vector."""
        random = np.random.default_rng(seed)
        texts = [" ".join(f"w{rank}" for rank in self.words(random, 5, rarer_than=50)) for _ in range(count)]
        return list(zip(texts, self.vectors(random, count).tolist(), strict=True))

    def ask_articles(self, each: int) -> int:
        """Give every article so many questions, whose vectors are like its passages'; returns how many."""
        articles = Document.objects.values_list("pk", "source")
        kept = [(article, source, n) for article, source in articles for n in range(each)]
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE knowledge_questionvector")
            cursor.execute(ASKED, [each - 1])
            for at in range(0, len(kept), BATCH):
                part = kept[at : at + BATCH]
                meanings = self.vectors(self.random, len(part)).round(4).tolist()
                rows = [
                    (article, self.space.pk, source, hash_text(f"question {n} of {article}"), json.dumps(one))
                    for (article, source, n), one in zip(part, meanings, strict=True)
                ]
                copy(cursor, QUESTION, rows)
            cursor.execute("VACUUM ANALYZE knowledge_questionvector")
            cursor.execute("VACUUM ANALYZE knowledge_document")
        return len(kept)

    def write_article(self) -> Document:
        """One more article of the big source, written as staff write it: ten sections of generated words."""
        words = [f"w{rank}" for rank in self.words(self.random, WORDS * PER_DOCUMENT).elements()]
        self.random.shuffle(words)
        sections = [" ".join(words[at : at + WORDS]) for at in range(0, len(words), WORDS)]
        body = "\n\n".join(f"## w{number}\n\nw9 {text}." for number, text in enumerate(sections))
        document = Document(source=self.big, language="en", title="w7 w8", body=body, status="published")
        publishing.save_document(document, author=None)
        return document

    def grow_to(self, size: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX search_terms")  # made anew afterwards, in a tenth of the time
            # Nor is each row's document looked for: the keys are right as they are made.
            cursor.execute("SET session_replication_role = replica")
            while self.size < min(size, MADE_HERE):
                self._add(min(BATCH, size - self.size))
            while self.size < size:
                self._copy(cursor)
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute(WORD_INDEX)
            self._count(cursor)
            cursor.execute("VACUUM ANALYZE")
            for table in ("chunk", "document", "revision"):  # their rows were given numbers here
                cursor.execute(FURTHER_ON.format(table))

    def _add(self, count: int) -> None:
        first = self.size + 1
        numbers = range(first, first + count)
        documents, revisions, chunks, rows, vectors = (list[tuple]() for _ in range(5))
        meanings = self.vectors(self.random, count).round(4).tolist()
        for number, meaning in zip(numbers, meanings, strict=True):
            source = self.small.pk if number % 50 < 1 else self.big.pk
            document = number if source == self.small.pk else number - number % PER_DOCUMENT + 2_000_000
            words = self.words(self.random, WORDS)
            counts = {term: n for rank, n in words.items() for term in self.ids[rank]}
            terms = list(counts)
            self.frequencies[source].update(terms)
            self.passages[source] += 1
            documents.append((document, source, f"d{document}"))
            revisions.append((document, document, f"d{document}"))
            text = " ".join(f"w{rank}" for rank in words)
            chunks.append((number, document, document, number, text, [], "", 0, 0, ""))
            rows.append(
                (number, document, source, "en", "everyone", terms, self._sparse(counts), sum(words.values()))
            )
            vectors.append((number, self.space.pk, source, json.dumps(meaning), ""))
        self._write(documents, revisions, chunks, rows, vectors)
        self.size += count

    def _copy(self, cursor) -> None:
        """As many passages again: with the same words, each with its meaning and another's mixed."""
        number = self.size // MADE_HERE
        for statement in COPIES:
            cursor.execute(statement, {"offset": number * APART, "source": self.big.pk, "other": number})
        self.size += MADE_HERE
        counted = self.frequencies[self.big.pk]
        for term in counted:
            counted[term] += counted[term] // number
        self.passages[self.big.pk] += self.passages[self.big.pk] // number

    @staticmethod
    def _sparse(counts: dict[int, int]) -> str:
        """BM25's weights of a passage of usual length (see `knowledge.terms.passage_weights`)."""
        weights = (f"{term}:{n * (K1 + 1) / (n + K1):.4f}" for term, n in sorted(counts.items()))
        return f"{{{','.join(weights)}}}/{TERM_SPACE}"

    def _write(self, documents, revisions, chunks, rows, vectors) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(DOCUMENT, sorted(set(documents)))
            cursor.executemany(REVISION, sorted(set(revisions)))
            copy(cursor, CHUNK, chunks)
            copy(cursor, ROW, rows)
            copy(cursor, VECTOR, vectors)

    def _count(self, cursor) -> None:
        cursor.execute("TRUNCATE knowledge_termcount")
        for source, counted in self.frequencies.items():
            rows = [(source, term, passages) for term, passages in counted.items()]
            copy(cursor, COUNT, rows)
            Source.objects.filter(pk=source).update(passages=self.passages[source])


def real_vectors() -> np.ndarray:
    """Those of the sample company's passages, which come with the product."""
    with np.load(VECTORS, allow_pickle=False) as stored:
        return np.asarray(stored["vectors"], dtype=np.float32)


def copy(cursor, statement: str, rows: list[tuple]) -> None:
    with cursor.copy(statement) as into:
        for row in rows:
            into.write_row(row)


COPIES = [
    """
INSERT INTO knowledge_document (id, source_id, external_id, language, title, description, body, keywords,
    questions, url, audience, status, content_hash, created_at, updated_at, index_state, index_progress,
    index_error, path)
SELECT id + %(offset)s, source_id, external_id || '-' || %(other)s, language, title, description, body,
    keywords, questions, url, audience, status, content_hash, created_at, updated_at, index_state,
    index_progress, index_error, path
FROM knowledge_document WHERE id < 10000000 AND source_id = %(source)s""",
    """
INSERT INTO knowledge_revision (id, document_id, number, title, body, fields, imported, created_at)
SELECT r.id + %(offset)s, r.document_id + %(offset)s, r.number, r.title, r.body, r.fields, r.imported,
    r.created_at
FROM knowledge_revision AS r JOIN knowledge_document AS d ON d.id = r.document_id
WHERE r.id < 10000000 AND d.source_id = %(source)s""",
    """
INSERT INTO knowledge_chunk (id, document_id, revision_id, ordinal, text, heading_path, anchor, start, "end",
    content_hash)
SELECT c.id + %(offset)s, c.document_id + %(offset)s, c.revision_id + %(offset)s, c.ordinal, c.text,
    c.heading_path, c.anchor, c.start, c."end", c.content_hash
FROM knowledge_chunk AS c JOIN knowledge_document AS d ON d.id = c.document_id
WHERE c.id < 10000000 AND d.source_id = %(source)s""",
    """
INSERT INTO knowledge_searchrow (chunk_id, document_id, source_id, language, audience, terms, weights, words)
SELECT chunk_id + %(offset)s, document_id + %(offset)s, source_id, language, audience, terms, weights, words
FROM knowledge_searchrow WHERE chunk_id < 10000000 AND source_id = %(source)s""",
    """
INSERT INTO knowledge_chunkvector (chunk_id, space_id, source_id, vector, content_hash)
SELECT v.chunk_id + %(offset)s, v.space_id, v.source_id,
    l2_normalize(v.vector::halfvec(384) + other.vector::halfvec(384)), v.content_hash
FROM knowledge_chunkvector AS v JOIN knowledge_chunkvector AS other
    ON other.chunk_id = 1 + (v.chunk_id + 7919 * %(other)s) %% 100000
WHERE v.chunk_id < 10000000 AND v.source_id = %(source)s""",
]
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
ASKED = """
UPDATE knowledge_document AS d
SET questions = ARRAY(SELECT format('question %%s of %%s', n, d.id) FROM generate_series(0, %s) AS n)
"""
QUESTION = """
COPY knowledge_questionvector (document_id, space_id, source_id, question_hash, vector) FROM STDIN
"""
COUNT = "COPY knowledge_termcount (source_id, term, chunks) FROM STDIN"
WORD_INDEX = "CREATE INDEX search_terms ON knowledge_searchrow USING gin (terms) WITH (fastupdate = off)"
FURTHER_ON = "SELECT setval('knowledge_{0}_id_seq', greatest(nextval('knowledge_{0}_id_seq'), 1000000000))"
