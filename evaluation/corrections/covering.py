"""Others who asked the very same are helped by the same correction: their answers leave the review queue, and
they are told as well. If it turns wrong again, what they were told is taken back."""

from __future__ import annotations

from django.db.models import Q

from conversations import putting_right
from conversations.models import Message
from evaluation.corrections.rows import Correction
from evaluation.models import GapQuestion
from evaluation.reviews.rows import ReviewItem

MOST = 200  # in one go
State = ReviewItem.State


def cover(correction: Correction) -> tuple[list[Message], bool]:
    """The answers that are marked as put right by it now, and whether more wait than are taken in one go:
    those to the same question that still wait for a review; of the gap that it is in, the questions that were
    asked again since and are answered now; and those that it has covered before, where it was taken back."""
    if correction.message.turn is None:
        return [], False
    waiting = ReviewItem.objects.filter(
        _same_as(correction), state=State.OPEN, message__conversation__assistant=correction.assistant,
        message__corrections=None, asked_at__lt=correction.right_at,
    ).exclude(pk=correction.message_id)  # fmt: skip
    new = list(waiting.order_by().values_list("pk", flat=True).distinct()[:MOST])
    ReviewItem.objects.filter(pk__in=new).update(state=State.COVERED, covered_by=correction)
    covered = [item.message for item in correction.covers.select_related("message").order_by("pk")]
    unmarked = [answer for answer in covered if not _says_so(answer, correction)]
    for answer in unmarked:
        putting_right.mark(answer, correction=correction.pk, answer=correction.right_answer)
    return unmarked, len(new) == MOST


def _says_so(answer: Message, correction: Correction) -> bool:
    marked = answer.data.get(putting_right.CORRECTED) or {}
    said = (marked.get("correction"), marked.get("answer", ""))
    return said == (correction.pk, correction.right_answer)


def take_back(correction: Correction) -> None:
    """It is wrong again: nobody reads that it is right. It covers them still, and they wait with it."""
    for item in correction.covers.select_related("message").order_by("pk"):
        putting_right.mark(item.message, correction=correction.pk)


def release(correction: Correction) -> None:
    """It was no mistake, or is none any more: they wait for a review of their own again."""
    for item in correction.covers.select_related("message").order_by("pk"):
        putting_right.mark(item.message, correction=None)
    correction.covers.filter(state=State.COVERED).update(state=State.OPEN)
    correction.covers.update(covered_by=None)


def _same_as(correction: Correction) -> Q:
    item = ReviewItem.objects.filter(pk=correction.message_id).first()
    answered = Q(message__turn__question__in=_answered(correction.message))
    if item is None or item.same_question is None:
        return answered
    return Q(same_question=item.same_question) | answered


def _answered(answer: Message) -> list[int]:
    asked = answer.turn.question if answer.turn else None
    gap = GapQuestion.objects.filter(message=asked).values("gap")
    found = GapQuestion.objects.filter(gap__in=gap, answered_now=True)
    return list(found.values_list("message", flat=True)[:MOST])
