"""What a large knowledge base costs, exactly and by an index: finding, editing an article, room, memory.

    python -m benchmarks.scale [--passages 10000 100000 1000000] [--folder DIR]

Fills a private database with generated passages (`benchmarks/search_load.py`), ten in an article. At each
size the same questions are asked by comparing every vector and through the index that `knowledge/near.py`
makes, and articles are edited through the same doors as staff's, with a real embedding server (`save`: what
the editor waits for; `words`, `meaning`: the job). A million passages take an hour or so and 12 GB of disk.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
import psutil

from chatbot.embedded.services_only import private_services

if TYPE_CHECKING:  # only after Django is set up
    from benchmarks.search_load import Load

EDITS = 12
ASKED = 40
MEGABYTE = 1_000_000
TABLES = {
    "texts": "knowledge_chunk",
    "words": "knowledge_searchrow",
    "vectors": "knowledge_chunkvector",
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with private_services(options.folder) as addresses:
        os.environ.update({**addresses, "DJANGO_SETTINGS_MODULE": "chatbot.settings"})
        os.environ.setdefault("SECRET_KEY", "benchmark")
        run(sorted(options.passages))


def run(sizes: list[int]) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.search_load import Load
    from knowledge import near

    call_command("migrate", verbosity=0)
    load = Load()
    for size in sizes:
        near.keep(from_passages=10**9)  # drops that of the size before: filling it row by row takes hours
        started = time.perf_counter()
        load.grow_to(size)
        print(f"\n{size:,} passages (written in {time.perf_counter() - started:.0f} s)", flush=True)
        for label, value in measured(load):
            print(f"| {label} | {value} |", flush=True)


def measured(load: Load) -> Iterator[tuple[str, str]]:
    from knowledge import near

    exactly = ask(load)
    yield "compared: p50 / p95 ms, when asked a second time", both(exactly.times)
    yield "an edit, without index: save / words / meaning ms", edit(load)
    with seconds() as took:
        near.keep(from_passages=1)
    yield "index made in s", f"{took():.0f}"
    by_index = ask(load)
    yield "by index: p50 / p95 ms, when asked a second time", both(by_index.times)
    yield "of the first ten, found by index too", f"{by_index.agree_with(exactly):.3f}"
    yield "an edit, with index: save / words / meaning ms", edit(load)
    yield "words alone: p50 / p95 ms", both(ask(load, with_vectors=False).times)
    yield "the small source: p50 / p95 ms", both(ask(load, sources=load.small_source).times)
    yield "floors measured in s", f"{calibrated(load):.0f}"
    yield from sizes()
    yield "PostgreSQL's memory, MB (PSS)", f"{memory() / MEGABYTE:.0f}"


class Asked:
    def __init__(self, times: list[float], found: list[list[int]]) -> None:
        self.times, self.found = times, found

    def agree_with(self, others: Asked) -> float:
        same = [len({*a} & {*b}) / len(b) for a, b in zip(self.found, others.found, strict=True)]
        return float(np.mean(same))


def ask(load: Load, *, sources: frozenset[int] | None = None, with_vectors: bool = True) -> Asked:
    """All questions twice, as the cache of a server that has been running knows what it needs."""
    from knowledge.search import Query, find

    questions = load.questions(ASKED, seed=2)
    times, found = [], []
    for again in (False, True):
        for text, vector in questions:
            query = Query(text, language="en", sources=sources)
            started = time.perf_counter()
            results = find(query, [vector] if with_vectors else None)
            if again:
                times.append((time.perf_counter() - started) * 1000)
                found.append([one.chunk_id for one in results.passages])
    return Asked(times, found)


def both(times: list[float]) -> str:
    return f"{np.percentile(times, 50):.0f} / {np.percentile(times, 95):.0f}"


def edit(load: Load) -> str:
    """An article of ten passages, changed in one of them: medians."""
    from knowledge import indexing, publishing, vectors
    from knowledge.models import Chunk
    from knowledge.spaces import space_to_fill

    document = load.write_article()
    space, times = space_to_fill(), []
    for number in range(EDITS + 1):
        document.body = document.body.replace("w9 ", f"w9 w{100 + number} ", 1)
        with seconds() as saving:
            publishing.save_document(document, author=None)
        with seconds() as wording:
            indexing.index_words(document.pk)
        with seconds() as meaning:
            vectors.fill(space, Chunk.objects.filter(document=document), after_batch=lambda batch: True)
        times.append([one() * 1000 for one in (saving, wording, meaning)])
    return " / ".join(f"{median(column):.0f}" for column in zip(*times[1:], strict=True))


def calibrated(load: Load) -> float:
    from knowledge.calibration import calibrate
    from knowledge.spaces import space_to_fill

    with seconds() as took:
        calibrate(load.big.pk, space_to_fill())
    return took()


def sizes() -> Iterator[tuple[str, str]]:
    from django.db import connection

    with connection.cursor() as cursor:
        for label, table in TABLES.items():
            cursor.execute("SELECT pg_table_size(%s), pg_indexes_size(%s)", [table, table])
            [(rows, indexes)] = cursor.fetchall()
            yield (
                f"{label}: table / its indexes, MB",
                f"{rows / MEGABYTE:.0f} / {indexes / MEGABYTE:.0f}",
            )


def memory() -> int:
    own = psutil.Process()
    servers = [one for one in own.children(recursive=True) if "postgres" in one.name()]
    return sum(one.memory_full_info().pss for one in servers)


@contextmanager
def seconds() -> Iterator[Callable[[], float]]:
    started = time.perf_counter()
    ended = 0.0
    yield lambda: ended
    ended = time.perf_counter() - started


if __name__ == "__main__":
    main()
