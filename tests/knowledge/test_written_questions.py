"""Beside an article stand the questions that the model wrote: removed, taken over, written again."""

from __future__ import annotations

import html
import json

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from knowledge import proposing, publishing, question_writing, written_questions
from knowledge.models import Document, Job, Proposal, QuestionVector, Source, WrittenQuestions
from tests.knowledge.articles import RETURNS, ada, indexed, run_waiting_jobs

pytestmark = pytest.mark.django_db

WRITTEN = ["Can I give back what does not please me?", "Who pays for the way back?"]
OTHERS = ["Is there a fee when I send my lamp back?"]


def answer(model, *questions: str) -> None:
    model.script({"text": json.dumps({"questions": questions})})


@pytest.fixture
def model(scripted_model):
    answer(scripted_model, *WRITTEN)
    return scripted_model


@pytest.fixture
def editor(client):
    client.force_login(ada())
    return client


def sweep() -> None:
    question_writing.ask()
    run_waiting_jobs()


def with_questions(**fields) -> Document:
    document = indexed(**fields)
    sweep()
    document.refresh_from_db()
    return document


def written() -> list[str]:
    return WrittenQuestions.objects.get().questions


def part_of(document: Document) -> str:
    return reverse("admin:knowledge_document_written", args=[document.pk])


def page_of(editor, document: Document) -> str:
    page = editor.get(reverse("admin:knowledge_document_change", args=[document.pk]))
    return html.unescape(page.content.decode())


def press(editor, document: Document, wish: str, question: str = ""):
    return editor.post(part_of(document), {"wish": wish, "question": question})


def needs_approval() -> None:
    Source.objects.update(needs_approval=True)


def test_they_stand_below_staffs_own_with_their_day_and_model(editor, model):
    page = page_of(editor, with_questions(questions=["How do I send it back?"]))
    own, theirs = page.index("How do I send it back?</li>"), page.index(WRITTEN[0])
    assert own < theirs and "by scripted." in page
    assert "Write them again" in page and "every 3s" not in page


def test_one_that_was_removed_does_not_come_back(editor, model):
    document = with_questions()
    assert "does not come again" in press(editor, document, "remove", WRITTEN[0]).content.decode()
    assert "not there any more" in press(editor, document, "remove", WRITTEN[0]).content.decode()
    assert written() == WRITTEN[1:] and QuestionVector.objects.count() == 1
    document.body = f"{RETURNS}\n\nGifts too."
    publishing.save_document(document, author=ada())
    run_waiting_jobs()
    sweep()
    assert written() == WRITTEN[1:]
    assert WRITTEN[0] in json.dumps(model.requests()[-1])  # it was told


def test_the_day_on_which_they_were_written_stays_when_one_is_removed(editor, model):
    document = with_questions()
    before = WrittenQuestions.objects.get().written_at
    press(editor, document, "remove", WRITTEN[0])
    assert WrittenQuestions.objects.get().written_at == before


def test_one_that_is_kept_is_staffs_own_and_keeps_its_vector(editor, model):
    document = with_questions(questions=["How do I send it back?"])
    vector = set(QuestionVector.objects.values_list("pk", flat=True))
    assert press(editor, document, "keep", WRITTEN[0]).headers["HX-Refresh"] == "true"
    document.refresh_from_db()
    assert document.questions == ["How do I send it back?", WRITTEN[0]] and written() == WRITTEN[1:]
    assert document.revisions.first().author == ada()
    run_waiting_jobs()
    sweep()
    assert set(QuestionVector.objects.values_list("pk", flat=True)) == vector
    assert (
        len(model.requests()) == 1
        and "not there any more" in press(editor, document, "keep", WRITTEN[0]).content.decode()
    )


def test_where_approval_is_needed_keeping_one_proposes_it(editor, model):
    document = with_questions()
    needs_approval()
    assert "Propose to keep it" in page_of(editor, document)
    press(editor, document, "keep", WRITTEN[0])
    document.refresh_from_db()
    assert document.questions == [] and written() == WRITTEN
    assert "proposed to be kept" in page_of(editor, document)
    press(editor, document, "keep", WRITTEN[1])  # goes into the same proposal
    proposal = Proposal.objects.get()
    assert proposal.fields["questions"] == WRITTEN
    boss = get_user_model().objects.create_user("boss", role="admin")
    newest = document.revisions.first().number
    assert proposing.approve(proposal, by=boss, seen=newest, version=proposal.version) is None
    document.refresh_from_db()
    assert document.questions == WRITTEN and written() == []


def test_a_change_that_waits_already_is_kept_when_one_is_added_to_it(editor, model):
    document = with_questions()
    needs_approval()
    changed = Document.objects.get()
    changed.title = "Sending back"
    proposing.propose(changed, author=ada(), note="Clearer")
    press(editor, document, "keep", WRITTEN[0])
    proposal = Proposal.objects.get()
    assert (proposal.title, proposal.note) == ("Sending back", "Clearer")
    assert proposal.fields["questions"] == WRITTEN[:1]


def test_one_that_staff_type_themselves_is_not_listed_twice(model):
    document = with_questions()
    document.questions = [WRITTEN[0].upper()]
    publishing.save_document(document, author=ada())
    assert written() == WRITTEN[1:]


def test_they_are_written_again_when_somebody_asks(editor, model):
    document = with_questions(questions=["How do I send it back?"])
    answer(model, *OTHERS)
    said = press(editor, document, "again").content.decode()
    assert WRITTEN[0] in said and "in a moment" in said  # those that are there stay until then
    run_waiting_jobs()
    assert written() == OTHERS and QuestionVector.objects.count() == 2
    first, second = model.requests()
    assert second["body"]["temperature"] > first["body"]["temperature"]
    assert "How do I send it back?" in json.dumps(second)


def test_without_a_model_the_page_says_so(editor, model, settings):
    document = with_questions()
    settings.OPENAI_BASE_URL = settings.OPENAI_API_KEY = ""
    page = page_of(editor, document)
    assert "No model is configured" in page and WRITTEN[0] in page and "Write them again" not in page


def test_where_the_source_lets_none_be_written_the_page_leads_there(editor, model):
    document = with_questions()
    Source.objects.update(write_questions=False)
    page = page_of(editor, document)
    assert "lets the model write none" in page
    assert reverse("admin:knowledge_source_change", args=[document.source_id]) in page


def test_what_waits_is_watched_without_being_drawn_anew(editor, model):
    document = indexed()
    assert "?state=waiting" in page_of(editor, document)
    assert editor.get(part_of(document), {"state": "waiting"}).status_code == 204
    question_writing.ask()
    Job.objects.filter(kind="questions").update(state="running")
    assert "The model is writing" in editor.get(part_of(document), {"state": "waiting"}).content.decode()
    Job.objects.filter(kind="questions").update(state="queued")
    run_waiting_jobs()
    assert WRITTEN[0] in editor.get(part_of(document), {"state": "writing"}).content.decode()


def test_a_failure_is_shown_and_can_be_tried_again(editor, scripted_model):
    scripted_model.script({"fault": "status", "status": 401, "model": "scripted"})
    document = with_questions()
    page = page_of(editor, document)
    assert "refuses the key" in page and "Try again" in page
    answer(scripted_model, *WRITTEN)
    assert "in a moment" in press(editor, document, "retry").content.decode()
    run_waiting_jobs()
    assert written() == WRITTEN and "refuses the key" not in page_of(editor, document)


def test_a_draft_waits_for_nothing(editor, model):
    document = with_questions()
    publishing.unpublish(document)
    page = page_of(editor, document)
    assert "once the article is published" in page and WRITTEN[0] in page


def test_what_cannot_be_indexed_waits_for_that(editor, model):
    document = indexed()
    Document.objects.update(index_state="failed")
    page = page_of(editor, document)
    assert "once the article is in the index" in page and "every 3s" not in page


def test_an_article_without_any_says_so(editor, scripted_model):
    answer(scripted_model)
    assert "none are left" in page_of(editor, with_questions())


def test_a_wish_that_nobody_has_changes_nothing(editor, model):
    document = with_questions()
    assert press(editor, document, "sell", WRITTEN[0]).status_code == 200
    assert written() == WRITTEN and written_questions.state_of(document) == "written"


def test_all_questions_are_checked_together(editor, model):
    document = with_questions(questions=["How do I send it back?"])
    rows = editor.get(reverse("admin:knowledge_document_questions", args=[document.pk])).content.decode()
    assert "How do I send it back?" in rows and WRITTEN[1] in rows
