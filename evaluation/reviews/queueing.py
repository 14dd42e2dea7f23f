"""Which answer comes next for a reviewer, and what narrows the queue: filters that stand in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from evaluation.reviews.rows import Reason, Review, ReviewItem, ReviewItemQuerySet

State = ReviewItem.State
LOOKED_FOR = timedelta(minutes=5)  # so long nobody else is led to what somebody has open
SHOWN = 60  # of the queue, beside the answer
DISAGREED = "disagreed"
STATES = (State.OPEN, State.DONE, DISAGREED, State.COVERED, State.DISMISSED)
MINE, NOBODY = "me", "nobody"


@dataclass(frozen=True)
class Filters:
    """`""` is everything. `state`: one of STATES; `whose`: "me" or "nobody"."""

    state: str = State.OPEN
    reason: str = ""
    whose: str = ""
    language: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Self:
        """What cannot be meant is left out."""
        known = {
            "state": {str(one) for one in STATES},
            "reason": set(Reason.values),
            "whose": {MINE, NOBODY},
            "language": set(dict(settings.LANGUAGES)),
        }
        wanted = {name: asked.get(name, "") for name in known}
        return cls(**{name: value for name, value in wanted.items() if value in known[name]})

    def query(self) -> str:
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        return urlencode({name: value for name, value in told.items() if value != getattr(type(self), name)})

    @property
    def narrows(self) -> bool:
        return bool(self.query())


def queue(filters: Filters, user: User) -> ReviewItemQuerySet:
    """The items that fit, the worst first."""
    found = ReviewItem.objects.all()
    if filters.state == DISAGREED:
        found = found.filter(pk__in=disagreed())
    else:
        found = found.filter(state=filters.state)
    if filters.reason:
        found = found.filter(reasons__contains=[filters.reason])
    if filters.whose:
        found = found.filter(assignee=user if filters.whose == MINE else None)
    if filters.language:
        found = found.filter(message__language=filters.language)
    return found.worst_first()


def disagreed() -> ReviewItemQuerySet:
    """What its reviewers judge in different ways."""
    found = Review.objects.values("item").annotate(ways=Count("verdict", distinct=True)).filter(ways__gt=1)
    return ReviewItem.objects.filter(pk__in=found.values("item"))


def waiting_for(user: User) -> ReviewItemQuerySet:
    """What this person can still judge: given to them or to nobody, and not judged by them."""
    own = Review.objects.filter(item=OuterRef("pk"), reviewer=user)
    mine = Q(assignee=user) | Q(assignee=None)
    return ReviewItem.objects.filter(mine, ~Exists(own), state=State.OPEN)


def next_for(user: User, filters: Filters, *, after: ReviewItem | None = None) -> ReviewItem | None:
    """The worst that waits for them and that no colleague has open; `after` one, what comes behind it."""
    waiting = queue(filters, user)
    if filters.state == State.OPEN:
        just_now = timezone.now() - LOOKED_FOR
        elsewhere = Q(looked_at__gt=just_now) & ~Q(looked_by=user)
        waiting = waiting.filter(pk__in=waiting_for(user).values("pk")).exclude(elsewhere)
    if after is not None:
        behind = waiting.exclude(pk=after.pk).filter(_behind(after)).first()
        return behind or waiting.exclude(pk=after.pk).first()
    return waiting.first()


def _behind(item: ReviewItem) -> Q:
    """In the order of `worst_first`."""
    same = Q(weight=item.weight)
    older = Q(asked_at__lt=item.asked_at) | Q(asked_at=item.asked_at, pk__lt=item.pk)
    return Q(weight__lt=item.weight) | same & older


def look_at(item: ReviewItem, user: User) -> None:
    """They have it open."""
    ReviewItem.objects.filter(pk=item.pk).update(looked_by=user, looked_at=timezone.now())
