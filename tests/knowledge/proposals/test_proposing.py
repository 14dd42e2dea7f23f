"""A proposal is nobody's to read until it is approved; then it is a revision of its author's."""

from __future__ import annotations

import pytest

from knowledge import approval, proposing, publishing
from knowledge.models import Chunk, Document, Proposal, Revision
from tests.knowledge.articles import RETURNS, ada, indexed, publish, run_waiting_jobs
from tests.knowledge.proposals.people import CARRIER, SIXTY, bo, boss, cy, guard, guarded, proposed, said

pytestmark = pytest.mark.django_db


def test_nothing_is_live_while_it_waits() -> None:
    document = indexed()
    proposed(document)
    assert run_waiting_jobs() == 0
    assert said(document) == RETURNS and document.revisions.count() == 1
    assert not Chunk.objects.filter(text__contains="sixty").exists()


def test_approved_it_is_a_revision_of_its_author_with_who_approved_it() -> None:
    document = indexed()
    proposal = proposed(document)
    assert proposing.approve(proposal, by=cy(), seen=1, version=1) is None
    run_waiting_jobs()
    newest = document.revisions.first()
    assert newest and (newest.number, newest.author, newest.approved_by) == (2, bo(), cy())
    assert said(document) == SIXTY and Chunk.objects.filter(text__contains="sixty").exists()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.revision) == ("published", cy(), newest)
    assert proposal.decided_at and not proposal.corrected


def test_what_changed_meanwhile_stays() -> None:
    document = publish()
    proposal = proposed(document)
    document.body = CARRIER
    publishing.save_document(document, author=ada())
    assert proposing.approve(proposal, by=cy(), seen=1, version=1) == "overtaken"
    assert proposing.approve(proposal, by=cy(), seen=2, version=1) is None
    assert said(document) == CARRIER.replace("thirty", "sixty")


def test_where_both_changed_the_same_somebody_has_to_choose() -> None:
    document = publish()
    proposal = proposed(document)
    document.body = RETURNS.replace("thirty", "ninety")
    publishing.save_document(document, author=ada())
    assert proposing.approve(proposal, by=cy(), seen=2, version=1) == "not_chosen"
    assert "ninety" in said(document)
    [conflict] = proposing.merged(proposal).conflicts
    choice = {conflict.name: "live"}
    assert proposing.approve(proposal, by=cy(), seen=2, version=1, choices=choice) is None
    assert "ninety" in said(document) and document.revisions.count() == 2


def test_nobody_publishes_what_its_author_has_changed_since_they_looked() -> None:
    document = publish()
    first = proposed(document)
    document.body = CARRIER
    assert proposing.propose(document, author=bo()) == "open_already"
    again = proposing.propose(document, author=bo(), continued=1)
    assert again == first and isinstance(again, Proposal) and again.version == 2
    assert proposing.approve(first, by=cy(), seen=1, version=1) == "overtaken"
    assert proposing.decline(first, by=cy(), reason="No.", version=1) == "overtaken"
    assert proposing.approve(first, by=cy(), seen=1, version=2) is None
    assert said(document) == CARRIER


def test_nobody_decides_about_their_own_and_only_they_withdraw_it() -> None:
    proposal = proposed(publish())
    assert proposing.approve(proposal, by=bo(), seen=1, version=1) == "not_yours"
    assert proposing.decline(proposal, by=bo(), reason="No.", version=1) == "not_yours"
    assert proposing.withdraw(proposal, by=cy()) == "not_yours"
    assert proposing.withdraw(proposal, by=bo()) is None
    assert proposing.approve(proposal, by=cy(), seen=1, version=1) == "decided"
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("withdrawn", bo())


def test_an_admin_alone_approves_what_is_theirs() -> None:
    assert approval.may_approve(boss(), boss())
    editor = bo()
    assert not approval.may_approve(boss(), boss())
    editor.is_active = False
    editor.save()
    assert approval.may_approve(boss(), boss())
    assert not approval.may_approve(editor, None)


def test_each_has_one_and_they_do_not_exclude_each_other() -> None:
    document = publish()
    first, second = proposed(document), proposed(document, CARRIER, by=cy())
    assert proposing.approve(first, by=ada(), seen=1, version=1) is None
    assert proposing.approve(second, by=ada(), seen=2, version=1) is None
    assert said(document) == CARRIER.replace("thirty", "sixty")


def test_what_is_read_already_is_no_proposal_but_a_draft_may_be_published() -> None:
    document = publish()
    assert proposing.propose(document, author=bo()) == "nothing_new"
    publishing.unpublish(document)
    guard(document)
    proposal = proposed(document, RETURNS)
    assert proposing.approve(proposal, by=cy(), seen=1, version=1) == "overtaken"
    assert proposing.approve(proposal, by=cy(), seen=1, version=1, status="draft") is None
    document.refresh_from_db()
    assert document.status == "published"


def test_it_goes_with_its_article_and_stays_when_its_author_goes() -> None:
    document = publish()
    proposal = proposed(document)
    bo().delete()
    proposal.refresh_from_db()
    assert proposal.author is None and proposing.approve(proposal, by=cy(), seen=1, version=1) is None
    proposed(document, CARRIER)
    publishing.delete_documents([document])
    assert not Proposal.objects.exists()


def test_only_admins_change_at_once_what_is_read_there() -> None:
    document = guarded()
    document.body = SIXTY
    with pytest.raises(approval.NeedsApproval, match="Changes of “Help centre” need"):
        publishing.save_document(document, author=bo())
    assert said(document) == RETURNS and Revision.objects.count() == 1
    document.body = SIXTY
    publishing.save_document(document, author=boss())
    publishing.unpublish(document)
    document.body = CARRIER
    publishing.save_document(document, author=bo())  # a draft
    with pytest.raises(approval.NeedsApproval):
        publishing.publish(document, author=bo())
    with pytest.raises(approval.NeedsApproval):
        publishing.delete_documents([document], by=bo())
    with pytest.raises(approval.NeedsApproval):
        publishing.delete_sources([document.source], by=bo())
    assert Document.objects.get().status == "draft"


def test_whose_it_is_and_when_it_is_reviewed_needs_no_approval() -> None:
    document = guarded()
    document.owner = cy()
    publishing.save_document(document, author=bo())
    assert Document.objects.get().owner == cy()


def test_a_switch_that_was_just_set_counts() -> None:
    document = publish()
    stale = Document.objects.select_related("source").get()
    guard(document)
    stale.body = SIXTY
    with pytest.raises(approval.NeedsApproval):
        publishing.save_document(stale, author=bo())
