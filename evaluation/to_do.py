"""What waits for a member of staff in the review queue and among corrections."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from conversations.inbox.to_do import Work, declare
from evaluation.corrections.rows import Cause, Correction
from evaluation.reviews.queueing import one_for_each, waiting_for
from evaluation.reviews.rows import ReviewItem
from flows.models import Flow
from knowledge.models import Document, Revision

State, Status = Correction.State, Document.Status


def corrections_for(user: User) -> QuerySet[Correction]:
    """Theirs that are still wrong although what should have helped is published; and for who may publish,
    everybody's whose article or rule is written and not before customers yet."""
    wrong = Correction.objects.filter(state=State.WRONG)
    waits = Q(author=user, check_due_at=None) & _published()
    if user.may(Role.EDITOR):
        waits |= Q(wrote_document=True, document__status=Status.DRAFT) | Q(guidance__enabled=False)
    return wrong.filter(waits)


def _published() -> Q:
    """Whatever was to put it right is what customers get."""
    since = Revision.objects.filter(document=OuterRef("document"), created_at__gte=OuterRef("created_at"))
    article = Q(document__status=Status.PUBLISHED) & (Q(wrote_document=True) | Exists(since))
    flow = Flow.objects.filter(key=OuterRef("flow"), published__created_at__gte=OuterRef("created_at"))
    return article | Q(guidance__enabled=True) | Q(Exists(flow), cause=Cause.FLOW)


def reviews_for(user: User) -> QuerySet[ReviewItem]:
    """The rows of the queue that wait for them: what many have asked is one."""
    return one_for_each(waiting_for(user))


REVIEW = declare(Work("review", reviews_for))
CORRECTIONS = declare(Work("corrections", corrections_for))
