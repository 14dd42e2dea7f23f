"""Indexes of the nearest vectors (HNSW), for sources so large that comparing every vector takes too long.

Each is of one source in one space: an index of all sources, filtered afterwards, finds next to nothing of a
small one. PostgreSQL's own catalogue says which there are, so nothing can disagree with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from knowledge.models import EmbeddingSpace, Source
from knowledge.spaces import live_space

FROM_PASSAGES = 150_000  # below, exact comparison takes some 50 ms and costs nothing to keep
MOST_DIMENSIONS = 4000  # pgvector indexes no longer half-precision vectors
# How many neighbours a search keeps in sight; pgvector's 40 are fewer than the candidates it is asked for.
IN_SIGHT = 120
MEMORY = "1GB"  # what making one may take: a million vectors of 384 numbers, with their neighbours
NAME = re.compile(r"near_(\d+)_(\d+)")
Pair = tuple[int, int]  # space and source
_LOCK = 0x6E656172  # "near": one process at a time makes or drops them


def indexed_sources(space: EmbeddingSpace) -> list[int]:
    """The sources whose vectors in this space have an index that is complete."""
    return sorted(source for of_space, source in _indexes(valid=True) if of_space == space.pk)


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
    wanted = _large(space, there, from_passages) if space else set()
    for former in there - wanted:
        _drop(former)
    missing = sorted(wanted - there)
    for one in missing:
        _make(one)
    return len(missing)


def _large(space: EmbeddingSpace, there: set[Pair], from_passages: int) -> set[Pair]:
    """An index stays until its source has lost half of what it took to get one."""
    if space.dimensions > MOST_DIMENSIONS:
        return set()
    sizes = Source.objects.filter(passages__gte=from_passages / 2).values_list("pk", "passages")
    return {(space.pk, pk) for pk, passages in sizes if passages >= from_passages or (space.pk, pk) in there}


def _make(one: Pair) -> None:
    space, source = one
    dimensions = EmbeddingSpace.objects.get(pk=space).dimensions
    with connection.cursor() as cursor:
        cursor.execute(f"SET maintenance_work_mem = '{MEMORY}'")
        cursor.execute(
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {_name(one)} ON knowledge_chunkvector"
            f" USING hnsw ((vector::halfvec({dimensions})) halfvec_ip_ops)"
            f" WHERE space_id = {space} AND source_id = {source}"
        )
        cursor.execute("RESET maintenance_work_mem")


def _drop(one: Pair) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {_name(one)}")


def _name(one: Pair) -> str:
    return f"near_{one[0]}_{one[1]}"


def _indexes(*, valid: bool) -> set[Pair]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid"
            " WHERE i.indrelid = 'knowledge_chunkvector'::regclass AND i.indisvalid = %s",
            [valid],
        )
        found = (NAME.fullmatch(name) for (name,) in cursor.fetchall())
    return {(int(one[1]), int(one[2])) for one in found if one}
