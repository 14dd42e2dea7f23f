"""What colleagues have done with an answer since somebody opened it: told before they judge it too."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from conversations.inbox.filters import number
from evaluation.reviews.rows import Review, ReviewItem

State = ReviewItem.State


@dataclass(frozen=True, slots=True)
class Stand:
    """How it stood: the state, whose it was (0: nobody's), how many colleagues had judged it."""

    state: str = ""
    assignee: int = 0
    reviews: int = 0

    @classmethod
    def read(cls, said: str) -> Stand | None:
        """None for what is none."""
        state, _dot, rest = said.partition(".")
        assignee, _dot, reviews = rest.partition(".")
        stand = cls(state, number(assignee), number(reviews))
        return stand if str(stand) == said and state in ("", *State) else None

    def __str__(self) -> str:
        return f"{self.state}.{self.assignee}.{self.reviews}"


def stand_of(item: ReviewItem | None, others: int) -> Stand:
    """`others`: how many colleagues have judged it."""
    return Stand(item.state, item.assignee_id or 0, others) if item else Stand()


def meanwhile(item: ReviewItem, stood: Stand, user: User) -> list[str]:
    """In words; nothing where it stands as it did."""
    now = stand_of(item, _by_others(item, user).count())
    said = _judged(item, user, now.reviews - stood.reviews)
    if now.state != stood.state and now.state == State.DISMISSED:
        said.append(_("A colleague has passed it over."))
    if now.state != stood.state and now.state == State.COVERED:
        said.append(_("It was put right with another answer to the same question."))
    if now.assignee != stood.assignee and now.assignee:
        mine = now.assignee == user.pk
        given = _("It was given to you.") if mine else _("It was given to %(name)s.")
        said.append(given % {"name": item.assignee})
    return said


def _judged(item: ReviewItem, user: User, new: int) -> list[str]:
    """Who is to judge unknowing is not told what others said, nor who they are."""
    if new <= 0:
        return []
    unknowing = item.wanted > 1 and not item.reviews.filter(reviewer=user).exists()
    newest = list(_by_others(item, user).select_related("reviewer").order_by("-pk")[:new])
    if unknowing:
        return [_("A colleague has reviewed it.")]
    return [
        _("%(name)s has reviewed it: %(verdict)s.")
        % {"name": one.reviewer or _("Somebody"), "verdict": one.get_verdict_display()}
        for one in reversed(newest)
    ]


def _by_others(item: ReviewItem, user: User) -> QuerySet[Review]:
    return Review.objects.filter(~Q(reviewer=user) | Q(reviewer=None), item=item)
