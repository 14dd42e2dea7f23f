"""Propose a change of an article; approve, decline or withdraw it. Nothing else writes proposals.

A proposal touches neither the article nor its index. Published, it becomes a revision of its author's, in
which stays what the article has become meanwhile: see knowledge/merging.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from knowledge import approval, counting, publishing, revisions
from knowledge.indexing import newest_revision
from knowledge.merging import Content, Merged, Side, lines_of, merge, says_the_same
from knowledge.models import Document, Proposal, ProposalQuerySet, Revision

State = Proposal.State
Unproposed = Literal["open_already", "nothing_new"]
Refused = Literal["decided", "overtaken", "not_yours", "not_chosen"]
_TOLD: Mapping[str, audit.Action] = {
    State.PUBLISHED: audit.Action.APPROVED,
    State.DECLINED: audit.Action.DECLINED,
    State.WITHDRAWN: audit.Action.WITHDRAWN,
}
NOTHING = Content("", "", {})


def open_proposal(document: Document, author: User | None) -> Proposal | None:
    return document.proposals.open().filter(author=author).first() if document.pk and author else None


def why_not(document: Document, *, author: User | None, continued: int = 0) -> Unproposed | None:
    """Why its words cannot be proposed as they are now. `continued`: the version of their open proposal that
    its author has before them."""
    before = open_proposal(document, author)
    if before is not None and before.version != continued:
        return "open_already"
    newest = newest_revision(document.pk)
    is_read = Document.objects.published().filter(pk=document.pk).exists()
    if newest and is_read and says_the_same(revisions.content_of(document), newest):
        return "nothing_new"
    return None


@transaction.atomic
def propose(
    document: Document, *, author: User | None, note: str = "", base: int | None = None, continued: int = 0
) -> Proposal | Unproposed:
    """Keep what the document would say; nobody reads it. `base` is the number of the revision that it
    changes, else the newest. Whose the article is, and when it is reviewed, are no words: these are saved."""
    counting.lock_document(document.pk)
    Document.objects.filter(pk=document.pk).update(owner=document.owner, review_by=document.review_by)
    if refused := why_not(document, author=author, continued=continued):
        return refused
    began = document.revisions.filter(number=base or 0).first() or newest_revision(document.pk)
    assert began is not None  # every article that was saved has one
    said = revisions.content_of(document)
    proposal = open_proposal(document, author) or Proposal(document=document, author=author, version=0)
    proposal.base, proposal.note = began, note
    proposal.title, proposal.fields = said.title, said.fields
    proposal.body = "\n".join(lines_of(said.body))
    proposal.version += 1
    proposal.save()
    return proposal


Done = Revision | Proposal | Unproposed | None


@transaction.atomic
def save_or_propose(document: Document, *, author: User | None) -> Done:
    """Where one click changes an article: save it, or propose it where its author may do no more. What is new
    is a draft until then."""
    source = counting.lock_source(document.source_id)
    if not approval.is_bound(author, source) or not publishing.changes_what_is_read(document):
        return publishing.save_document(document, author=author)
    if document.pk is None:
        document.status = Document.Status.DRAFT
        publishing.save_document(document, author=author)
    return propose(document, author=author)


@transaction.atomic
def bring_back(revision: Revision, *, author: User | None) -> Done:
    """A former text again, as a new revision or to be approved; nothing is lost."""
    counting.lock_document(revision.document_id)
    document = Document.objects.get(pk=revision.document_id)
    revisions.put_back(document, revision)
    return save_or_propose(document, author=author)


def waiting_for(person: User | None) -> ProposalQuerySet:
    """What this person may decide about."""
    found = Proposal.objects.open()
    return found.filter(approval.decidable(person)) if person else found.none()


def merged(proposal: Proposal, choices: Mapping[str, Side] | None = None) -> Merged:
    """What the article would say if this were published now."""
    newest = newest_revision(proposal.document_id)
    assert newest is not None
    return merge(proposal.base, newest, proposal, choices)


def read_now(document: Document, newest: Revision | None) -> Revision | Content:
    """What its readers read today, of the `newest` text; nothing while it is a draft."""
    return (newest if document.status == Document.Status.PUBLISHED else None) or NOTHING


@transaction.atomic
def approve(
    proposal: Proposal,
    *,
    by: User | None,
    seen: int,
    version: int,
    status: str = Document.Status.PUBLISHED,
    choices: Mapping[str, Side] | None = None,
    corrected: Content | None = None,
) -> Refused | None:
    """Publish it, or say why not. `seen`: the number of the article's newest revision when whoever decides
    looked at it; `status`: the article's then, since what was taken back meanwhile would come back with it;
    `version`: of the proposal. `corrected` is what they would have it say instead."""
    locked = counting.lock_document(proposal.document_id)
    current = _open_one(proposal)
    if locked is None or current is None:
        return "decided"
    if not approval.may_approve(by, current.author):
        return "not_yours"
    (_source, document), joined = locked, merged(current, choices)
    newest = newest_revision(proposal.document_id)
    if newest is None or (newest.number, document.status, current.version) != (seen, status, version):
        return "overtaken"
    if not joined.is_clear:  # whoever corrects it chooses too: nothing newer is written over unseen
        return "not_chosen"
    revisions.put_back(document, corrected or joined.content)
    document.status = Document.Status.PUBLISHED
    current.revision = publishing.save_document(document, author=current.author, approved_by=by)
    current.corrected = corrected is not None and not says_the_same(corrected, joined.content)
    _decide(current, State.PUBLISHED, by)
    return None


@transaction.atomic
def decline(proposal: Proposal, *, by: User | None, reason: str, version: int) -> Refused | None:
    """Not to be published; its author reads why."""
    current = _open_one(proposal)
    if current is None:
        return "decided"
    if not approval.may_approve(by, current.author):
        return "not_yours"
    if current.version != version:
        return "overtaken"
    current.reason = reason
    _decide(current, State.DECLINED, by)
    return None


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User | None) -> Refused | None:
    """Its author has thought better of it."""
    current = _open_one(proposal)
    if current is None:
        return "decided"
    if by is None or current.author_id != by.pk:
        return "not_yours"
    _decide(current, State.WITHDRAWN, by)
    return None


def _open_one(proposal: Proposal) -> Proposal | None:
    return Proposal.objects.open().select_for_update(of=("self",)).filter(pk=proposal.pk).first()


def _decide(proposal: Proposal, state: str, by: User | None) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.save()
    facts = {"author": str(proposal.author or ""), "reason": proposal.reason}
    audit.record(_TOLD[state], proposal, by=by, label=proposal.title, after=facts)
