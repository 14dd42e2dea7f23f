"""What the page of a review shows of an answer: its question, what was said before, sources, judges."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import Http404

from accounts.models import User
from assistant.numbering import cited
from chatbot.markdown import render_message, render_plain
from conversations.access import conversations_for
from conversations.models import Message
from conversations.posting import HEARD
from evaluation.corrections.rows import Correction
from evaluation.reviews.rows import Reason, Review, ReviewItem, Verdict

BEFORE = 4  # messages before the question
Kind = Message.Kind


def answer_of(user: User, pk: int) -> Message:
    """An answer that this person may see, with all there is one of; raises Http404."""
    related = (
        *("conversation__assistant", "conversation__customer", "turn__question", "rating", "review_item"),
        "trace",
    )
    seen = Message.objects.filter(kind=Kind.ASSISTANT, conversation__in=conversations_for(user))
    whole = seen.select_related(*related).prefetch_related("citations")
    found = whole.annotate(said=_REVIEWS, put_right=_CORRECTION).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


_REVIEWS = ArraySubquery(
    Review.objects.filter(item=OuterRef("pk"))
    .order_by("pk")
    .values(
        as_json=JSONObject(
            review=JSONObject(id="pk", reviewer_id="reviewer_id", verdict="verdict", note="note"),
            reviewer=JSONObject(
                id="reviewer_id", username="reviewer__username",
                first_name="reviewer__first_name", last_name="reviewer__last_name",
            ),
        )
    )
)  # fmt: skip
_CORRECTION = ArraySubquery(
    Correction.objects.exclude(state=Correction.State.WITHDRAWN)
    .filter(message=OuterRef("pk"))
    .values(as_json=JSONObject(id="pk", state="state"))
)


def correction_of(answer: Message) -> Correction | None:
    """Of an answer of `answer_of`."""
    rows: list[dict[str, Any]] = getattr(answer, "put_right", [])
    return next((Correction(**row) for row in rows), None)


def _reviews(answer: Message) -> list[Review]:
    rows: list[dict[str, Any]] = getattr(answer, "said", [])
    made = [(Review(item_id=answer.pk, **row["review"]), row["reviewer"]) for row in rows]
    for review, reviewer in made:
        review.reviewer = User(**reviewer) if reviewer["id"] else None
    return [review for review, _reviewer in made]


def said(answer: Message) -> dict[str, Any]:
    """The answer itself, as the customer has read it."""
    citations = list(answer.citations.all())
    return {
        "answer": answer,
        "question": question_of(answer),
        "html": cited(render_message(answer.text), citations),
        "citations": citations,
        "rating": getattr(answer, "rating", None),
    }


def shown(answer: Message, user: User) -> dict[str, Any]:
    """The values of the template."""
    item: ReviewItem | None = getattr(answer, "review_item", None)
    reviews = _reviews(answer)
    own = next((one for one in reviews if one.reviewer_id == user.pk), None)
    return said(answer) | {
        "item": item,
        "reasons": [Reason(reason).label for reason in item.reasons] if item else [],
        "before": _before(answer),
        "reviews": reviews,
        "own": own,
        "others": _others(reviews, own, item),
        "hidden": _hidden(reviews, own, item),
        "verdicts": [(str(number), value, label) for number, (value, label) in enumerate(Verdict.choices, 1)],
        "correction": correction_of(answer),
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
