"""Every other way to change what customers read: none goes around the approval, and each says what it did."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evaluation import checking, deciding
from evaluation.models import Gap
from knowledge import publishing
from knowledge.intake import approving
from knowledge.models import Document, Finding, ImportItem, ImportRun, Proposal, Source
from tests.knowledge.articles import RETURNS, indexed, publish
from tests.knowledge.proposals.people import CARRIER, bo, boss, cy, guard, guarded, proposed, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(bo())
    return client


def at(name: str, *args: int) -> str:
    return reverse(f"admin:knowledge_document_{name}", args=args)


def read(browser: Client, address: str, **query: Any) -> str:
    return browser.get(address, query, follow=True).content.decode()


def sent(browser: Client, address: str, **data: Any) -> str:
    return browser.post(address, data, follow=True).content.decode()


def test_a_former_text_is_proposed(browser: Client) -> None:
    document = publish()
    document.body = CARRIER
    publishing.save_document(document, author=cy())
    guard(document)
    assert "Propose this text" in read(browser, at("compare", document.pk, 1))
    assert "Proposed." in sent(browser, at("restore", document.pk, 1))
    assert said(document) == CARRIER and document.proposals.get().body == RETURNS
    assert "waits for this article already" in sent(browser, at("restore", document.pk, 1))
    browser.force_login(boss())
    assert "is back" in sent(browser, at("restore", document.pk, 1))


def test_a_passage_is_proposed(browser: Client) -> None:
    document = indexed()
    guard(document)
    chunk = document.chunks.get(text__contains="thirty")
    where = at("passage", document.pk, chunk.pk)
    assert "Propose the passage" in read(browser, where)
    answer = browser.post(where, {"seen": 1, "text": "You have sixty days."})
    assert answer.headers["HX-Refresh"] == "true"
    assert said(document) == RETURNS and "sixty" in document.proposals.get().body
    again = sent(browser, where, seen=1, text="You have ninety days.")
    assert "waits for this article already" in again and "ninety" in again


def test_the_answer_of_a_gap_is_proposed_and_checked_when_it_is_published(browser: Client) -> None:
    guarded()
    gap = Gap.objects.create(title="Dogs")
    page = reverse("admin:evaluation_gap_change", args=[gap.pk])
    assert "Propose the answer" in read(browser, page)
    where = reverse("admin:evaluation_gap_answer", args=[gap.pk])
    told = sent(browser, where, title="Dogs", body="They are welcome.", language="en")
    assert "As soon as somebody approves it" in told and "it is a draft now" in told
    document = Document.objects.get(title="Dogs")
    assert document.status == "draft" and document.proposals.get().author == bo()
    gap.refresh_from_db()
    assert gap.document == document and checking.check_due() == 0
    browser.force_login(cy())
    proposal = document.proposals.get()
    sent(browser, at("proposal_decide", proposal.pk), decision="publish", seen=1, version=1, status="draft")
    document.refresh_from_db()
    assert document.status == "published"


def test_an_admin_answers_a_gap_at_once() -> None:
    guarded()
    gap = Gap.objects.create(title="Dogs")
    made = deciding.answer(gap, title="Dogs", body="Welcome.", language="en", author=boss())
    assert made.status == "published" and not Proposal.objects.exists()


def twins() -> tuple[Document, Document, str]:
    kept, other = publish(), publish("Returns again", RETURNS, questions=["How?"])
    found = Finding.objects.create(kind="duplicate", document=kept, other=other, likeness=1.0, mark="1")
    return kept, other, at("decide", found.pk)


def test_of_two_twins_one_is_taken_back_and_its_questions_are_proposed(browser: Client) -> None:
    kept, other, where = twins()
    guard(kept)
    assert "needs somebody else’s approval, and is proposed" in sent(browser, where, decision="first")
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.questions, other.status) == ([], "draft")
    assert kept.proposals.get().fields["questions"] == ["How?"]


def test_of_two_twins_none_is_taken_back_where_a_proposal_is_in_the_way(browser: Client) -> None:
    kept, other, where = twins()
    guard(kept)
    proposed(kept)
    assert "waits for this article already" in sent(browser, where, decision="first")
    other.refresh_from_db()
    assert other.status == "published" and Finding.objects.get().state == "open"


def test_upkeep_takes_back_and_notes_a_review_without_anybody_else(browser: Client) -> None:
    document = guarded()
    assert "to be reviewed again" in sent(browser, at("still_right", document.pk))
    assert "is a draft now" in sent(browser, at("unpublish", document.pk))


def waiting(origin: str = "files", **more: Any) -> tuple[ImportRun, ImportItem]:
    source = Source.objects.create(name="Files", kind="imported", needs_approval=True)
    run = ImportRun.objects.create(source=source, state="review", origin=origin, asked_by=bo())
    usual = {"external_id": "a", "language": "en", "title": "Lamps", "body": "They shine.",
             "place": {"file": "a.csv"}}  # fmt: skip
    row = ImportItem.objects.create(
        run=run, number=0, state="new", fields={"audience": "everyone"}, **usual | more
    )
    return run, row


def let_in(browser: Client, run: ImportRun, decision: str = "publish") -> str:
    where = reverse("admin:knowledge_importrun_decide", args=[run.pk])
    return sent(browser, where, decision=decision, all="1")


def test_an_import_is_approved_by_somebody_else_than_who_brought_it(browser: Client) -> None:
    run, _row = waiting()
    assert "1 document needs somebody else’s approval" in let_in(browser, run)
    assert not Document.objects.exists()
    browser.force_login(cy())
    assert "Done for 1 document" in let_in(browser, run)
    revision = Document.objects.get().revisions.get()
    assert (revision.author, revision.approved_by, revision.imported) == (bo(), cy(), True)


def test_a_corrected_row_is_approved_by_somebody_else_than_who_corrected_it(browser: Client) -> None:
    run, row = waiting("web")
    where = reverse("admin:knowledge_importrun_item", args=[run.pk, row.pk])
    words = {"title": "Lamps", "body": "Mine.", "language": "en", "audience": "everyone"}
    data = {f"item{row.pk}-{name}": value for name, value in words.items()}
    assert "Saved, and not published" in sent(browser, where, **data, decision="publish")
    assert not Document.objects.exists()
    browser.force_login(cy())
    assert "Published." in sent(browser, where, **data, decision="publish")
    revision = Document.objects.get().revisions.get()
    assert (revision.author, revision.approved_by) == (bo(), cy())


def test_what_a_site_says_is_approved_by_whoever_lets_it_in(browser: Client) -> None:
    run, _row = waiting("web")
    assert "Done for 1 document" in let_in(browser, run)
    revision = Document.objects.get().revisions.get()
    assert (revision.author, revision.approved_by) == (None, bo())


def test_drafts_and_admins_need_nobody(browser: Client) -> None:
    run, _row = waiting()
    assert "Done for 1 document" in let_in(browser, run, "draft")
    assert Document.objects.get().status == "draft"
    ImportItem.objects.update(decision="waiting")
    ImportRun.objects.update(state="review")
    browser.force_login(boss())
    let_in(browser, run)
    newest = Document.objects.get().revisions.first()
    assert Document.objects.get().status == "published" and newest and newest.author == bo()


def test_what_a_worker_publishes_was_approved_by_whoever_pressed_the_button() -> None:
    run, row = waiting()
    ImportItem.objects.update(decision="approved", approved_by=cy())
    assert approving.finish_approved(run, lambda: True)
    revision = Document.objects.get().revisions.get()
    assert (revision.author, revision.approved_by) == (bo(), cy())


def test_what_was_let_in_before_the_rule_waits_again() -> None:
    run, row = waiting()
    ImportItem.objects.update(decision="approved", approved_by=bo())
    assert approving.finish_approved(run, lambda: True)
    row.refresh_from_db()
    assert row.decision == "waiting" and not Document.objects.exists()


def test_only_an_admin_sets_and_lifts_the_rule(browser: Client) -> None:
    document = publish()
    where = reverse("admin:knowledge_source_change", args=[document.source_id])
    form = {"name": "Help centre", "audience": "everyone", "steps": ["spacing"], "needs_approval": "on"}
    assert 'name="needs_approval"' not in read(browser, where)
    sent(browser, where, **form)
    assert not Source.objects.get().needs_approval
    browser.force_login(boss())
    assert 'name="needs_approval"' in read(browser, where)
    sent(browser, where, **form)
    assert Source.objects.get().needs_approval
    browser.force_login(bo())
    sent(browser, where, name="Help", audience="everyone", steps=["spacing"])
    assert Source.objects.get().needs_approval and Source.objects.get().name == "Help"
    assert (
        browser.post(reverse("admin:knowledge_source_delete", args=[document.source_id])).status_code == 403
    )
    chosen = {"_selected_action": [document.source_id], "action": "delete_selected", "post": "yes"}
    assert "ask an admin" in sent(browser, "/admin/knowledge/source/", **chosen)
    assert Document.objects.exists()


def test_a_site_does_not_publish_by_itself_there(browser: Client) -> None:
    site = Source.objects.create(
        name="Site", kind="web", location="https://shop.example/", needs_approval=True
    )
    where = reverse("admin:knowledge_source_change", args=[site.pk])
    form = {"name": "Site", "audience": "everyone", "scope": "site", "most_pages": 5, "schedule": "never"}
    assert "Not while changes" in sent(browser, where, **form, publish_visits="on")
    browser.force_login(boss())
    assert "Not while changes" in sent(browser, where, **form, publish_visits="on", needs_approval="on")
