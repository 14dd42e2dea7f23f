"""Answers that people have reviewed are read by the judges as well, so that it is known how far they agree.

The newest first, a few at a time, and of older ones no more than `MOST`: a model costs money for each.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db.models import Exists, OuterRef
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


def _judge_some(name: str) -> int:
    since = timezone.now() - LOOKS_BACK
    newest = Review.objects.filter(updated_at__gte=since).order_by("-updated_at", "-pk")
    keys = list(dict.fromkeys(newest.values_list("item", flat=True)[:MOST]))
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
