"""What reviewers do. Each function is one action."""

from __future__ import annotations

from django.db import transaction

from accounts import audit
from accounts.models import User
from conversations.models import Message
from evaluation.reviews.picking import note
from evaluation.reviews.rows import Reason, Review, ReviewItem, Verdict

State = ReviewItem.State


def item_of(message: Message) -> ReviewItem:
    """Its place in the queue; what somebody looks at without having been led to it gets one."""
    with transaction.atomic():
        found = ReviewItem.objects.filter(pk=message.pk).first() or note(message, [Reason.CHOSEN])
    assert found is not None
    return found


@transaction.atomic
def judge(item: ReviewItem, *, reviewer: User, verdict: str, remark: str = "") -> Review:
    """Keep what they say of it; once enough have, it is done."""
    locked = ReviewItem.objects.select_for_update().get(pk=item.pk)
    said = {"verdict": Verdict(verdict), "note": remark.replace("\x00", "").strip()}
    review, _new = Review.objects.update_or_create(item=locked, reviewer=reviewer, defaults=said)
    enough = locked.reviews.count() >= locked.wanted
    locked.state = State.DONE if enough else State.OPEN
    locked.save(update_fields=["state"])
    return review


@transaction.atomic
def assign(item: ReviewItem, person: User | None) -> None:
    """To somebody, or to nobody."""
    locked = ReviewItem.objects.select_for_update().get(pk=item.pk)
    locked.assignee = person
    locked.save(update_fields=["assignee"])
    audit.record(audit.Action.ASSIGNED, locked, after={"assignee": str(person or "")})


@transaction.atomic
def dismiss(item: ReviewItem) -> None:
    """Not worth a review."""
    _move(item, State.DISMISSED)


@transaction.atomic
def ask_another(item: ReviewItem) -> None:
    """One more reviewer is to judge it."""
    locked = ReviewItem.objects.select_for_update().get(pk=item.pk)
    locked.wanted = locked.reviews.count() + 1
    locked.state = State.OPEN
    locked.save(update_fields=["wanted", "state"])


def _move(item: ReviewItem, state: str) -> None:
    locked = ReviewItem.objects.select_for_update().get(pk=item.pk)
    locked.state = state
    locked.save(update_fields=["state"])
    audit.record(audit.Action.DISCARDED, locked)
