"""Several workers, kills and doubled tasks leave the same index as one quiet run."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from knowledge import counting, indexing, jobs, publishing, spaces, vectors, working
from knowledge.intake.importing import import_items, source_named
from knowledge.intake.items import Item
from knowledge.loaders.base import Refused
from knowledge.models import Chunk, ChunkVector, Document, Job, SearchRow, Source, TermCount
from tests.knowledge.articles import ada, publish, run_waiting_jobs
from tests.knowledge.lines import line, read

pytestmark = pytest.mark.django_db(transaction=True)


def checksum() -> tuple:
    """What search reads, without the ids that differ from run to run."""
    rows = SearchRow.objects.order_by("chunk__content_hash").values_list(
        "chunk__content_hash", "chunk__ordinal", "terms", "language", "audience"
    )
    vectors = ChunkVector.objects.order_by("content_hash").values_list("content_hash", flat=True)
    counts = TermCount.objects.order_by("source", "term").values_list("term", "chunks")
    sources = Source.objects.values_list("passages", "words")
    return list(rows), list(vectors), list(counts), list(sources)


def edit(document: Document, text: str) -> None:
    document.body = f"## Part\n\n{text}\n\n## Other\n\nThe same for all of them."
    publishing.save_document(document, author=ada())


def in_threads(*works: Callable[[], None]) -> None:
    def closing(work: Callable[[], None]) -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        list(pool.map(closing, works))


def work_on_everything_with_accidents() -> None:
    """Take any job, also twice, and now and then die in the middle of it."""
    chance = random.Random(threading.get_ident())
    for _round in range(30):
        for pk in Job.objects.filter(state="queued").values_list("pk", flat=True):
            Job.objects.filter(pk=pk, state="queued").update(not_before=None)
            if chance.random() < 0.2 and (lease := jobs.claim(pk)):
                Job.objects.filter(pk=lease.job.pk).update(heartbeat_at="2020-01-01T00:00:00Z", failures=0)
                jobs.revive_stalled()
            else:
                working.run_job(pk)
        Job.objects.filter(state="queued").update(failures=0)


def test_killed_and_doubled_workers_leave_the_index_of_a_clean_run():
    documents = [publish(f"Article {n}", f"Text {n}.") for n in range(5)]
    for n, document in enumerate(documents):
        edit(document, f"Last words of number {n}.")
    run_waiting_jobs()
    clean = checksum()

    for document in documents:
        edit(document, "Something else entirely.")
    in_threads(*[work_on_everything_with_accidents] * 3)
    for n, document in enumerate(documents):
        edit(document, f"Last words of number {n}.")
    in_threads(*[work_on_everything_with_accidents] * 3)
    run_waiting_jobs()
    assert checksum() == clean
    assert set(Document.objects.values_list("index_state", flat=True)) == {"ready"}


def test_a_search_never_sees_old_and_new_text_together():
    document = publish("Article", "old old old")
    run_waiting_jobs()
    stop = threading.Event()
    seen: set[tuple[str, ...]] = set()

    def look() -> None:
        while not stop.is_set():
            seen.add(tuple(Chunk.objects.order_by("ordinal").values_list("text", flat=True)))

    def change() -> None:
        try:
            for n in range(8):
                document.body = "new new new" if n % 2 else "old old old"
                publishing.save_document(document, author=ada())
                run_waiting_jobs()
        finally:
            stop.set()

    in_threads(look, change)
    assert seen == {("old old old",), ("new new new",)}


def test_an_edit_and_the_worker_that_begins_do_not_wait_for_each_other():
    document = publish()
    job = Job.objects.get()
    held = threading.Event()

    def save() -> None:
        with transaction.atomic():
            counting.lock_document(document.pk)
            held.set()
            time.sleep(0.5)  # in which the worker takes the job
            edit(document, "Another text.")

    def begin() -> None:
        assert held.wait(5)
        assert jobs.claim(job.pk)

    in_threads(save, begin)
    assert Job.objects.filter(state="queued").count() == 1


def test_imports_deletions_and_workers_do_not_wait_for_each_other():
    """They take the same rows in every order; PostgreSQL would end one of those that wait in a circle."""
    source = source_named("Shop")

    def items(status: str) -> list[Item | Refused]:
        return read("\n".join(line(id=str(n), status=status, body=f"{status} {n}") for n in range(12)))

    import_items(source, items("published"))
    ids = list(Document.objects.order_by("-pk").values_list("pk", flat=True))
    done = threading.Event()

    def change() -> None:
        try:
            for status in ("draft", "published") * 4:
                import_items(source, items(status))
            publishing.delete_documents(Document.objects.order_by("pk"))
        finally:
            done.set()

    def work() -> None:
        while not done.is_set():
            for pk in ids:
                indexing.index_words(pk)

    in_threads(change, work, work)
    assert not Chunk.objects.exists() and not TermCount.objects.exists()


def test_a_vector_that_arrives_during_a_deletion_is_deleted_too():
    document = publish()
    indexing.index_words(document.pk)
    space = spaces.space_to_fill()
    started = threading.Event()

    def fill() -> None:
        with transaction.atomic():
            vectors.fill(space, Chunk.objects.filter(document=document), after_batch=lambda batch: True)
            started.set()
            time.sleep(0.5)  # in which the deletion begins

    def delete() -> None:
        assert started.wait(20)
        publishing.delete_documents([document])

    in_threads(fill, delete)
    assert not Chunk.objects.exists() and not ChunkVector.objects.exists()
