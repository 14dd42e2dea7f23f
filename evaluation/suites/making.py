"""A scenario is made of an answer: not twice, unless somebody means to."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from conversations.models import Message
from evaluation.models import Scenario, Suite
from evaluation.scenarios import keep
from evaluation.scripted import Script

ORIGIN = "conversation"


class MadeAlready(Exception):
    """There is one of this answer, and another one was not asked for."""


def made_of(answer: Message) -> QuerySet[Scenario]:
    """Those that are there of this answer, also where it was corrected; the oldest first."""
    found = Q(message=answer) | Q(corrections__message=answer)
    return Scenario.objects.filter(found).select_related("suite").order_by("pk").distinct()


@transaction.atomic
def make(
    answer: Message,
    script: Script,
    *,
    author: User,
    suite: Suite | None,
    new_suite: str = "",
    another: bool = False,
) -> Scenario:
    """`new_suite` is the name of one that there need not be yet. Raises MadeAlready."""
    Message.objects.select_for_update(of=("self",)).get(pk=answer.pk)  # pressed twice, it is made once
    if not another and made_of(answer).exists():
        raise MadeAlready
    if new_suite:
        suite = Suite.objects.get_or_create(name=new_suite)[0]
    return keep(Scenario(suite=suite, origin=ORIGIN, message=answer), script, author=author)
