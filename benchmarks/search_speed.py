"""How long a search takes beyond embedding its question, and how that grows with the knowledge.

    python -m benchmarks.search_speed [--chunks 10000 100000] [--questions 60] [--each 5 20] [--folder DIR]

Fills a private database with generated passages (words drawn as natural language draws them, about 60
different ones each; vectors in clusters) and asks generated questions through `knowledge.search.find`.
Figures to reach: p95 ≤ 60 ms at 10,000 passages, ≤ 150 ms at 100,000. Then every article (of ten passages)
gets `--each` questions that it answers, and the same is asked with and without them in turn.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from chatbot.embedded.services_only import private_services

ROUNDS = 3
TARGETS = {10_000: 60, 100_000: 150}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--chunks", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--each", type=int, nargs="+", default=[5, 20])
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with private_services(options.folder) as addresses:
        os.environ.update({**addresses, "DJANGO_SETTINGS_MODULE": "chatbot.settings"})
        os.environ.setdefault("SECRET_KEY", "benchmark")
        run(sorted(options.chunks), options.questions, options.each)


def run(sizes: list[int], questions: int, each: list[int]) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.search_load import Load

    call_command("migrate", verbosity=0)
    load = Load()
    beside = []
    print("| passages | first p50 / p95 ms | p50 / p95 ms | wanted p95 | a fiftieth p95 | words p95 |")
    print("|---|---|---|---|---|---|")
    for size in sizes:
        load.grow_to(size)
        print(line(size, load, questions), flush=True)
        beside += [with_questions(size, load, questions, number) for number in each]
    print("\n| passages | articles’ questions | without: p50 / p95 ms | with | by index |")
    print("|---|---|---|---|---|")
    print("\n".join(beside))


def line(size: int, load, questions: int) -> str:
    cold = timed(load, load.questions(questions, seed=1))
    warm = timed(load, load.questions(questions, seed=2))
    small = timed(load, load.questions(questions, seed=3), sources=load.small_source)
    words = timed(load, load.questions(questions, seed=4), with_vectors=False)
    return (
        f"| {size} | {both(cold)} | {both(warm)} | {TARGETS.get(size, '')} "
        f"| {np.percentile(small, 95):.0f} | {np.percentile(words, 95):.0f} |"
    )


def with_questions(size: int, load, questions: int, each: int) -> str:
    """The same searches with and without the articles' questions, in turn: what else the machine does slows
    both. Then as the product searches so many, by an index."""
    from knowledge import near

    number, asked = load.ask_articles(each), load.questions(questions, seed=5)
    timed(load, asked)  # what comes first waits for the disk
    beside, without = [], []
    for _ in range(ROUNDS):
        beside += timed(load, asked)
        with no_questions():
            without += timed(load, asked)
    by_index = ""
    if near.keep():
        timed(load, asked)
        by_index = both([one for _ in range(ROUNDS) for one in timed(load, asked)])
    load.ask_articles(0)
    near.keep()
    return f"| {size} | {number} | {both(without)} | {both(beside)} | {by_index} |"


@contextmanager
def no_questions() -> Iterator[None]:
    from django.db import connection, transaction

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE knowledge_questionvector")
        yield
        transaction.set_rollback(True)


def both(times: list[float]) -> str:
    return f"{np.percentile(times, 50):.0f} / {np.percentile(times, 95):.0f}"


def timed(load, questions, *, sources=None, with_vectors: bool = True) -> list[float]:
    from knowledge.search import Query, find

    times = []
    for text, vector in questions:
        query = Query(text, language="en", sources=sources)
        started = time.perf_counter()
        results = find(query, [vector] if with_vectors else None)
        times.append((time.perf_counter() - started) * 1000)
        assert results.passages, "a generated question found nothing"
    return times


if __name__ == "__main__":
    main()
