"""In an article's form: proposed beside saved, continued, withdrawn; and every way around it refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from knowledge import proposing, publishing
from knowledge.models import Document, Proposal
from tests.knowledge.articles import RETURNS, ada, publish
from tests.knowledge.proposals.people import CARRIER, SIXTY, bo, boss, cy, guarded, proposed, said

pytestmark = pytest.mark.django_db
ADD = "/admin/knowledge/document/add/"


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(bo())
    return client


def change(document: Document, query: str = "") -> str:
    return reverse("admin:knowledge_document_change", args=[document.pk]) + query


def fields(body: str = SIXTY, **changed: Any) -> dict[str, Any]:
    usual = {"title": "Returns", "body": body, "language": "en", "audience": "everyone", "seen_revision": 1}
    return usual | changed


def page(browser: Client, document: Document, query: str = "") -> str:
    return browser.get(change(document, query)).content.decode()


def test_proposing_saves_nothing_that_is_read(browser: Client) -> None:
    document = publish()
    shown = page(browser, document)
    assert 'name="_propose"' in shown and 'name="_save"' in shown
    sent = fields(note="Now sixty\x0b days", owner=cy().pk, _propose="1")
    answer = browser.post(change(document), sent, follow=True).content.decode()
    assert "Proposed. Nothing changes" in answer and "You have proposed a change" in answer
    assert said(document) == RETURNS and document.owner == cy()
    proposal = Proposal.objects.get()
    assert (proposal.author, proposal.note, proposal.base.number) == (bo(), "Now sixty days", 1)
    assert LogEntry.objects.get().change_message == "Proposed a change."


def test_it_is_continued_and_not_written_over(browser: Client) -> None:
    document = publish()
    proposal = proposed(document)
    shown = page(browser, document)
    assert "Continue it" in shown and 'name="_propose"' not in shown and "thirty days" in shown
    again = browser.post(change(document), fields(CARRIER, _propose="1")).content.decode()
    assert "waits for this article already" in again and "parcel shop" in again
    begun = page(browser, document, f"?continue={proposal.pk}")
    assert "sixty days" in begun and "It is sixty now." in begun and 'name="_save"' not in begun
    sent = fields(CARRIER, continued=1, note="Both", _propose="1")
    browser.post(change(document, f"?continue={proposal.pk}"), sent)
    proposal.refresh_from_db()
    assert (proposal.version, proposal.note, proposal.body) == (2, "Both", CARRIER.strip())


def test_it_is_withdrawn_by_its_author_only(browser: Client) -> None:
    document = publish()
    proposal = proposed(document)
    where = reverse("admin:knowledge_document_proposal_withdraw", args=[proposal.pk])
    browser.force_login(cy())
    assert "somebody else has to" in browser.post(where, follow=True).content.decode()
    browser.force_login(bo())
    assert "Withdrawn." in browser.post(where, follow=True).content.decode()
    assert not Proposal.objects.open().exists()
    assert "You have proposed" not in page(browser, document)


def test_others_see_that_there_is_one_and_can_look(browser: Client) -> None:
    document = publish()
    proposal = proposed(document)
    browser.force_login(cy())
    shown = page(browser, document)
    where = reverse("admin:knowledge_document_proposal", args=[proposal.pk])
    assert "bo has proposed a change" in shown and where in shown and 'name="_propose"' in shown
    # What another one proposes is not to be gone on with.
    assert "sixty" not in page(browser, document, f"?continue={proposal.pk}")


def test_a_declined_one_says_why_and_can_be_gone_on_with(browser: Client) -> None:
    document = publish()
    proposal = proposed(document)
    proposing.decline(proposal, by=cy(), reason="Ask the lawyers.", version=1)
    assert "cy has declined your change: Ask the lawyers." in page(browser, document)
    assert "sixty days" in page(browser, document, f"?continue={proposal.pk}")
    browser.post(change(document, f"?continue={proposal.pk}"), fields(SIXTY, _propose="1"))
    assert Proposal.objects.open().get().author == bo()


def test_what_was_declined_is_told_until_the_article_moves_on(browser: Client) -> None:
    document = publish()
    proposing.decline(proposed(document), by=cy(), reason="Ask the lawyers.", version=1)
    assert "Ask the lawyers." in page(browser, document)
    document.body = CARRIER
    publishing.save_document(document, author=cy())
    assert "Ask the lawyers." not in page(browser, document)


def test_what_somebody_saved_meanwhile_hinders_no_proposal(browser: Client) -> None:
    document = publish()
    document.body = CARRIER
    publishing.save_document(document, author=ada())
    browser.post(change(document), fields(SIXTY, seen_revision=1, _propose="1"))
    proposal = Proposal.objects.get()
    assert proposal.base.number == 1
    assert proposing.merged(proposal).content.body == CARRIER.replace("thirty", "sixty").strip()


def test_nothing_new_is_nothing_to_propose(browser: Client) -> None:
    document = publish()
    answer = browser.post(change(document), fields(RETURNS, _propose="1")).content.decode()
    assert "nothing to propose" in answer and not Proposal.objects.exists()
    done = browser.post(change(document), fields(RETURNS, owner=cy().pk, _propose="1"), follow=True)
    assert "The text is as it was" in done.content.decode() and not Proposal.objects.exists()
    document.refresh_from_db()
    assert document.owner == cy()


@pytest.mark.parametrize("button", ["_save", "_publish"])
def test_saving_at_once_is_refused_there_and_says_what_to_do(browser: Client, button: str) -> None:
    document = guarded()
    shown = page(browser, document)
    assert 'name="_save"' not in shown and "need somebody else’s approval" in shown
    assert reverse("admin:knowledge_document_delete", args=[document.pk]) not in shown
    answer = browser.post(change(document), fields(**{button: "1"})).content.decode()
    assert "propose this one in the article’s form" in answer and "sixty" in answer
    assert said(document) == RETURNS
    browser.force_login(boss())
    browser.post(change(document), fields(**{button: "1"}))
    assert "sixty" in said(document)


def test_taking_back_needs_nobody_and_publishing_again_does(browser: Client) -> None:
    document = guarded()
    browser.post(change(document), fields(_unpublish="1"))
    document.refresh_from_db()
    assert document.status == "draft" and "sixty" in document.body
    browser.post(change(document), fields(CARRIER, seen_revision=2, _save="1"))
    assert "parcel shop" in said(document)
    answer = browser.post(change(document), fields(CARRIER, seen_revision=3, _publish="1")).content.decode()
    assert "propose this one" in answer
    document.refresh_from_db()
    assert document.status == "draft"


def test_a_new_article_is_a_draft_until_it_is_approved(browser: Client) -> None:
    guarded()
    shown = browser.get(ADD).content.decode()
    assert 'name="_publish"' not in shown and 'name="_propose"' in shown
    refused = browser.post(ADD, fields("Fast.", title="Delivery", _publish="1")).content.decode()
    assert "propose this one" in refused and Document.objects.count() == 1
    browser.post(ADD, fields("Fast.", title="Delivery", note="New", _propose="1"))
    document = Document.objects.get(title="Delivery")
    assert document.status == "draft"
    proposal = document.proposals.get()
    assert proposing.approve(proposal, by=cy(), seen=1, version=1, status="draft") is None
    document.refresh_from_db()
    assert document.status == "published"


def test_several_at_once_are_proposed_and_none_is_deleted(browser: Client) -> None:
    document = guarded()
    other = publish("Delivery", status="draft")
    waiting = publish("Shops", status="draft")
    proposed(waiting, "Open.")
    where = "/admin/knowledge/document/"
    chosen = {"_selected_action": [document.pk, other.pk, waiting.pk]}
    answer = browser.post(where, {"action": "publish_chosen", **chosen}, follow=True).content.decode()
    assert "Done for 1 article." in answer and "1 article needs somebody else’s approval" in answer
    assert "1 article waits for approval already." in answer
    other.refresh_from_db()
    assert other.status == "draft" and other.proposals.get().author == bo()
    delete = {"action": "delete_selected", "post": "yes", **chosen}
    assert "ask an admin" in browser.post(where, delete, follow=True).content.decode()
    assert browser.post(f"{where}{document.pk}/delete/", {"post": "yes"}).status_code == 403
    browser.post(where, {"action": "unpublish_chosen", **chosen})
    assert Document.objects.filter(status="draft").count() == 3
    browser.force_login(boss())
    browser.post(where, delete)
    assert not Document.objects.exists() and not Proposal.objects.exists()
