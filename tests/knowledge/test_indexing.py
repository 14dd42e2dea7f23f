"""From an edit to what search reads."""

from __future__ import annotations

from collections import Counter

import pytest

from knowledge import counting, indexing, jobs, publishing, working
from knowledge.models import Chunk, ChunkVector, Document, Job, SearchRow, Source, TermCount
from tests.knowledge.articles import DELIVERY, RETURNS, ada, indexed, publish, run_waiting_jobs

pytestmark = pytest.mark.django_db


def counted(source: Source) -> dict[int, int]:
    """Document frequencies computed from the rows themselves."""
    rows = SearchRow.objects.filter(source=source).values_list("terms", flat=True)
    return dict(Counter(term for terms in rows for term in terms))


def counts_agree(source: Source) -> None:
    source.refresh_from_db()
    rows = SearchRow.objects.filter(source=source)
    assert dict(TermCount.objects.filter(source=source).values_list("term", "chunks")) == counted(source)
    assert source.passages == rows.count()
    assert source.words == sum(rows.values_list("words", flat=True))


def test_a_published_article_is_indexed_with_words_and_meaning():
    document = indexed()
    assert document.index_state == Document.IndexState.READY
    assert document.index_progress == 100
    assert document.indexed_revision == document.revisions.get()
    chunks = Chunk.objects.filter(document=document)
    assert chunks.count() == SearchRow.objects.count() == ChunkVector.objects.count() > 1
    assert {chunk.anchor for chunk in chunks} == {"", "how-to-send-it-back", "when-the-money-arrives"}
    counts_agree(document.source)


def test_a_draft_is_not_indexed():
    publishing.save_document(
        Document(source=publishing.written_here(), title="Later", body="…"), author=ada()
    )
    assert not Job.objects.exists()
    assert Document.objects.get().index_state == Document.IndexState.NONE


def test_words_are_there_before_the_meaning():
    document = publish()
    assert indexing.index_words(document.pk)
    document.refresh_from_db()
    assert document.index_state == Document.IndexState.WORDS
    assert SearchRow.objects.exists() and not ChunkVector.objects.exists()


def test_an_edit_embeds_only_what_changed():
    document = indexed()
    before = dict(ChunkVector.objects.values_list("chunk__content_hash", "pk"))
    document.body = RETURNS.replace("five working days", "three working days")
    publishing.save_document(document, author=ada())
    run_waiting_jobs()
    after = dict(ChunkVector.objects.values_list("chunk__content_hash", "pk"))
    assert len(after) == len(before)
    assert len(after.keys() - before.keys()) == 1
    assert all(before[key] == pk for key, pk in after.items() if key in before)
    counts_agree(document.source)


def test_old_and_new_text_never_stand_side_by_side():
    document = indexed()
    document.body = "Returns are no longer possible."
    publishing.save_document(document, author=ada())
    run_waiting_jobs()
    assert [chunk.text for chunk in Chunk.objects.all()] == ["Returns are no longer possible."]
    counts_agree(document.source)


def test_a_passage_that_moved_keeps_its_vector_and_points_at_the_new_revision():
    document = indexed()
    vectors = set(ChunkVector.objects.values_list("pk", flat=True))
    document.body = (
        "A new first line of this article, which says what follows.\n\n## Before\n\nSomething.\n\n" + RETURNS
    )
    publishing.save_document(document, author=ada())
    run_waiting_jobs()
    assert vectors & set(ChunkVector.objects.values_list("pk", flat=True))
    newest = document.revisions.first()
    for chunk in Chunk.objects.filter(document=document):
        assert chunk.revision == newest
        assert newest.body[chunk.start : chunk.end] == chunk.text


def test_saving_without_a_change_makes_no_revision_and_no_job():
    document = indexed()
    jobs = Job.objects.count()
    publishing.save_document(document, author=ada())
    assert document.revisions.count() == 1
    assert Job.objects.count() == jobs


def test_unpublishing_takes_an_article_out_of_search_at_once():
    document = indexed()
    other = indexed("Delivery", DELIVERY)
    publishing.unpublish(document)
    assert set(SearchRow.objects.values_list("document", flat=True)) == {other.pk}
    assert document.index_state == Document.IndexState.NONE
    counts_agree(document.source)


def test_deleting_leaves_nothing_behind():
    document = indexed()
    publishing.delete_documents([document])
    for model in (Chunk, SearchRow, ChunkVector, TermCount, Document, Job):
        left = model.objects.exclude(kind="calibration") if model is Job else model.objects
        assert not left.exists(), model
    counts_agree(publishing.written_here())


def test_another_audience_takes_effect_without_a_worker():
    document = indexed()
    document.audience = Document.Audience.STAFF
    publishing.save_document(document, author=ada())
    assert set(SearchRow.objects.values_list("audience", flat=True)) == {"staff"}


class EditedMeanwhile(working.Run):
    """A run during which an editor saves another text, after the first passages were embedded."""

    edited = False

    def goes_on(self) -> bool:
        if not self.edited:
            self.edited = True
            document = Document.objects.get()
            document.body = "Everything is different now."
            publishing.save_document(document, author=ada())
        return super().goes_on()


def test_an_edit_during_indexing_is_not_lost():
    document = publish()
    lease = jobs.claim(Job.objects.get().pk)
    working.work(EditedMeanwhile(lease, seconds=60))
    run_waiting_jobs()
    assert [chunk.text for chunk in Chunk.objects.all()] == ["Everything is different now."]
    document.refresh_from_db()
    assert document.index_state == Document.IndexState.READY
    assert document.indexed_revision.number == 2


def test_the_cost_of_an_edit_does_not_grow_with_the_base(django_assert_max_num_queries):
    document = indexed()
    for number in range(12):
        indexed(f"Article {number}", f"{DELIVERY}\nNumber {number}.")
    document.body += "\nOne more sentence."
    publishing.save_document(document, author=ada())
    job = Job.objects.filter(state="queued", kind="document").get()
    with django_assert_max_num_queries(60):
        working.run_job(job.pk)


def test_weights_are_computed_anew_when_articles_have_become_longer():
    first = indexed("Short", "Three short words.")
    frozen = Source.objects.get(pk=first.source_id).average_length
    indexed("Long", "\n\n".join(f"Sentence number {n} speaks of parcels and of labels." for n in range(30)))
    source = Source.objects.get(pk=first.source_id)
    assert source.average_length > frozen
    assert not counting.has_drifted(source)


def weights_of(source: Source) -> dict[int, dict[int, float]]:
    rows = SearchRow.objects.filter(source=source)
    return {row.pk: dict(zip(row.weights.indices(), row.weights.values(), strict=True)) for row in rows}


def with_wrong_weights() -> tuple[Source, dict[int, dict[int, float]]]:
    """A source whose weights were computed with another average, and the right ones."""
    source = indexed("Returns", RETURNS).source
    indexed("Delivery", DELIVERY)
    counting.freeze_average(source.pk)
    right = weighed(source)
    Source.objects.update(average_length=3 * Source.objects.get().average_length, weighed_up_to=0)
    assert not any(weights == right[pk] for pk, weights in weighed(source).items())
    return source, right


def weighed(source: Source) -> dict[int, dict[int, float]]:
    while indexing.weigh_next(source.pk, 100):
        pass
    return weights_of(source)


def test_weighing_again_goes_on_where_the_killed_worker_was():
    source, right = with_wrong_weights()
    counting.freeze_average(source.pk)
    assert indexing.weigh_next(source.pk, 1)  # and then it was killed
    assert not counting.has_drifted(Source.objects.get(pk=source.pk))
    jobs.request("source", source=source)
    run_waiting_jobs()
    assert weights_of(source) == right


def test_weighing_again_stops_when_the_time_of_its_run_is_over(monkeypatch):
    source, right = with_wrong_weights()
    monkeypatch.setattr(working, "PAGE", 1)
    jobs.request("source", source=source)
    job = Job.objects.get(kind="source", state="queued")
    working.run_job(job.pk, seconds=0)
    job.refresh_from_db()
    assert job.state == "queued" and weights_of(source) != right
    run_waiting_jobs()
    assert weights_of(source) == right
