"""Between the assistant and a person: who answers, and how that changes. Each function is one action.

A person who replies owns the conversation at once: the running answer is cancelled in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts import audit
from accounts.models import User
from conversations import flow_counts
from conversations.drafts import ending
from conversations.drafts.asking import outdate
from conversations.event_lines import RESOLVED
from conversations.inbox import briefing, mentioning
from conversations.introducing.asking import let_answer_first
from conversations.leaving import offering
from conversations.leaving.sending import tell_by_mail
from conversations.models import Conversation, Message, Owner, Resolution, Status, Turn
from conversations.notifying import occasions
from conversations.posting import HEARD, Record, record
from conversations.reaching import reach
from conversations.refusals import Quicker, spoken
from conversations.turns import Half, end_live, half_written, open_turn
from conversations.waiting import NOT_DONE, begin_to_wait

CUSTOMER_REQUEST = "customer_request"


def request_person(*, conversation_id: UUID) -> Conversation:
    """The customer wants to talk to a person: the assistant keeps silent from now on, where one is there.
    Raises Refused "questions_first" where something has to be answered before the chat."""
    half = half_written(conversation_id)
    with record(conversation_id) as writing:
        let_answer_first(writing.conversation)
        if writing.conversation.owner == Owner.ASSISTANT or writing.conversation.status == Status.RESOLVED:
            end_live(writing, Turn.State.CANCELLED, half=half)
            wait_for_person(writing, reason=CUSTOMER_REQUEST)
        return writing.conversation


def wait_for_person(
    writing: Record, *, reason: str, why: str = "", collected: Mapping[str, Any] | None = None
) -> None:
    """Put the conversation where staff look for those who wait; where nobody is there, offer the customer to
    leave a message. For whoever holds the record. `why`: the words of the row of guidance that asks for a
    person; for staff alone. `collected`: see briefing.py."""
    told: dict[str, Any] = {"reason": reason, **({"why": why} if why else {})}
    told["brief"] = briefing.brief(writing.conversation, collected or {})
    found = reach(writing.conversation, reason=reason)
    if found.there:
        code = "person_requested" if reason == CUSTOMER_REQUEST else "handoff"
        begin_to_wait(writing, owner=Owner.PERSON, code=code, told=told)
    elif not _has_left_one(writing.conversation) or reason == CUSTOMER_REQUEST:
        _open_again(writing)
        offering.offer(writing, found=found, told=told)


def _has_left_one(conversation: Conversation) -> bool:
    return conversation.status == Status.WAITING and conversation.owner == Owner.ASSISTANT


def _open_again(writing: Record) -> None:
    """Whoever wants a person after the end goes on with the assistant meanwhile."""
    if writing.conversation.status == Status.RESOLVED:
        writing.change(owner=Owner.ASSISTANT, status=Status.OPEN, assignee=None, **NOT_DONE)


def see(*, conversation_id: UUID, user: User) -> None:
    """Let a customer who waits know, once, that somebody has opened the conversation."""
    if not Conversation.objects.filter(pk=conversation_id, status=Status.WAITING).exists():
        return
    with record(conversation_id) as writing:
        if writing.conversation.status == Status.WAITING and not _seen(writing.conversation):
            writing.post_event("seen", author=user, name=str(user))


def _seen(conversation: Conversation) -> bool:
    since = {"created_at__gte": conversation.waiting_since, "data__code": "seen"}
    return Message.objects.filter(conversation=conversation, kind=Message.Kind.EVENT, **since).exists()


def take_over(*, conversation_id: UUID, user: User, instead_of: int | None = None) -> Conversation:
    """A person answers from now on. `instead_of`: whom they have seen to answer (a user's id, 0 for nobody);
    raises Quicker where it is another colleague by now."""
    half = half_written(conversation_id)
    with record(conversation_id) as writing:
        _let_first(writing, user, instead_of)
        _join(writing, user=user, half=half)
        return writing.conversation


def _let_first(writing: Record, user: User, instead_of: int | None) -> None:
    answers = _who_answers(writing.conversation)
    if instead_of is not None and answers and answers.pk not in (instead_of, user.pk):
        raise Quicker(str(answers))


def reply_as_person(
    *, conversation_id: UUID, user: User, text: str, client_id: UUID, instead_of: int | None = None
) -> Message:
    """Store a person's words once, and make that person the owner in the same transaction. Raises Refused
    "invalid" for no words, and Quicker as `take_over` does."""
    text = spoken(text)
    half = half_written(conversation_id)
    with record(conversation_id) as writing:
        if known := writing.find(client_id):
            return known
        _let_first(writing, user, instead_of)
        _join(writing, user=user, half=half)
        target = _answered_in_time(writing)
        reply = writing.post(
            kind=Message.Kind.PERSON, text=text, author=user, client_id=client_id, data=target
        )  # fmt: skip
        tell_by_mail(reply)
        ending.answered(writing, reply)
        return reply


def _answered_in_time(writing: Record) -> dict[str, Any]:
    """The time to the first reply is over. What is kept of it with the reply: by when it was due."""
    due = writing.conversation.reply_due_at
    if due is None:
        return {}
    writing.change(reply_due_at=None)
    return {"due": due.isoformat(), "late": timezone.now() > due}


def add_note(*, conversation_id: UUID, user: User, text: str, client_id: UUID | None = None) -> Message:
    """A word among staff; customers never see it. Colleagues whom it calls are told. Raises Refused "invalid"
    for no words."""
    text = spoken(text)
    with record(conversation_id) as writing:
        if client_id and (known := writing.find(client_id)):
            return known
        kept = mentioning.kept_with(text)
        note = writing.post(
            kind=Message.Kind.NOTE, text=text, author=user, client_id=client_id, data=kept
        )  # fmt: skip
        mentioning.tell(note)
        return note


def hand_back(*, conversation_id: UUID, user: User) -> Conversation:
    """The assistant answers from now on, beginning with a question that nobody has answered."""
    with record(conversation_id) as writing:
        if writing.conversation.owner != Owner.ASSISTANT or writing.conversation.status != Status.OPEN:
            writing.change(
                owner=Owner.ASSISTANT, status=Status.OPEN, assignee=None, waiting_since=None,
                handoff_reason="", reply_due_at=None, resolve_due_at=None, **NOT_DONE,
            )  # fmt: skip
            outdate(writing.conversation)
            writing.post_event("handed_back", author=user, name=str(user))
            audit.record(audit.Action.HANDED_BACK, writing.conversation, by=user)
            _answer_what_is_open(writing)
        return writing.conversation


def resolve(*, conversation_id: UUID, user: User) -> Conversation:
    """Done. When the customer writes again it opens again, with the assistant."""
    half = half_written(conversation_id)
    with record(conversation_id) as writing:
        if writing.conversation.status != Status.RESOLVED:
            end_live(writing, Turn.State.CANCELLED, half=half)
            writing.change(
                status=Status.RESOLVED, resolved_at=timezone.now(), resolution=Resolution.STAFF,
                waiting_since=None, snoozed_until=None, reply_due_at=None, resolve_due_at=None,
            )  # fmt: skip
            outdate(writing.conversation)
            writing.post_event(RESOLVED, author=user, name=str(user))
            audit.record(audit.Action.RESOLVED, writing.conversation, by=user)
        return writing.conversation


def _who_answers(conversation: Conversation) -> User | None:
    """Of the staff."""
    there = conversation.owner == Owner.PERSON and conversation.status == Status.OPEN
    return conversation.assignee if there else None


def _join(writing: Record, *, user: User, half: Half | None) -> None:
    end_live(writing, Turn.State.CANCELLED, half=half)
    conversation = writing.conversation
    here = conversation.assignee_id == user.pk and conversation.status == Status.OPEN
    if conversation.owner != Owner.PERSON or not here:
        before = _who_answers(conversation)
        writing.change(owner=Owner.PERSON, status=Status.OPEN, assignee=user, waiting_since=None, **NOT_DONE)
        if before is not None:
            occasions.taken(writing.conversation, from_=before, by=user)
        flow_counts.person_comes(writing.conversation)
        writing.post_event("joined", author=user, name=str(user))
        audit.record(audit.Action.TAKEN_OVER, writing.conversation, by=user)


def _answer_what_is_open(writing: Record) -> None:
    last = Message.objects.filter(conversation=writing.conversation, kind__in=HEARD).last()
    if last is not None and last.kind == Message.Kind.CUSTOMER:
        open_turn(writing, question=last)
