"""What the page of a review shows of an answer: its question, what was said before, sources, judges."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from accounts.models import User
from assistant.numbering import cited
from chatbot.markdown import render_message, render_plain
from conversations.access import may_see
from conversations.models import Message
from conversations.posting import HEARD
from evaluation.corrections.rows import Correction
from evaluation.reviews.rows import Reason, Review, ReviewItem, Verdict

BEFORE = 4  # messages before the question
Kind = Message.Kind


def answer_of(user: User, pk: int) -> Message:
    """An answer that this person may see; raises Http404."""
    related = ("conversation__assistant", "conversation__customer", "turn__question", "rating", "review_item")
    found = Message.objects.select_related(*related).filter(pk=pk, kind=Kind.ASSISTANT).first()
    if found is None or not may_see(user, found.conversation_id):
        raise Http404
    return found


def shown(answer: Message, user: User) -> dict[str, Any]:
    """The values of the template."""
    item: ReviewItem | None = getattr(answer, "review_item", None)
    reviews = list(item.reviews.select_related("reviewer").order_by("pk")) if item else []
    own = next((one for one in reviews if one.reviewer_id == user.pk), None)
    citations = list(answer.citations.all())
    return {
        "answer": answer,
        "item": item,
        "reasons": [Reason(reason).label for reason in item.reasons] if item else [],
        "question": question_of(answer),
        "before": _before(answer),
        "html": cited(render_message(answer.text), citations),
        "citations": citations,
        "rating": getattr(answer, "rating", None),
        "own": own,
        "others": _others(reviews, own, item),
        "hidden": _hidden(reviews, own, item),
        "verdicts": [(str(number), value, label) for number, (value, label) in enumerate(Verdict.choices, 1)],
        "correction": Correction.objects.exclude(state=Correction.State.WITHDRAWN)
        .filter(message=answer)
        .first(),
    }


def question_of(answer: Message) -> str:
    return answer.turn.question.text if answer.turn else ""


def _before(answer: Message) -> list[dict[str, Any]]:
    """What was said just before the question, oldest first."""
    asked = answer.turn.question.seq if answer.turn else answer.seq
    messages = answer.conversation.messages.filter(kind__in=HEARD, seq__lt=asked)
    newest = messages.exclude(data__has_key="replaced").order_by("-seq")[:BEFORE]
    return [{"kind": one.kind, "html": _html(one)} for one in reversed(newest)]


def _html(message: Message) -> str:
    return render_plain(message.text) if message.kind == Kind.CUSTOMER else render_message(message.text)


def _others(reviews: list[Review], own: Review | None, item: ReviewItem | None) -> list[Review]:
    """What colleagues say of it. Of what several judge, each judges unknowing."""
    return [] if is_blind(own, item) else [one for one in reviews if one is not own]


def _hidden(reviews: list[Review], own: Review | None, item: ReviewItem | None) -> int:
    return len(reviews) if is_blind(own, item) else 0


def is_blind(own: Review | None, item: ReviewItem | None) -> bool:
    return own is None and item is not None and item.wanted > 1 and item.state == ReviewItem.State.OPEN
