"""How customers fare with each release of an assistant: what its answers were, and how they were rated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from assistant.events import Outcome
from conversations.answer_rows import Trace
from conversations.ratings.rows import ConversationRating

GOOD, BAD = 4, 2  # of five: from there on up, and down


@dataclass(frozen=True, slots=True)
class Fared:
    """Counts. `helpful` and `not_helpful` are ratings of single answers; `good` and `bad` those of whole
    conversations in which it answered."""

    conversations: int = 0
    answers: int = 0
    answered: int = 0
    handed_over: int = 0
    helpful: int = 0
    not_helpful: int = 0
    good: int = 0
    bad: int = 0

    @property
    def ratings(self) -> int:
        return self.helpful + self.not_helpful


def fared(assistant: int, release: int | None, since: datetime, until: datetime | None = None) -> Fared:
    """`release` None: the settings. Two queries."""
    traces = _traces(assistant, release, since, until)
    counted = traces.aggregate(
        conversations=Count("message__conversation", distinct=True),
        answers=Count("pk"),
        answered=Count("pk", filter=Q(message__outcome=Outcome.ANSWERED)),
        handed_over=Count("pk", filter=Q(message__outcome=Outcome.HANDOFF)),
        helpful=Count("pk", filter=Q(message__rating__score=1)),
        not_helpful=Count("pk", filter=Q(message__rating__score=-1)),
    )
    return Fared(**counted, **_rated(traces, since))


def _traces(assistant: int, release: int | None, since: datetime, until: datetime | None) -> QuerySet[Trace]:
    of = Trace.objects.filter(message__conversation__assistant=assistant, message__created_at__gte=since)
    of = of.filter(message__created_at__lt=until) if until else of
    return of.filter(release=release) if release else of.filter(release__isnull=True)


def _rated(traces: QuerySet[Trace], since: datetime) -> dict[str, int]:
    talks = traces.values("message__conversation")
    scores = ConversationRating.objects.filter(conversation__in=talks, updated_at__gte=since)
    return scores.aggregate(
        good=Count("pk", filter=Q(score__gte=GOOD)), bad=Count("pk", filter=Q(score__lte=BAD))
    )
