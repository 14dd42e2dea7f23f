"""Large sources have an index of the nearest vectors; what is found is the same, for the same readers."""

from __future__ import annotations

import pytest
from django.db import connection

from knowledge import near, publishing
from knowledge.models import Document, EmbeddingSpace, Source
from knowledge.search import Query, search
from tests.knowledge.articles import publish, run_waiting_jobs, searchable
from tests.remembering import remembered

pytestmark = [pytest.mark.django_db(transaction=True)]

TOPICS = {
    "Returns": "You may return an item within 30 days, unused and in its box.",
    "Delivery": "Parcels arrive within three working days, except on islands.",
    "Repairs": "A lamp that flickers is repaired free of charge for two years.",
    "Opening hours": "Our shop in Lyon is open from Tuesday to Saturday, ten to seven.",
}
QUESTIONS = ["Can I send it back?", "When does my parcel come?", "The light trembles", "Is the shop open?"]


@pytest.fixture
def documents(transactional_db: None) -> list[Document]:
    remembered("topics", write_topics)
    return [Document.objects.get(title=title) for title in TOPICS]


def write_topics() -> None:
    for title, body in TOPICS.items():
        publish(title, body)
    run_waiting_jobs(calibrate=True)


@pytest.fixture(autouse=True)
def _no_index_is_left(transactional_db):
    yield
    near.keep(from_passages=10**9)


def found(question: str, **asked) -> list[tuple[int, float]]:
    results = search(Query(question, language="en", **asked))
    return [(passage.chunk_id, round(passage.score, 5)) for passage in results.passages]


def indexes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname ~ '^(near|asked)_' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def plan_of(question: str, sources: frozenset[int] | None) -> str:
    """What PostgreSQL does for the search, when comparing all is made to look expensive."""
    executed: list[str] = []

    def watch(execute, sql, params, many, context):
        executed.append(sql if params is None else context["cursor"].mogrify(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        search(Query(question, language="en", sources=sources))
    [statement] = [sql for sql in executed if "by_meaning" in sql]
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off; SET enable_sort = off")
        cursor.execute("EXPLAIN " + statement)
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("RESET enable_seqscan; RESET enable_sort")
    return plan


def test_a_source_of_usual_size_has_none(documents):
    assert near.keep() == 0
    assert indexes() == []


def test_a_large_source_is_searched_by_its_index_and_the_same_is_found(documents):
    before = [found(question) for question in QUESTIONS]
    assert near.keep(from_passages=4) == 1
    space, source = EmbeddingSpace.objects.get(live=True), documents[0].source
    assert indexes() == [f"near_{space.pk}_{source.pk}"]
    assert near.indexed_sources(space)[near.PASSAGES] == [source.pk]
    assert [found(question) for question in QUESTIONS] == before
    assert f"near_{space.pk}_{source.pk}" in plan_of(QUESTIONS[0], frozenset({source.pk}))
    assert near.keep(from_passages=4) == 0


def test_what_has_an_index_is_not_compared_as_well(documents):
    """What is to be compared is named, so that PostgreSQL looks for nothing else: reading a million vectors
    only to leave them out takes as long as comparing them."""
    near.keep(from_passages=4)
    plan = plan_of(QUESTIONS[0], None)
    assert "near_" in plan
    assert "(source_id = ANY ('{}'::bigint[]))" in plan


def test_large_and_small_sources_are_searched_together(documents):
    small = Source.objects.create(name="Small")
    searchable("Gift cards", "A gift card is valid for one year from the day you bought it.", source=small)
    before = [found(question) for question in [*QUESTIONS, "How long does my voucher last?"]]
    near.keep(from_passages=4)
    assert len(indexes()) == 1
    assert [found(question) for question in [*QUESTIONS, "How long does my voucher last?"]] == before
    only_small = found("How long does my voucher last?", sources=frozenset({small.pk}))
    assert len(only_small) == 1


def test_many_questions_of_articles_have_an_index_too(documents):
    asked = {"Returns": "My present is ugly", "Delivery": "How long do I wait?", "Repairs": "It flickers"}
    for document in documents:
        document.questions = [text for title, text in asked.items() if title == document.title]
        publishing.save_document(document, author=None)
    run_waiting_jobs()
    before = [found(question) for question in [*QUESTIONS, *asked.values()]]
    assert near.keep(from_passages=3) == 2
    space, source = EmbeddingSpace.objects.get(live=True), documents[0].source
    assert indexes() == [f"asked_{space.pk}_{source.pk}", f"near_{space.pk}_{source.pk}"]
    assert near.indexed_sources(space) == {near.PASSAGES: [source.pk], near.QUESTIONS: [source.pk]}
    assert [found(question) for question in [*QUESTIONS, *asked.values()]] == before
    assert f"asked_{space.pk}_{source.pk}" in plan_of(QUESTIONS[0], frozenset({source.pk}))
    documents[0].audience = Document.Audience.STAFF
    publishing.save_document(documents[0], author=None)
    readable = search(Query("My present is ugly", language="en")).passages
    assert documents[0].pk not in {passage.document_id for passage in readable}
    assert near.keep(from_passages=4) == 0
    assert len(indexes()) == 2, "half of what it took keeps it"
    assert near.keep(from_passages=7) == 0
    assert indexes() == [f"near_{space.pk}_{source.pk}"]


def test_an_edit_is_found_and_what_staff_alone_may_read_is_not(documents):
    near.keep(from_passages=4)
    returns, delivery = documents[0], documents[1]
    returns.body = "Presents bought in December may come back until the end of January."
    publishing.save_document(returns, author=None)
    run_waiting_jobs()
    best = search(Query("Until when can a Christmas gift be returned?", language="en")).best
    assert best is not None
    assert "January" in best.text
    delivery.audience = Document.Audience.STAFF
    publishing.save_document(delivery, author=None)
    run_waiting_jobs()
    seen = {
        passage.document_id for passage in search(Query("When does my parcel come?", language="en")).passages
    }
    assert delivery.pk not in seen
    assert len(seen) == 3


def test_it_goes_when_the_source_has_shrunk_and_when_it_was_broken(documents):
    near.keep(from_passages=4)
    near.keep(from_passages=8)
    assert len(indexes()) == 1, "half of what it took keeps it"
    publishing.delete_documents(documents[2:])
    near.keep(from_passages=8)
    assert indexes() == []
    near.keep(from_passages=2)
    [name] = indexes()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = %s::regclass", [name])
    assert near.indexed_sources(EmbeddingSpace.objects.get(live=True))[near.PASSAGES] == []
    assert near.keep(from_passages=2) == 1, "an interrupted one is made anew"


def test_the_memory_for_an_index_follows_the_number_of_vectors() -> None:
    assert near._memory(1_000, 384) == near.LEAST_MEMORY
    assert near._memory(1_000_000, 384) > 1_230_000, "a gigabyte was full at 870,000 vectors"
    assert near._memory(100_000_000, 384) == near.MOST_MEMORY
