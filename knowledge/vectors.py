"""Give passages their meaning: embed what has no vector yet, outside any transaction.

One vector per passage holds `PASSAGE_SHARE · passage + TITLE_SHARE · title`. Titles say what an article is
about and are close to how people ask, so mixing them in finds more (see docs/figures.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from pgvector import HalfVector

from knowledge import shipped
from knowledge.chunking import passage_text, title_text
from knowledge.models import Chunk, ChunkVector, Document, EmbeddingSpace, Revision, TitleVector
from knowledge.planning import hash_text
from knowledge.spaces import model_of
from llm.embedding import embed_passages
from llm.embedding_model import configured_model

PASSAGE_SHARE = 0.6
TITLE_SHARE = 0.4
REQUESTS = 4  # per batch: often enough for a heartbeat and a moving bar

Vectors = dict[str, list[float]]


def without_vector(space: EmbeddingSpace, chunks: QuerySet[Chunk]) -> QuerySet[Chunk]:
    present = ChunkVector.objects.filter(
        chunk=OuterRef("pk"), space=space, content_hash=OuterRef("content_hash")
    )
    return chunks.filter(~Exists(present))


AfterBatch = Callable[[list[Chunk]], bool]


def fill(space: EmbeddingSpace, chunks: QuerySet[Chunk], *, after_batch: AfterBatch) -> bool:
    """Embed what is missing, batch by batch; stop early, returning False, when `after_batch` says so."""
    for batch in _batches(without_vector(space, chunks)):
        _embed(space, batch)
        if not after_batch(batch):
            return not without_vector(space, chunks).exists()
    return True


def _batches(chunks: QuerySet[Chunk]) -> Iterator[list[Chunk]]:
    """Pages by key, so that each costs the same however many are done already."""
    last, size = 0, REQUESTS * configured_model().batch
    ordered = chunks.select_related("revision", "document").order_by("pk")
    while batch := list(ordered.filter(pk__gt=last)[:size]):
        yield batch
        last = batch[-1].pk


def _embed(space: EmbeddingSpace, batch: list[Chunk]) -> None:
    vectors = shipped.vectors_for(space.identity, [chunk.content_hash for chunk in batch])
    missing = [chunk for chunk in batch if chunk.content_hash not in vectors]
    if missing:
        vectors |= _embed_passages(space, missing)
    _store(space, batch, vectors)


def _embed_passages(space: EmbeddingSpace, batch: list[Chunk]) -> Vectors:
    titles = _title_vectors(space, sorted({_title_of(chunk) for chunk in batch}))
    texts = [passage_text(one.revision.title, one.heading_path, one.text) for one in batch]
    embedded = embed_passages(texts, model_of(space))
    return {
        chunk.content_hash: mix(vector, titles[_title_of(chunk)])
        for chunk, vector in zip(batch, embedded, strict=True)
    }


def _title_of(chunk: Chunk) -> str:
    return title_text(chunk.revision.title, chunk.document.description)


def mix(passage: list[float], title: list[float]) -> list[float]:
    mixed: list[float] = (PASSAGE_SHARE * np.asarray(passage) + TITLE_SHARE * np.asarray(title)).tolist()
    return mixed


def _title_vectors(space: EmbeddingSpace, titles: list[str]) -> Vectors:
    by_hash = {hash_text(title): title for title in titles}
    known = TitleVector.objects.filter(space=space, title_hash__in=by_hash)
    vectors = {by_hash[row.title_hash]: list(row.vector) for row in known}
    missing = [title for title in titles if title not in vectors]
    if missing:
        vectors |= dict(zip(missing, embed_passages(missing, model_of(space)), strict=True))
        TitleVector.objects.bulk_create(
            [
                TitleVector(space=space, title_hash=hash_text(title), vector=HalfVector(vectors[title]))
                for title in missing
            ],
            ignore_conflicts=True,
        )
    return vectors


def forget_titles(documents: Iterable[Document]) -> None:
    """Whatever they were called. Another article of that title gets its vector anew when it needs it."""
    revisions = Revision.objects.filter(document__in=documents).values_list("title", "fields")
    hashes = {hash_text(title_text(title, fields.get("description", ""))) for title, fields in revisions}
    TitleVector.objects.filter(title_hash__in=hashes).delete()


@transaction.atomic
def _store(space: EmbeddingSpace, batch: list[Chunk], vectors: Vectors) -> None:
    """Store the vectors of the chunks that still stand: an edit may have removed some meanwhile."""
    standing = set(
        Chunk.objects.select_for_update(no_key=True)
        .filter(pk__in=[chunk.pk for chunk in batch])
        .order_by("pk")
        .values_list("pk", "content_hash")
    )
    rows = [
        ChunkVector(
            chunk=chunk,
            space=space,
            source_id=chunk.document.source_id,
            vector=HalfVector(vectors[chunk.content_hash]),
            content_hash=chunk.content_hash,
        )
        for chunk in batch
        if (chunk.pk, chunk.content_hash) in standing
    ]
    ChunkVector.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["chunk", "space"],
        update_fields=["vector", "content_hash"],
    )
