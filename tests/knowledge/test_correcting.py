"""One passage is corrected beside the article: exactly its stretch, and only of the text that was seen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from knowledge import publishing
from knowledge.models import Document
from tests.knowledge.articles import RETURNS, ada, indexed, run_waiting_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(ada())
    return client


def place(document: Document, heading: str) -> str:
    chunk = document.chunks.get(heading_path__contains=[heading])
    return reverse("admin:knowledge_document_passage", args=[document.pk, chunk.pk])


def body_of(document: Document) -> str:
    document.refresh_from_db()
    return document.body


def test_a_passage_is_replaced_in_the_text_kept_as_a_revision_and_indexed(editor):
    document = indexed()
    page = editor.get(reverse("admin:knowledge_document_change", args=[document.pk])).content.decode()
    assert "Correct this passage" in page and "characters" in page
    where = place(document, "When the money arrives")
    assert "within five working days" in editor.get(where).content.decode()
    answer = editor.post(where, {"seen": 1, "text": "We refund within\r\ntwo days.\r\n"})
    assert answer.headers["HX-Refresh"] == "true"
    assert body_of(document) == RETURNS.replace(
        "We refund the way you paid within five working days of receiving the parcel.",
        "We refund within\ntwo days.",
    )
    assert document.revisions.first().author == ada() and document.revisions.count() == 2
    run_waiting_jobs()
    assert document.chunks.filter(text__contains="two days").exists()


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(editor):
    document = indexed()
    where = place(document, "When the money arrives")
    document.body = RETURNS.replace("thirty", "sixty")
    publishing.save_document(document, author=ada())
    for seen in (1, 2, "x"):
        answer = editor.post(where, {"seen": seen, "text": "Mine."}).content.decode()
        assert "changed meanwhile" in answer and "Mine." in answer
    assert "Mine." not in body_of(document)


@pytest.mark.parametrize(("text", "said"), [(" \n", "Write something"), ("x" * 20_001, "that long")])
def test_what_is_no_passage_is_refused(editor, text, said):
    document = indexed()
    answer = editor.post(place(document, "When the money arrives"), {"seen": 1, "text": text})
    assert said in answer.content.decode() and body_of(document) == RETURNS


def test_an_article_without_text_has_no_passage_to_correct(editor):
    document = indexed("Only a title", "")
    chunk = document.chunks.get()
    where = reverse("admin:knowledge_document_passage", args=[document.pk, chunk.pk])
    assert "changed meanwhile" in editor.post(where, {"seen": 1, "text": "More."}).content.decode()
    page = editor.get(reverse("admin:knowledge_document_change", args=[document.pk])).content.decode()
    assert "Correct this passage" not in page


def test_the_questions_of_an_article_are_checked_all_at_once(editor):
    indexed("Delivery", "Parcels arrive at your door within three days.")
    document = indexed(questions=["When is the money refunded?", "Who won the elections in Brazil?"])
    page = editor.get(reverse("admin:knowledge_document_change", args=[document.pk])).content.decode()
    assert "Questions it is found by" in page and "Check all" in page and "/questions/" in page
    checked = editor.get(reverse("admin:knowledge_document_questions", args=[document.pk])).content.decode()
    assert "of 2 find this article first" in checked
    assert "When is the money refunded?" in checked
