"""What reviewers do. Each function is one action."""

from __future__ import annotations

from django.db import transaction

from accounts import audit
from accounts.models import User
from conversations.models import Message
from evaluation.reviews.picking import note
from evaluation.reviews.rows import Reason, Review, ReviewItem, ReviewItemQuerySet, Verdict

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
def dismiss(item: ReviewItem, alike: ReviewItemQuerySet | None = None) -> int:
    """Not worth a review, nor are the others to the same question; returns how many there were in all."""
    number = _move(item, alike, State.OPEN, State.DISMISSED)
    audit.record(audit.Action.DISCARDED, item, after={"answers": number})
    return number


@transaction.atomic
def put_back(item: ReviewItem, alike: ReviewItemQuerySet | None = None) -> int:
    """They were passed over by mistake; returns how many wait for a review again."""
    number = _move(item, alike, State.DISMISSED, State.OPEN)
    if number:
        audit.record(audit.Action.CHANGED, item, after={"state": State.OPEN, "answers": number})
    return number


def _move(item: ReviewItem, alike: ReviewItemQuerySet | None, before: str, after: str) -> int:
    """Those that are still as they were when somebody looked."""
    others = [] if alike is None else alike.order_by().values_list("pk", flat=True)
    rows = ReviewItem.objects.select_for_update().filter(pk__in=[item.pk, *others]).order_by("pk")
    moved = [row.pk for row in rows if row.state == before]
    return ReviewItem.objects.filter(pk__in=moved).update(state=after)


@transaction.atomic
def ask_another(item: ReviewItem) -> None:
    """One more reviewer is to judge it."""
    locked = ReviewItem.objects.select_for_update().get(pk=item.pk)
    locked.wanted = locked.reviews.count() + 1
    locked.state = State.OPEN
    locked.save(update_fields=["wanted", "state"])
