"""The staff's list of conversations: which are shown, in which order, and how many there are of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.models import User
from conversations import guidance_counts
from conversations.inbox import behind, mentioning
from conversations.inbox.few import found_in, is_few, row_by_row
from conversations.inbox.filters import NOBODY, Filters, number
from conversations.inbox.places import ORDERS, Place
from conversations.inbox.searching import having
from conversations.models import (
    Conversation,
    ConversationQuerySet,
    ConversationRating,
    Label,
    ListWork,
    Message,
    Owner,
    Rating,
    SavedView,
    Status,
    Team,
)

MOST_COUNTED = 1_000
COUNTED = ("active", "waiting", "mine", "snoozed")
UNHAPPY = 2  # of 5, and below
ACTIVE = (Status.OPEN, Status.WAITING)


def shown(conversations: ConversationQuerySet, filters: Filters, *, user: User) -> ConversationQuerySet:
    """Those that the filters let through, in their order."""
    narrowed = [*_narrowed(filters), *_found_elsewhere(filters), having(filters.words)]
    found = conversations.begun().filter(_condition(filters.show, user), *narrowed)
    order = sorted_by(filters)
    # Of those where one is mentioned, what one has not seen yet comes first.
    unseen = filters.show == "mentions" and not filters.order
    if place := Place.read(filters.after, order):
        found = found.filter(place.behind_for(user) if unseen else place.behind(order))
    first = [mentioning.waits_for(user).desc()] if unseen else []
    few = any(map(is_few, narrowed))
    return found.order_by(*first, *(by.order(indexed=not few) for by in ORDERS[order]), "pk")


def _found_elsewhere(filters: Filters) -> list[Q]:
    number_shown = behind.read(filters.behind) if filters.behind else None
    return [
        *([_RATED[filters.rated]()] if filters.rated else []),
        *([filters.step.condition()] if filters.step else []),
        *([guidance_counts.behind(filters.guidance)] if filters.guidance else []),
        *([number_shown.condition()] if number_shown else []),
    ]


def sorted_by(filters: Filters) -> str:
    return "newest" if filters.show == "mentions" and not filters.order else filters.order


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
    return _rated_so(Rating.objects.filter(score=score))


def _unhappy() -> Q:
    return _rated_so(ConversationRating.objects.filter(score__lte=UNHAPPY))


def _rated_so(rows: QuerySet[Any]) -> Q:
    keys = rows.values_list("conversation", flat=True)
    return found_in(keys, lambda: row_by_row(Exists(rows.filter(conversation=OuterRef("pk")))))


_RATED = {"down": lambda: _answers_rated(-1), "up": lambda: _answers_rated(1), "unhappy": _unhappy}


def _begin_of(day: Any) -> datetime:
    """In the reader's time zone."""
    return timezone.make_aware(datetime.combine(day, time()))


def with_what_rows_show(conversations: ConversationQuerySet, *, user: User) -> ConversationQuerySet:
    """Beside each conversation its `sorted_by`, the labels, and `calls_me`: all in the one statement."""
    its = Label.objects.filter(conversations=OuterRef("pk"))
    labels = ArraySubquery(its.values(as_json=JSONObject(name="name", colour="colour", about="about")))
    return conversations.annotate(calls_me=mentioning.waits_for(user), sorted_by=labels)


@dataclass(frozen=True, slots=True)
class Beside:
    """`counts`: how many wait, are mine, and so on, whatever is searched for; MOST_COUNTED for as many or
    more. `views`: those that are kept. `work`: what is being done to a whole list for them; 0 for nothing."""

    counts: dict[str, int]
    views: list[SavedView]
    work: int


def beside_the_list(conversations: ConversationQuerySet, *, user: User) -> Beside:
    """In one statement: every page with a list asks for all of it."""
    begun = conversations.begun().select_related(None)
    kinds = {show: begun.filter(_condition(show, user)) for show in COUNTED}
    kinds["mentions"] = begun.filter(mentioning.waits_for(user))  # those that were not seen yet
    kinds["for_me"] = begun.filter(for_me(user))
    counted = {f"{show}_count": _count(conversations) for show, conversations in kinds.items()}
    views = SavedView.objects.filter(Q(user=user) | Q(user=None))
    kept = ArraySubquery(
        views.values(as_json=JSONObject(id="pk", user_id="user_id", name="name", query="query"))
    )
    work = ArraySubquery(ListWork.objects.filter(user=user, state__in=ListWork.OPEN).values("pk"))
    found: Any = User.objects.filter(pk=user.pk).values(kept=kept, work=work, **counted).get()
    return Beside(
        {show: found[f"{show}_count"] for show in kinds},
        [SavedView(**view) for view in found["kept"]],
        next(iter(found["work"]), 0),
    )


def _count(conversations: ConversationQuerySet) -> Func:
    """Of no more than matter: who reads "1,000" does not want a million rows to be read."""
    some = ArraySubquery(conversations.order_by().values(one=Value(1))[:MOST_COUNTED])
    return Func(some, function="CARDINALITY", output_field=IntegerField())


def earlier(conversation: Conversation, *, limit: int = 5) -> list[Conversation]:
    """What else this customer has talked about, newest first."""
    others = (
        Conversation.objects.begun().filter(customer=conversation.customer_id).exclude(pk=conversation.pk)
    )
    return list(others.order_by("-last_message_at")[:limit])
