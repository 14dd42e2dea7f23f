"""Indexes of the nearest vectors (HNSW), for sources so large that comparing every vector takes too long.

Passages have theirs, and so have the questions that articles answer. Each is of one source in one space: an
index of all sources, filtered afterwards, finds next to nothing of a small one. PostgreSQL's own catalogue
says which there are, so nothing can disagree with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Count

from knowledge.models import EmbeddingSpace, QuestionVector, Source
from knowledge.spaces import live_space

FROM_PASSAGES = 150_000  # or questions; below, exact comparison takes a tenth of a second and costs no room
MOST_DIMENSIONS = 4000  # pgvector indexes no longer half-precision vectors
# How many neighbours a search keeps in sight. Of the first ten of a million passages 200 find .978, 300 .993
# and 500 .997; pgvector's 40 are fewer than the candidates it is asked for.
IN_SIGHT = 300
# What making one takes for each vector beside its numbers; measured, with some to spare. When memory runs out
# in the middle, the rest takes twenty times as long.
NEIGHBOURS = 600  # bytes
LEAST_MEMORY, MOST_MEMORY = 64_000, 4_000_000  # kB
PASSAGES, QUESTIONS = "near", "asked"
TABLES = {PASSAGES: "knowledge_chunkvector", QUESTIONS: "knowledge_questionvector"}
NAME = re.compile(r"(near|asked)_(\d+)_(\d+)")
Kept = tuple[str, int, int]  # of passages or questions; space and source
_LOCK = 0x6E656172  # "near": one process at a time makes or drops them


def indexed_sources(space: EmbeddingSpace) -> dict[str, list[int]]:
    """The sources whose vectors in this space have an index that is complete: of passages, of questions."""
    there = sorted(_indexes(valid=True))
    return {kind: [one[2] for one in there if one[:2] == (kind, space.pk)] for kind in TABLES}


def look_further() -> None:
    """Set, for this transaction, how far the indexes are searched: on, where a filter takes rows away."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL hnsw.ef_search = {IN_SIGHT}; SET LOCAL hnsw.iterative_scan = relaxed_order"
        )


def keep(*, from_passages: int = FROM_PASSAGES) -> int:
    """Make the indexes that are missing and drop those that nobody needs; return how many were made.

    Takes minutes for some hundred thousand passages, in which searching and indexing go on. Must not be
    called within a transaction. Does nothing while another process is at it.
    """
    with _alone() as mine:
        return _keep(from_passages) if mine else 0


@contextmanager
def _alone() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        [(mine,)] = cursor.fetchall()
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _keep(from_passages: int) -> int:
    # One that was interrupted is never complete, and written to all the same.
    for broken in _indexes(valid=False):
        _drop(broken)
    there, space = _indexes(valid=True), live_space()
    wanted = _large(space, there, from_passages) if space else {}
    for former in there - set(wanted):
        _drop(former)
    missing = sorted(set(wanted) - there)
    for one in missing:
        _make(one, vectors=wanted[one])
    return len(missing)


def _large(space: EmbeddingSpace, there: set[Kept], from_vectors: int) -> dict[Kept, int]:
    """With how many vectors. An index stays until its source has lost half of what it took to get one."""
    if space.dimensions > MOST_DIMENSIONS:
        return {}
    return {
        one: size
        for one, size in _sizes(space)
        if size >= from_vectors or (one in there and size >= from_vectors / 2)
    }


def _sizes(space: EmbeddingSpace) -> Iterator[tuple[Kept, int]]:
    for pk, passages in Source.objects.values_list("pk", "passages"):
        yield (PASSAGES, space.pk, pk), passages
    asked = QuestionVector.objects.filter(space=space).values("source").annotate(number=Count("pk"))
    for pk, number in asked.values_list("source", "number"):
        yield (QUESTIONS, space.pk, pk), number


def _make(one: Kept, *, vectors: int) -> None:
    kind, space, source = one
    dimensions = EmbeddingSpace.objects.get(pk=space).dimensions
    with connection.cursor() as cursor:
        cursor.execute(f"SET maintenance_work_mem = '{_memory(vectors, dimensions)}kB'")
        cursor.execute(
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {_name(one)} ON {TABLES[kind]}"
            f" USING hnsw ((vector::halfvec({dimensions})) halfvec_ip_ops)"
            f" WHERE space_id = {space} AND source_id = {source}"
        )
        cursor.execute("RESET maintenance_work_mem")


def _memory(vectors: int, dimensions: int) -> int:
    """kB."""
    needed = vectors * (2 * dimensions + NEIGHBOURS) // 1000
    return min(max(needed, LEAST_MEMORY), MOST_MEMORY)


def _drop(one: Kept) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {_name(one)}")


def _name(one: Kept) -> str:
    kind, space, source = one
    return f"{kind}_{space}_{source}"


def _indexes(*, valid: bool) -> set[Kept]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid"
            " JOIN pg_class AS t ON t.oid = i.indrelid WHERE t.relname = ANY(%s) AND i.indisvalid = %s",
            [list(TABLES.values()), valid],
        )
        found = (NAME.fullmatch(name) for (name,) in cursor.fetchall())
    return {(one[1], int(one[2]), int(one[3])) for one in found if one}
