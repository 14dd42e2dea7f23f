"""What staff do about what was found, each in one click."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from typing import Literal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from knowledge import counting, proposing, publishing
from knowledge.models import Document, Finding, Proposal

REVIEWED_FOR = 6  # months, where its category says nothing else

Kept = Literal["kept", "proposed", "decided", "open_already"]


@transaction.atomic
def keep(finding: Finding, kept: Document, *, author: User | None) -> Kept:
    """Keep one of two articles: the other becomes a draft, and its questions and keywords go over, or are
    proposed to. Nothing is done when somebody was quicker, or a proposal of the author's stands in the way.
    """
    _lock_sources(finding)
    open_ones = Finding.objects.filter(pk=finding.pk, state=Finding.State.OPEN)
    published = Document.objects.published().filter(pk__in=[finding.document_id, finding.other_id])
    if len(both := {document.pk: document for document in published}) != 2 or not open_ones.exists():
        return "decided"
    kept = both.pop(kept.pk)
    [other] = both.values()
    kept.questions = _joined(kept.questions, other.questions)
    kept.keywords = _joined(kept.keywords, other.keywords)
    done = proposing.save_or_propose(kept, author=author)
    if done == "open_already":
        return "open_already"
    publishing.unpublish(other)
    _decide(finding, Finding.State.DEALT_WITH, author)
    return "proposed" if isinstance(done, Proposal) else "kept"


def _lock_sources(finding: Finding) -> None:
    """In the order of their keys, as everybody does."""
    pair = Document.objects.filter(pk__in=[finding.document_id, finding.other_id])
    for source in sorted(set(pair.values_list("source", flat=True))):
        counting.lock_source(source)


def _joined(own: Iterable[str], more: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*own, *more]))


def dismiss(finding: Finding, *, by: User | None) -> None:
    """It is no duplicate, or no contradiction: not shown again while both say what they say now."""
    _decide(finding, Finding.State.DISMISSED, by)


def _decide(finding: Finding, state: str, by: User | None) -> None:
    Finding.objects.filter(pk=finding.pk, state=Finding.State.OPEN).update(
        state=state, decided_at=timezone.now(), decided_by=by
    )


def still_right(document: Document, *, today: date) -> date:
    """Somebody has read it: to be reviewed again after some months. Returns the day."""
    months = (document.category and document.category.review_months) or REVIEWED_FOR
    day = after_months(today, months)
    Document.objects.filter(pk=document.pk).update(review_by=day)
    return day


def after_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
