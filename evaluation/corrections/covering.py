"""Others who asked the very same are helped by the same correction: their answers leave the review queue, and
they are told as well."""

from __future__ import annotations

from django.db.models import Q

from conversations import putting_right
from conversations.models import Message
from evaluation.corrections.rows import Correction
from evaluation.models import GapQuestion
from evaluation.reviews.rows import ReviewItem

MOST = 200
State = ReviewItem.State


def cover(correction: Correction) -> list[Message]:
    """The answers to the same question that still wait for a review; of the gap that it is in, the questions
    that were asked again since and are answered now. They are marked as put right."""
    if not correction.right_answer or correction.message.turn is None:
        return []
    asked = correction.message.turn.question
    same = Q(message__turn__question__text__iexact=asked.text) | Q(
        message__turn__question__in=_answered(asked)
    )
    waiting = ReviewItem.objects.filter(
        same, state=State.OPEN, message__conversation__assistant=correction.assistant,
        message__corrections=None, asked_at__lt=correction.right_at,
    ).exclude(pk=correction.message_id)  # fmt: skip
    items = list(waiting.select_related("message").distinct()[:MOST])
    ReviewItem.objects.filter(pk__in=[item.pk for item in items]).update(state=State.COVERED)
    for item in items:
        putting_right.mark(item.message, correction=correction.pk, answer=correction.right_answer)
    return [item.message for item in items]


def _answered(asked: Message) -> list[int]:
    gap = GapQuestion.objects.filter(message=asked).values("gap")
    found = GapQuestion.objects.filter(gap__in=gap, answered_now=True)
    return list(found.values_list("message", flat=True)[:MOST])
