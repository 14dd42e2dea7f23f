"""Which answers a dataset is made of: reviewed as right, corrected, or given by staff."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from conversations.models import Conversation, Message, Status
from evaluation.corrections.rows import Correction
from evaluation.reviews.rows import Review, Verdict
from training.examples.asked import Asked
from training.examples.rows import Dataset, Form, Origin

FIRST, LAST = date(1900, 1, 1), date(9000, 1, 1)
MOST = 5_000  # answers and conversations, the newest
Unit = tuple[str, str]  # where it comes from, and its key


def units(dataset: Dataset) -> tuple[list[Unit], bool]:
    """The newest first, and whether there are more than a dataset takes."""
    asked, found = Asked.from_json(dataset.asked), list[tuple[datetime, Unit]]()
    for origin, rows, at in _all(dataset, asked):
        newest = rows.order_by(f"-{at}", "-pk").values_list(at, "pk")[: MOST + 1]
        found += [(moment, (origin, str(pk))) for moment, pk in newest]
    found.sort(reverse=True)
    return [unit for _moment, unit in found[:MOST]], len(found) > MOST


def _all(dataset: Dataset, asked: Asked) -> list[tuple[str, QuerySet[Any], str]]:
    """A pair needs a wrong answer: only corrections have one."""
    every: list[tuple[str, QuerySet[Any], str]] = [
        (Origin.REVIEW, _reviewed(dataset, asked), "created_at"),
        (Origin.CORRECTION, _corrected(dataset, asked), "created_at"),
        (Origin.STAFF, _by_staff(dataset, asked), "resolved_at"),
    ]
    wanted = set(asked.origins) & ({Origin.CORRECTION} if dataset.form == Form.PREFERENCE else set(Origin))
    return [one for one in every if one[0] in wanted]


def _reviewed(dataset: Dataset, asked: Asked) -> QuerySet[Message]:
    """At least one says that it is right; what the others say is looked at later. What was corrected is taken
    as a correction."""
    right = Review.objects.filter(item=OuterRef("pk"), verdict=Verdict.RIGHT)
    spoken = Coalesce(NullIf("language", Value("")), F("conversation__language"))
    rows = Message.objects.filter(Exists(right), kind=Message.Kind.ASSISTANT)
    rows = rows.filter(conversation__assistant=dataset.assistant).annotate(spoken=spoken)
    return _within(rows, asked, "spoken", "created_at").exclude(Exists(_put_right("pk")))


def _put_right(key: str) -> QuerySet[Correction]:
    valid = Correction.objects.exclude(state=Correction.State.WITHDRAWN)
    return valid.filter(message=OuterRef(key))


def _corrected(dataset: Dataset, asked: Asked) -> QuerySet[Correction]:
    rows = Correction.objects.exclude(state=Correction.State.WITHDRAWN).filter(assistant=dataset.assistant)
    return _within(rows, asked, "language", "created_at")


def _by_staff(dataset: Dataset, asked: Asked) -> QuerySet[Conversation]:
    """What suggestions for the knowledge are made of, too: conversations that are over."""
    persons = Message.objects.filter(conversation=OuterRef("pk"), kind=Message.Kind.PERSON)
    rows = Conversation.objects.filter(Exists(persons), status=Status.RESOLVED, resolved_at__isnull=False)
    return _within(rows.filter(assistant=dataset.assistant), asked, "language", "resolved_at")


def _within(rows: QuerySet[Any], asked: Asked, language: str, at: str) -> QuerySet[Any]:
    wanted = Q()
    if asked.languages:
        wanted &= Q(**{f"{language}__in": asked.languages})
    if asked.since:
        wanted &= Q(**{f"{at}__gte": _midnight(asked.since)})
    if asked.until:
        wanted &= Q(**{f"{at}__lt": _midnight(asked.until) + timedelta(days=1)})
    return rows.filter(wanted)


def _midnight(day: date) -> datetime:
    """Of a day that calendars can reckon with."""
    return timezone.make_aware(datetime.combine(min(max(day, FIRST), LAST), time.min))
