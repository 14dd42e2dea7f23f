"""Everything counted anew by itself, after a release that counts something else than the one before.

A little at a time, from one conversation to the next by key; until its turn comes, each keeps its old
numbers. How far it is stands in one row, written with what was counted: whoever is interrupted goes on there.
"""

from __future__ import annotations

import time

from django.db import transaction

from conversations import live
from conversations.models import Conversation
from insights.counting import DEFINITIONS, after, count
from insights.models import Counted

SECONDS = 8.0  # of a worker, six times a minute until all are counted


def go_on(seconds: float = SECONDS, definitions: int = DEFINITIONS) -> int:
    """Returns how many were counted: 0 where all are, as these definitions say. Beat has it done."""
    end, done = time.monotonic() + seconds, 0
    while number := _some(definitions):
        done += number
        if time.monotonic() >= end:
            break
    if done:
        live.ring(live.Ring("", kind="gathered"))
    return done


def all_counted(definitions: int = DEFINITIONS) -> None:
    """By hand: nothing is left to be counted anew."""
    values = {"version": definitions, "target": definitions, "reached": None}
    Counted.objects.update_or_create(pk=Counted.ONLY, defaults=values)


@transaction.atomic
def _some(definitions: int) -> int:
    """The next batch, if nobody else does it just now."""
    Counted.objects.get_or_create(pk=Counted.ONLY)
    row = Counted.objects.select_for_update(skip_locked=True).filter(pk=Counted.ONLY).first()
    if row is None or row.version == definitions:
        return 0
    if row.target != definitions:  # also where a release came before the last one was through
        row.target, row.reached, row.done, row.total = definitions, None, 0, Conversation.objects.count()
    some = after(row.reached)
    if some:
        count(some)
        row.reached, row.done = some[-1][0], row.done + len(some)
    else:
        row.version, row.reached = definitions, None
    row.save()
    return len(some)
