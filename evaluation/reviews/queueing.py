"""Which answer comes next for a reviewer, and what narrows the queue: filters that stand in the URL.

Answers to the very same question stand in it as one, the worst of them. Those that several judge unknowing
stand by themselves: how far reviewers agree is told of the very answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from accounts.models import User
from conversations.inbox.filters import number
from evaluation.reviews.rows import Reason, Review, ReviewItem, ReviewItemQuerySet

State = ReviewItem.State
LOOKED_FOR = timedelta(minutes=5)  # so long nobody else is led to what somebody has open
SHOWN = 60  # of the queue, beside the answer
DISAGREED = "disagreed"
STATES = (State.OPEN, State.DONE, DISAGREED, State.COVERED, State.DISMISSED)
MINE, NOBODY = "me", "nobody"


@dataclass(frozen=True)
class Filters:
    """`""` is everything. `state`: one of STATES; `whose`: "me" or "nobody"; `like`: the number of an answer,
    to see each of those to its question."""

    state: str = State.OPEN
    reason: str = ""
    whose: str = ""
    language: str = ""
    like: str = ""

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
        like = str(number(asked.get("like", "")) or "")
        return cls(**{name: value for name, value in wanted.items() if value in known[name]}, like=like)

    def query(self, **changes: Any) -> str:
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        told |= {name: str(value) for name, value in changes.items()}
        return urlencode({name: value for name, value in told.items() if value != getattr(type(self), name)})

    @property
    def narrows(self) -> bool:
        return bool(self.query())


def queue(filters: Filters, user: User) -> ReviewItemQuerySet:
    """What stands in it, the worst first: of the items that fit, one for each question."""
    found = narrowed(filters, user)
    if filters.state == DISAGREED or filters.like:
        return found.worst_first()
    return one_for_each(found).worst_first()


def narrowed(filters: Filters, user: User) -> ReviewItemQuerySet:
    """The items that fit, each by itself."""
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
    if filters.like:
        its = ReviewItem.objects.filter(pk=int(filters.like)).values("same_question")
        found = found.filter(same_question=Subquery(its))
    return found


def one_for_each(found: ReviewItemQuerySet) -> ReviewItemQuerySet:
    """Of those to the very same question the worst, which knows how many `others` there are.

    Asked of each row in its turn, with one look into the index: a page reads no more rows than it shows and
    those that stand behind them.
    """
    same = found.filter(same_question=OuterRef("same_question"), wanted=1)
    alone = When(Q(same_question=None) | Q(wanted__gt=1), then=Value(True))
    worst = When(Q(pk=Subquery(same.worst_first().values("pk")[:1])), then=Value(True))
    leads = Case(alone, worst, default=Value(False), output_field=BooleanField())
    number_of = same.order_by().values("same_question").annotate(number=Count("pk")).values("number")
    others = Case(
        When(Q(same_question=None) | Q(wanted__gt=1), then=Value(0)),
        default=Subquery(number_of) - Value(1),
        output_field=IntegerField(),
    )
    return found.filter(leads).annotate(others=others)


def stands_for(rows: Sequence[ReviewItem], item: ReviewItem | None) -> ReviewItem | None:
    """The row of the queue that is the item, or behind which it is found."""
    if item is None:
        return None
    itself = next((row for row in rows if row.pk == item.pk), None)
    if itself or item.same_question is None or item.wanted > 1:
        return itself
    return next((row for row in rows if row.same_question == item.same_question and row.wanted == 1), None)


def like(item: ReviewItem, filters: Filters, user: User) -> ReviewItemQuerySet:
    """The others that are passed over with it, or put back: to the same question, as they are narrowed now,
    and given to nobody else. What several judge unknowing is passed over by itself."""
    if item.same_question is None or item.wanted > 1 or filters.like or filters.state != item.state:
        return ReviewItem.objects.none()
    found = narrowed(filters, user).filter(Q(assignee=user) | Q(assignee=None))
    return found.filter(same_question=item.same_question, wanted=1).exclude(pk=item.pk)


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
    """The worst that waits for them and that no colleague has open; `after` one, what comes behind it and was
    asked in other words."""
    waiting = narrowed(filters, user).worst_first()
    if filters.state == State.OPEN:
        just_now = timezone.now() - LOOKED_FOR
        elsewhere = Q(looked_at__gt=just_now) & ~Q(looked_by=user)
        waiting = waiting.filter(pk__in=waiting_for(user).values("pk")).exclude(elsewhere)
    if after is None:
        return waiting.first()
    others = waiting.exclude(pk=after.pk)
    alone = bool(filters.like) or after.same_question is None
    new = others if alone else others.exclude(same_question=after.same_question, wanted=1)
    return new.filter(behind(after)).first() or new.first() or others.first()


def behind(item: ReviewItem) -> Q:
    """In the order of `worst_first`."""
    same = Q(weight=item.weight)
    older = Q(asked_at__lt=item.asked_at) | Q(asked_at=item.asked_at, pk__lt=item.pk)
    return Q(weight__lt=item.weight) | same & older


def look_at(item: ReviewItem, user: User) -> None:
    """They have it open."""
    ReviewItem.objects.filter(pk=item.pk).update(looked_by=user, looked_at=timezone.now())
