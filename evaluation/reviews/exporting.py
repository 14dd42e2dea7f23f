"""What the queue shows as a file: an answer with all that was said of it, a row for each review."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import Any

from accounts.models import User
from chatbot import row_files
from chatbot.row_files import AT_ONCE, Row
from evaluation.corrections.rows import Correction
from evaluation.reviews.queueing import Filters, behind, narrowed
from evaluation.reviews.rows import Review, ReviewItem
from evaluation.reviews.shown import is_blind, question_of

COLUMNS = (
    "answer_id", "conversation_id", "assistant", "language", "asked_at", "in_queue_since", "state",
    "reasons", "weight", "reviewers_wanted", "assignee", "question", "answer", "rating", "rating_reason",
    "rating_comment", "reviewer", "verdict", "note", "reviewed_at", "correction_id", "correction_state",
    "cause", "right_answer", "corrected_by", "corrected_at", "right_since",
)  # fmt: skip
RELATED = (
    "message__conversation__assistant", "message__turn__question", "message__rating", "assignee",
)  # fmt: skip


def written(filters: Filters, user: User, form: str) -> AsyncIterator[str]:
    return row_files.written(partial(_page, filters, user), form, COLUMNS)


def _page(filters: Filters, user: User, last: ReviewItem | None) -> tuple[list[Row], ReviewItem | None]:
    """The worst first, as the page has them, but each answer by itself. After `last`, so that none is read
    twice."""
    found = narrowed(filters, user).worst_first().select_related(*RELATED)
    items = list((found.filter(behind(last)) if last else found)[:AT_ONCE])
    keys = [item.pk for item in items]
    reviews: dict[int, list[Review]] = {}
    for review in Review.objects.filter(item__in=keys).select_related("reviewer").order_by("pk"):
        reviews.setdefault(review.item_id, []).append(review)
    valid = Correction.objects.exclude(state=Correction.State.WITHDRAWN).select_related("author")
    corrections = {one.message_id: one for one in valid.filter(message__in=keys)}
    rows = [
        row for item in items for row in _rows(item, reviews.get(item.pk, []), corrections.get(item.pk), user)
    ]
    return rows, items[-1] if items else None


def _rows(
    item: ReviewItem, reviews: list[Review], correction: Correction | None, user: User
) -> Iterator[Row]:
    """Whoever is still to judge it unknowing does not read here what others say of it."""
    own = next((one for one in reviews if one.reviewer_id == user.pk), None)
    told = [] if is_blind(own, item) else reviews
    facts = _of_answer(item) | _of_correction(correction)
    each: list[Review | None] = [*told] or [None]
    for review in each:
        row = facts | _of_review(review)
        yield {name: row[name] for name in COLUMNS}


def _of_answer(item: ReviewItem) -> dict[str, Any]:
    answer = item.message
    rating = getattr(answer, "rating", None)
    return {
        "answer_id": answer.pk,
        "conversation_id": answer.conversation_id,
        "assistant": answer.conversation.assistant.name,
        "language": answer.language or answer.conversation.language,
        "asked_at": item.asked_at,
        "in_queue_since": item.created_at,
        "state": item.state,
        "reasons": " ".join(item.reasons),
        "weight": item.weight,
        "reviewers_wanted": item.wanted,
        "assignee": str(item.assignee or ""),
        "question": question_of(answer),
        "answer": answer.text,
        "rating": rating.score if rating else None,
        "rating_reason": rating.reason if rating else "",
        "rating_comment": rating.comment if rating else "",
    }


def _of_review(review: Review | None) -> dict[str, Any]:
    if review is None:
        return {"reviewer": "", "verdict": "", "note": "", "reviewed_at": None}
    facts = {"verdict": review.verdict, "note": review.note, "reviewed_at": review.updated_at}
    return {"reviewer": str(review.reviewer or ""), **facts}


def _of_correction(correction: Correction | None) -> dict[str, Any]:
    names = ("correction_id", "correction_state", "cause", "right_answer", "corrected_by", "corrected_at")
    if correction is None:
        return {**dict.fromkeys(names, ""), "right_since": None}
    said = (correction.pk, correction.state, correction.cause, correction.right_answer)
    by = (str(correction.author or ""), correction.created_at)
    return {**dict(zip(names, (*said, *by), strict=True)), "right_since": correction.right_at}
