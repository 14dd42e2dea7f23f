"""What staff do about gaps. Each function is one action."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from evaluation.models import Gap, GapQuestion
from evaluation.placing import one_at_a_time
from knowledge import proposing, publishing
from knowledge.intake.items import MOST_QUESTIONS
from knowledge.models import Document

State = Gap.State


def assign(gaps: Sequence[Gap], person: User | None) -> None:
    """To somebody, or to nobody. What was closed is open again then."""
    state = State.ASSIGNED if person else State.OPEN
    Gap.objects.filter(pk__in=[gap.pk for gap in gaps]).update(assignee=person, state=state)
    for gap in gaps:
        audit.record(audit.Action.ASSIGNED, gap, after={"assignee": str(person or ""), "state": state})


def dismiss(gaps: Sequence[Gap]) -> None:
    """Not to be answered: the same question does not come back as another gap."""
    Gap.objects.filter(pk__in=[gap.pk for gap in gaps]).update(state=State.DISMISSED, check_due_at=None)
    for gap in gaps:
        audit.record(audit.Action.DISCARDED, gap)


def reopen(gap: Gap) -> None:
    assign([gap], gap.assignee)


def rename(gap: Gap, title: str) -> None:
    Gap.objects.filter(pk=gap.pk).update(title=title)


def check_again(gap: Gap) -> None:
    """As soon as its article is in the index; at once if it has none."""
    Gap.objects.filter(pk=gap.pk).update(check_due_at=timezone.now())


@transaction.atomic
def merge(gaps: Sequence[Gap]) -> Gap:
    """All questions into the one that somebody sees to, else the largest."""
    one_at_a_time()
    rows = list(Gap.objects.filter(pk__in=[gap.pk for gap in gaps]).counted().order_by("-times", "pk"))
    kept = next((gap for gap in rows if gap.assignee_id), rows[0])
    others = [gap for gap in rows if gap.pk != kept.pk]
    GapQuestion.objects.filter(gap__in=others).update(gap=kept)
    if kept.document_id is None:
        kept.document_id = next((gap.document_id for gap in others if gap.document_id), None)
        kept.save(update_fields=["document"])
    audit.record(audit.Action.CHANGED, kept, after={"merged_with": [str(gap.pk) for gap in others]})
    Gap.objects.filter(pk__in=[gap.pk for gap in others]).delete()
    return kept


@transaction.atomic
def split(gap: Gap, questions: Sequence[int]) -> Gap | None:
    """Make a gap of some of its questions; None when that would move none or all."""
    one_at_a_time()
    chosen = gap.questions.filter(pk__in=questions)
    first = chosen.last()
    if first is None or not gap.questions.exclude(pk__in=questions).exists():
        return None
    other = Gap.objects.create(title=first.text[:300])
    chosen.update(gap=other)
    return other


@transaction.atomic
def answer(gap: Gap, *, title: str, body: str, language: str, author: User | None) -> Document:
    """Publish an article found by the gap's questions, and have them asked again when it is indexed. Where
    that needs somebody else's approval it is proposed, and a draft until then."""
    document = Document(
        source=publishing.written_here(),
        title=title,
        body=body,
        language=language,
        questions=wordings(gap),
        owner=author,
        status=Document.Status.PUBLISHED,
    )
    proposing.save_or_propose(document, author=author)
    state = State.ASSIGNED if author or gap.assignee_id else State.OPEN
    Gap.objects.filter(pk=gap.pk).update(
        document=document, assignee=gap.assignee or author, state=state, check_due_at=timezone.now()
    )
    return document


def wordings(gap: Gap) -> list[str]:
    """The ways in which it was asked, the newest first, each once."""
    asked = gap.questions.values_list("text", flat=True)[: 4 * MOST_QUESTIONS]
    return list({text.casefold(): text[:300] for text in asked}.values())[:MOST_QUESTIONS]


def forget_empty() -> None:
    """A gap whose questions were deleted with their conversations, and that nobody has touched."""
    untouched = Gap.objects.filter(state=State.OPEN, document=None, questions=None)
    untouched.delete()
