"""The questions that an article answers bring it, without answering for it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.urls import reverse

from knowledge import indexing, progress, publishing, questions, spaces, sweeping, vectors
from knowledge.matching import COMPARED, QUESTIONS_SHARE, WORDS_SHARE
from knowledge.models import Document, EmbeddingSpace, QuestionVector, Source, WrittenQuestions
from knowledge.search import Query, Results, search
from tests.knowledge.articles import (
    DELIVERY,
    RETURNS,
    ada,
    calibrated,
    indexed,
    publish,
    run_waiting_jobs,
    searchable,
)

pytestmark = pytest.mark.django_db

WARRANTY = "A lamp has a warranty of five years. Keep the receipt."
# Shares no word with the text, nor with the other articles'.
ASKED = "My birthday present does not fit my living room"


def find(text: str = ASKED, **about) -> Results:
    return search(Query(text, **{"language": "en", **about}))


def first(results: Results) -> str:
    return results.passages[0].title


def shelf(**fields) -> Document:
    """Three articles, of which the returns are asked for by `fields`."""
    indexed("Delivery", DELIVERY)
    indexed("Warranty", WARRANTY)
    return searchable("Returns", RETURNS, **fields)


def save(document: Document, **changes) -> None:
    document.refresh_from_db()
    for name, value in changes.items():
        setattr(document, name, value)
    publishing.save_document(document, author=ada())
    run_waiting_jobs()


def test_a_question_that_shares_no_word_with_the_text_brings_its_article_first():
    document = shelf()
    searchable("Gift cards", "A gift card is valid for two years. Give it for a birthday.")
    assert first(find()) == "Gift cards"
    save(document, questions=["A birthday present does not go with my living room"])
    found = find()
    assert first(found) == "Returns" and found.passages[0].gain > 0


def test_it_moves_what_is_found_and_is_no_score():
    document = shelf(questions=[ASKED])
    found = find()
    own = [one for one in found.passages if one.document_id == document.pk]
    likeness = {round(one.dense + one.gain / QUESTIONS_SHARE, 3) for one in own}
    assert len(likeness) == 1 and likeness.pop() > max(one.dense or 0 for one in own)
    assert {one.gain for one in found.passages if one.document_id != document.pk} == {0}
    assert all(one.score == pytest.approx(one.dense + WORDS_SHARE * one.words) for one in found.passages)
    assert found.best_score == max(one.score for one in found.passages)


def test_it_is_said_which_question_moved_an_article_up():
    WrittenQuestions.objects.create(document=shelf(questions=["How do I send it back?"]), questions=[ASKED])
    publishing.index_source_again(Document.objects.first().source)
    run_waiting_jobs()
    passages = find().passages
    assert {one.by_question for one in passages if one.title == "Returns"} == {ASKED}
    assert {one.by_question for one in passages if one.title != "Returns"} == {""}
    assert first(find("How do I send back what I bought?")) == "Returns"
    said = {one.by_question for one in find("How do I send it back?").passages if one.title == "Returns"}
    assert said <= {"How do I send it back?", ""} and len(said) >= 1


def test_the_command_and_the_page_beside_an_article_say_so(client, capsys):
    document = shelf(questions=[ASKED])
    call_command("search", ASKED)
    assert f"By its question: {ASKED}" in capsys.readouterr().out
    client.force_login(ada())
    where = reverse("admin:knowledge_document_found", args=[document.pk])
    assert f'By its question: <q lang="en">{ASKED}</q>' in client.get(where, {"q": ASKED}).content.decode()


def test_all_passages_of_the_article_come_with_it():
    document = shelf(questions=[ASKED])
    own = search(Query(ASKED, language="en"), limit=3).passages
    assert {one.document_id for one in own} == {document.pk} and len(own) == 3


def test_what_scores_as_high_is_there_to_judge_by():
    shelf(questions=[ASKED])
    everything = find("When does my parcel arrive?")
    few = search(Query("When does my parcel arrive?", language="en"), limit=1)
    assert len(few.passages) == 1
    assert [one.chunk_id for one in few.by_score[:COMPARED]] == [
        one.chunk_id for one in everything.by_score[:COMPARED]
    ]


def test_one_that_is_gone_brings_nothing_any_more():
    document = shelf(questions=[ASKED, "How do I send it back?"])
    assert QuestionVector.objects.count() == 2
    save(document, questions=["How do I send it back?"])
    assert QuestionVector.objects.count() == 1
    save(document, questions=[])
    assert not QuestionVector.objects.exists()
    assert {one.gain for one in find().passages} == {0}


def test_only_what_is_missing_is_embedded():
    document = shelf(questions=[ASKED])
    kept = QuestionVector.objects.get()
    save(document, questions=[ASKED, ASKED, "How do I send it back?"])
    assert QuestionVector.objects.count() == 2 and QuestionVector.objects.filter(pk=kept.pk).exists()


def test_a_draft_is_not_found_by_its_questions():
    document = shelf(questions=[ASKED])
    publishing.unpublish(document)
    assert not QuestionVector.objects.exists()
    assert document.pk not in {one.document_id for one in find().passages}
    publishing.publish(document, author=ada())
    run_waiting_jobs()
    assert first(find()) == "Returns"


def test_what_only_staff_may_read_is_not_found_by_its_questions():
    document = shelf(questions=[ASKED])
    save(document, audience=Document.Audience.STAFF)
    for audience in ("everyone", "verified"):
        assert document.pk not in {one.document_id for one in find(audience=audience).passages}
    assert first(find(audience="staff")) == "Returns"


def test_another_source_is_not_searched_by_its_questions():
    shelf(questions=[ASKED])
    other = Source.objects.create(name="Other", kind="imported")
    searchable("Opening hours", "We are open from nine to five.", source=other)
    assert {one.title for one in find(sources=frozenset({other.pk})).passages} == {"Opening hours"}


def test_what_has_nothing_to_do_with_it_is_refused_as_before():
    document = shelf()
    nonsense = ["Who won the elections in Brazil?", "How tall is the Eiffel tower?"]
    calibrated(document)
    before = [find(one) for one in nonsense]
    save(document, questions=["How tall is the tower that I got as a present?"])
    calibrated(document)
    after = [find(one) for one in nonsense]
    assert not any(one.above_floor for one in [*before, *after])


def test_it_stands_for_the_article_in_the_customers_language():
    shelf(questions=[ASKED], external_id="returns", language="en")
    body = "Vous pouvez renvoyer un article pendant trente jours."
    searchable("Renvoyer un article", body, external_id="returns", language="fr")
    found = find(language="fr")
    assert "Renvoyer un article" in {one.title for one in found.passages}
    assert "Returns" not in {one.title for one in found.passages}


def test_an_article_is_indexed_when_its_questions_are():
    document, space = publish(questions=[ASKED]), spaces.space_to_fill()
    itself = Document.objects.filter(pk=document.pk)
    indexing.index_words(document.pk)
    vectors.fill(space, document.chunks.all(), after_batch=lambda _batch: True)
    progress.show_vectors(space, {document.pk})
    progress.show_complete(space, itself)
    assert itself.get().index_state == Document.IndexState.WORDS
    questions.fill(space, itself, after_batch=lambda _batch: True)
    progress.show_complete(space, itself)
    assert itself.get().index_state == Document.IndexState.READY


def test_none_is_stored_for_what_was_withdrawn_or_not_asked_any_more():
    document, space = shelf(questions=[ASKED]), EmbeddingSpace.objects.get()
    batch = [(document.pk, ASKED), (document.pk, "no more"), (document.pk + 999, ASKED)]
    QuestionVector.objects.all().delete()
    questions._embed(space, batch)
    assert QuestionVector.objects.count() == 1
    publishing.unpublish(document)
    questions._embed(space, batch)
    assert not QuestionVector.objects.exists()


def test_a_whole_source_fills_them_too():
    document = shelf(questions=[ASKED])
    QuestionVector.objects.all().delete()
    publishing.index_source_again(document.source)
    run_waiting_jobs()
    assert QuestionVector.objects.get().document == document


def test_another_model_has_its_own(settings):
    shelf(questions=[ASKED])
    settings.EMBEDDING_QUERY_PREFIX = "other: "
    sweeping.follow_embedding_model()
    second = EmbeddingSpace.objects.get(live=False)
    run_waiting_jobs()
    assert QuestionVector.objects.get().space == second
    assert first(find()) == "Returns"


def test_deleting_leaves_no_vector():
    document, other = shelf(questions=[ASKED]), searchable("Lamps", WARRANTY, questions=["Which bulb?"])
    publishing.delete_documents([document])
    assert QuestionVector.objects.get().document == other
    publishing.delete_sources([other.source])
    assert not QuestionVector.objects.exists()
