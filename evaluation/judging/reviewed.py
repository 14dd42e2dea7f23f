"""Answers that people have reviewed are read by the judges as well, so that it is known how far they agree.

The newest first, a few at a time, and of older ones no more than `MOST`: a model costs money for each.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from conversations.models import Message
from evaluation.judging.judges import judge, judges_here
from evaluation.judging.rows import JudgedAnswer
from evaluation.judging.stored import turns_until
from evaluation.reviews.rows import Review

logger = logging.getLogger(__name__)

LOOKS_BACK = timedelta(days=90)
MOST, AT_ONCE = 500, 10


def judge_due() -> int:
    """How many were judged."""
    return sum(_judge_some(name) for name in judges_here())


def newest() -> QuerySet[Review, Any]:
    """The answers that judges look at, by their keys, the newest review first; one may come twice."""
    since = timezone.now() - LOOKS_BACK
    rows = Review.objects.filter(updated_at__gte=since).order_by("-updated_at", "-pk")
    return rows.values_list("item", flat=True)[:MOST]


def leave(key: int) -> bool:
    """Not to be read: noted as one of which the judges say nothing. Whether a judge had still to read it."""
    told = [JudgedAnswer.objects.get_or_create(message_id=key, judge=name)[1] for name in judges_here()]
    return any(told)


def _judge_some(name: str) -> int:
    keys = list(dict.fromkeys(newest()))
    known = JudgedAnswer.objects.filter(message=OuterRef("pk"), judge=name)
    waiting = Message.objects.filter(~Exists(known), pk__in=keys).select_related("conversation")
    places = {key: place for place, key in enumerate(keys)}
    due = sorted(waiting, key=lambda one: places[one.pk])[:AT_ONCE]
    for answer in due:
        _judge(answer, name)
    return len(due)


def _judge(answer: Message, name: str) -> None:
    """What cannot be judged is noted as such, and not tried for ever."""
    try:
        said = judge(turns_until(answer), name)
    except Exception:  # boundary: one answer must not keep the others waiting
        logger.exception("Answer %s could not be judged.", answer.pk)
        JudgedAnswer.objects.get_or_create(message=answer, judge=name)
        return
    JudgedAnswer.objects.get_or_create(
        message=answer, judge=name, defaults={"right": said.is_right, "met": said.met}
    )
