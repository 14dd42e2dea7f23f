"""The staff's list of conversations: which are shown, in which order, and how many there are of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from conversations import guidance_counts
from conversations.inbox import behind, mentioning
from conversations.inbox.filters import NOBODY, Filters, number
from conversations.inbox.searching import having
from conversations.models import (
    Conversation,
    ConversationQuerySet,
    ConversationRating,
    Message,
    Owner,
    Rating,
    Status,
    Team,
)

MOST_COUNTED = 1_000
COUNTED = ("active", "waiting", "mine", "snoozed")
UNHAPPY = 2  # of 5, and below
ACTIVE = (Status.OPEN, Status.WAITING)
NEWEST = F("last_message_at").desc()  # of rows that have one: NULLS FIRST, as the indexes are
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "": (F("waiting_since").asc(), NEWEST),
    "newest": (NEWEST,),
    "oldest": (F("last_message_at").asc(),),
    "due": (F("reply_due_at").asc(), F("waiting_since").asc(), NEWEST),
}


def shown(conversations: ConversationQuerySet, filters: Filters, *, user: User) -> ConversationQuerySet:
    """Those that the filters let through, in their order."""
    found = conversations.begun().filter(_condition(filters.show, user))
    found = found.filter(*_narrowed(filters))
    if filters.step:
        found = found.filter(filters.step.condition())
    if filters.guidance:
        found = found.filter(guidance_counts.behind(filters.guidance))
    if filters.behind and (number_shown := behind.read(filters.behind)):
        found = found.filter(number_shown.condition())
    return having(found, filters.words).order_by(*_order(filters, user))


def _order(filters: Filters, user: User) -> tuple[Any, ...]:
    """Of those where one is mentioned, what one has not seen yet comes first."""
    unseen = filters.show == "mentions" and not filters.order
    return (mentioning.waits_for(user).desc(), NEWEST) if unseen else ORDERS[filters.order]


def _condition(show: str, user: User) -> Q:
    return {
        "active": Q(status__in=ACTIVE),
        "waiting": Q(status=Status.WAITING),
        "mine": Q(assignee=user, status__in=ACTIVE) & Q(owner=Owner.PERSON),
        "mentions": mentioning.calls(user),
        "snoozed": Q(status=Status.SNOOZED),
        "resolved": Q(status=Status.RESOLVED),
        "all": Q(),
    }[show]


def for_me(user: User) -> Q:
    """What waits for this person: given to them, or to nobody yet in a team of theirs or in none; and where a
    customer has answered them."""
    teams = Team.objects.filter(Q(members=user) | Q(members=None)).values("pk")
    nobodys = Q(assignee=None) & (Q(team=None) | Q(team__in=teams))
    answered = Q(status=Status.OPEN, owner=Owner.PERSON, assignee=user, last_speaker=Message.Kind.CUSTOMER)
    return Q(status=Status.WAITING) & (Q(assignee=user) | nobodys) | answered


def _narrowed(filters: Filters) -> list[Q]:
    conditions = [
        *_of(filters.assignee, "assignee"),
        *_of(filters.team, "team"),
        *(Q(pk__in=_labelled(label)) for label in filters.labels),
        *([Q(handoff_reason=filters.reason)] if filters.reason else []),
        *([Q(language=filters.language)] if filters.language else []),
        *([Q(assistant=filters.assistant)] if filters.assistant else []),
        *([_RATED[filters.rated]()] if filters.rated else []),
    ]
    if filters.since:
        conditions.append(Q(last_message_at__gte=_begin_of(filters.since)))
    if filters.until:
        conditions.append(Q(last_message_at__lt=_begin_of(filters.until + timedelta(days=1))))
    return conditions


def _of(key: str, name: str) -> list[Q]:
    if not key:
        return []
    return [Q(**{f"{name}__isnull": True})] if key == NOBODY else [Q(**{name: number(key)})]


def _labelled(label: int) -> Any:
    return Conversation.labels.through.objects.filter(label=label).values("conversation")


def _answers_rated(score: int) -> Q:
    return Q(Exists(Rating.objects.filter(message__conversation=OuterRef("pk"), score=score)))


def _unhappy() -> Q:
    low = ConversationRating.objects.filter(message__conversation=OuterRef("pk"), score__lte=UNHAPPY)
    return Q(Exists(low))


_RATED = {"down": lambda: _answers_rated(-1), "up": lambda: _answers_rated(1), "unhappy": _unhappy}


def _begin_of(day: Any) -> datetime:
    """In the reader's time zone."""
    return timezone.make_aware(datetime.combine(day, time()))


def counts(conversations: ConversationQuerySet, *, user: User) -> dict[str, int]:
    """How many wait, are mine, and so on, whatever is searched for; MOST_COUNTED for as many or more."""
    begun = conversations.begun().select_related(None)
    kinds = {show: begun.filter(_condition(show, user)) for show in COUNTED}
    kinds["mentions"] = begun.filter(mentioning.waits_for(user))  # those that were not seen yet
    kinds["for_me"] = begun.filter(for_me(user))
    counted = {f"{show}_count": _count(conversations) for show, conversations in kinds.items()}
    found: Any = User.objects.filter(pk=user.pk).values(**counted).get()
    return {show: found[f"{show}_count"] for show in kinds}


def _count(conversations: ConversationQuerySet) -> Func:
    """Of no more than matter: who reads "1,000" does not want a million rows to be read."""
    some = ArraySubquery(conversations.order_by().values("pk")[:MOST_COUNTED])
    return Func(some, function="CARDINALITY", output_field=IntegerField())


def earlier(conversation: Conversation, *, limit: int = 5) -> list[Conversation]:
    """What else this customer has talked about, newest first."""
    others = (
        Conversation.objects.begun().filter(customer=conversation.customer_id).exclude(pk=conversation.pk)
    )
    return list(others.order_by("-last_message_at")[:limit])
