"""Where changes are approved: a list with a count, the difference to what is read today, and decisions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from knowledge import publishing
from knowledge.models import Category, Document, Proposal
from tests.knowledge.articles import RETURNS, ada, publish
from tests.knowledge.proposals.people import CARRIER, SIXTY, bo, boss, cy, proposed, said

pytestmark = pytest.mark.django_db
LIST = "/admin/knowledge/document/proposals/"
BADGE = "min-w-[18px]"  # only the number beside an entry of the menu has it


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(cy())
    return client


def where(proposal: Proposal, action: str = "") -> str:
    return f"{LIST}{proposal.pk}/{action}"


def decide(browser: Client, proposal: Proposal, decision: str, **more: Any) -> str:
    newest = proposal.document.revisions.first()
    proposal.document.refresh_from_db()
    seen = {"seen": newest and newest.number, "status": proposal.document.status}
    sent = {"decision": decision, "version": proposal.version, **seen, **more}
    return browser.post(where(proposal, "decide/"), sent, follow=True).content.decode()


def test_the_menu_counts_what_somebody_may_decide(browser: Client) -> None:
    document = publish()
    assert "Changes to approve" in browser.get("/admin/").content.decode()
    assert BADGE not in browser.get("/admin/").content.decode()
    proposed(document)
    assert BADGE in browser.get("/admin/").content.decode()
    browser.force_login(bo())
    assert BADGE not in browser.get("/admin/").content.decode()


def test_the_list_says_who_proposes_what_and_why(browser: Client) -> None:
    proposal = proposed(publish())
    page = browser.get(LIST).content.decode()
    assert "bo" in page and "It is sixty now." in page and where(proposal) in page
    assert "Nothing was decided yet" in browser.get(LIST, {"show": "decided"}).content.decode()
    browser.force_login(bo())
    assert "waits for somebody else" in browser.get(LIST, {"show": "mine"}).content.decode()


def test_the_page_shows_the_difference_and_publishes(browser: Client) -> None:
    document = publish()
    proposal = proposed(document, title="Sending back")
    page = browser.get(where(proposal)).content.decode()
    assert "bo proposes a change" in page and "It is sixty now." in page
    assert "<del>thirty</del>" in page and "<ins>sixty</ins>" in page and "<ins>Sending back</ins>" in page
    assert "Published. Customers can read it" in decide(browser, proposal, "publish")
    assert "sixty" in said(document)
    history = browser.get(reverse("admin:knowledge_document_revisions", args=[document.pk])).content.decode()
    assert "approved by cy" in history
    compared = browser.get(reverse("admin:knowledge_document_compare", args=[document.pk, 2]))
    assert "approved by cy" in compared.content.decode()
    assert "somebody has decided" in decide(browser, proposal, "publish").lower()
    shown = browser.get(where(proposal)).content.decode()
    assert "Published by cy" in shown and "<ins>sixty</ins>" in shown and 'value="publish"' not in shown


def test_corrections_are_published_in_its_place(browser: Client) -> None:
    shelf = Category.objects.create(name="After buying", language="en")
    document = publish(category=shelf)
    proposal = proposed(document)
    form = browser.get(where(proposal)).content.decode()
    assert "Publish with corrections" in form and "sixty days" in form and "After buying" in form
    words = {"title": "Returns", "audience": "everyone", "category": shelf.pk, "keywords": "refund"}
    refused = decide(browser, proposal, "correct", **words | {"title": ""}, body="Mine is long.")
    assert "required" in refused and "Mine is long." in refused and said(document) == RETURNS
    decide(browser, proposal, "correct", **words, body=SIXTY.replace("sixty", "sixty-one"))
    assert "sixty-one" in said(document)
    assert (document.category, document.keywords) == (shelf, ["refund"])
    proposal.refresh_from_db()
    assert proposal.corrected and proposal.body == SIXTY.strip("\r") and proposal.revision
    assert "with corrections" in browser.get(LIST, {"show": "decided"}).content.decode()


def test_it_is_declined_with_a_reason_and_not_without(browser: Client) -> None:
    document = publish()
    proposal = proposed(document)
    assert "Say why" in decide(browser, proposal, "decline", reason=" \x0b ")
    assert "Declined." in decide(browser, proposal, "decline", reason="Ask the lawyers.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason, proposal.decided_by) == ("declined", "Ask the lawyers.", cy())
    assert said(document) == RETURNS
    browser.force_login(bo())
    page = browser.get(where(proposal)).content.decode()
    assert "Ask the lawyers." in page and "Go on from it" in page


def test_the_author_sees_it_and_cannot_decide(browser: Client) -> None:
    document = publish()
    proposal = proposed(document)
    browser.force_login(bo())
    page = browser.get(where(proposal)).content.decode()
    assert "This is yours" in page and 'value="publish"' not in page
    for decision in ("publish", "correct", "decline"):
        more = {"title": "Mine", "body": "Mine.", "audience": "everyone", "reason": "Mine."}
        assert "somebody else has to" in decide(browser, proposal, decision, **more)
    assert said(document) == RETURNS and Proposal.objects.open().exists()


def test_both_changes_are_kept_where_they_are_apart(browser: Client) -> None:
    document = publish()
    proposal = proposed(document)
    document.body = CARRIER
    publishing.save_document(document, author=ada())
    page = browser.get(where(proposal)).content.decode()
    assert "both changes are kept" in page and "<ins>sixty</ins>" in page and "<del>any parcel" not in page
    decide(browser, proposal, "publish")
    assert "sixty" in said(document) and "parcel shop" in document.body


def test_where_both_changed_the_same_each_place_is_chosen(browser: Client) -> None:
    document = publish()
    proposal = proposed(document, title="Sending back")
    document.body, document.title = RETURNS.replace("thirty", "ninety"), "Giving back"
    publishing.save_document(document, author=ada())
    page = browser.get(where(proposal)).content.decode()
    assert "choose for each place" in page and "ninety days" in page and "sixty days" in page
    assert 'value="publish"' not in page and 'name="which-title"' in page
    # No button, and no way around it.
    assert "Choose for each place" in decide(browser, proposal, "publish")
    corrected = {"body": "Mine.", "audience": "everyone"}
    assert "Choose for each place" in decide(browser, proposal, "correct", **corrected, title="Mine")
    assert "ninety" in said(document)
    choice = {"which-title": "proposed", "which-text-0": "live"}
    chosen = browser.get(where(proposal), choice).content.decode()
    assert "<ins>Sending back</ins>" in chosen and "sixty days" not in chosen
    decide(browser, proposal, "publish", **choice)
    assert "ninety" in said(document) and document.title == "Sending back"


def test_what_changes_while_somebody_looks_is_not_written_over(browser: Client) -> None:
    document = publish()
    proposal = proposed(document)
    browser.get(where(proposal))
    document.body = CARRIER
    publishing.save_document(document, author=ada())
    assert "look again" in decide(browser, proposal, "publish", seen=1)
    assert said(document) == CARRIER


def test_what_is_taken_back_while_somebody_looks_stays_so(browser: Client) -> None:
    document = publish()
    proposal = proposed(document)
    publishing.unpublish(document)
    assert "look again" in decide(browser, proposal, "publish", status="published")
    document.refresh_from_db()
    assert document.status == "draft"
    assert "publishing this publishes all of it" in browser.get(where(proposal)).content.decode()


def test_of_a_draft_all_is_new(browser: Client) -> None:
    document = publish("Delivery", "Fast.", status="draft")
    proposal = proposed(document, "Fast.")
    page = browser.get(where(proposal)).content.decode()
    assert "all of it is new" in page and "Fast." in page
    decide(browser, proposal, "publish")
    assert Document.objects.get().status == "published"


def test_an_agent_sees_none_of_it(browser: Client) -> None:
    proposal = proposed(publish())
    agent = boss()
    agent.role = "agent"
    agent.save()
    browser.force_login(agent)
    for address in (LIST, where(proposal)):
        assert "sixty" not in browser.get(address, follow=True).content.decode()
    assert browser.post(where(proposal, "decide/"), {"decision": "publish"}).status_code == 302
