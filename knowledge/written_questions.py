"""What staff do with the questions that a model wrote: take one back, take one over, want others."""

from __future__ import annotations

from typing import Literal

from django.db import transaction

from accounts.models import User
from knowledge import approval, counting, jobs, proposing, question_writing, questions, revisions
from knowledge.models import Document, Job, Proposal, WrittenQuestions
from knowledge.proposing import Done
from llm.choosing import chat_model_for

State = Literal["off", "no_model", "draft", "unindexed", "waiting", "writing", "failed", "written"]
UNDER_WAY: set[State] = {"waiting", "writing"}
Gone = Literal["gone"]


def state_of(document: Document) -> State:
    """How far the model is with this article."""
    if not document.source.write_questions:
        return "off"
    if chat_model_for("rewrite") is None:
        return "no_model"
    if document.status != Document.Status.PUBLISHED:
        return "draft"
    if _is_read(document):
        return "written"
    if document.index_state == Document.IndexState.FAILED:
        return "unindexed"
    job = last_job(document)
    if job is not None and job.state == Job.State.FAILED:
        return "failed"
    return "writing" if job is not None and job.state == Job.State.RUNNING else "waiting"


def _is_read(document: Document) -> bool:
    written = WrittenQuestions.objects.filter(document=document).first()
    return written is not None and written.text_hash == question_writing.text_hash(document)


def last_job(document: Document) -> Job | None:
    """They are written for a source as a whole."""
    return Job.objects.filter(kind=Job.Kind.QUESTIONS, source=document.source_id).first()


def _lock(document: Document) -> tuple[Document, WrittenQuestions] | None:
    """The article before its questions, as whoever saves, indexes or writes takes them."""
    locked = counting.lock_document(document.pk)
    written = WrittenQuestions.objects.select_for_update().filter(document=document.pk).first()
    return (locked[1], written) if locked and written else None


@transaction.atomic
def remove(document: Document, question: str) -> Gone | None:
    """Take one back; it does not come again."""
    locked = _lock(document)
    if locked is None or question not in locked[1].questions:
        return "gone"
    current, written = locked
    written.questions.remove(question)
    written.removed.append(question)
    written.save(update_fields=["questions", "removed"])
    questions.forget_gone(current)
    return None


@transaction.atomic
def keep(document: Document, question: str, *, author: User | None) -> Done | Gone:
    """Make it one of staff's own, or propose that. Then it is no longer among what was written."""
    locked = _lock(document)
    if locked is None or question not in locked[1].questions:
        return "gone"
    current, _written = locked
    begun = _begun(current, author)
    if begun is not None:
        return _add_to(begun, current, question)
    current.questions = [*current.questions, question]
    return proposing.save_or_propose(current, author=author)


def _begun(document: Document, author: User | None) -> Proposal | None:
    """The author's change that waits for approval already: a second one cannot stand beside it."""
    is_read = document.status == Document.Status.PUBLISHED
    bound = is_read and approval.is_bound(author, document.source)
    return proposing.open_proposal(document, author) if bound else None


def _add_to(proposal: Proposal, document: Document, question: str) -> Done:
    revisions.put_back(document, proposal)
    if question in document.questions:
        return proposal
    document.questions = [*document.questions, question]
    return proposing.propose(
        document,
        author=proposal.author,
        note=proposal.note,
        base=proposal.base.number,
        continued=proposal.version,
    )


def proposed(document: Document) -> set[str]:
    """What somebody has proposed to take over."""
    return {one for waits in document.proposals.open() for one in waits.fields.get("questions", [])}


@transaction.atomic
def write_again(document: Document) -> None:
    """Want others from the model; those that are there stay until it has written."""
    counting.lock_document(document.pk)
    known = WrittenQuestions.objects.filter(document=document.pk)
    known.update(revision=None, text_hash=question_writing.WANTED)
    try_again(document)


def try_again(document: Document) -> None:
    jobs.request(Job.Kind.QUESTIONS, source=document.source)
