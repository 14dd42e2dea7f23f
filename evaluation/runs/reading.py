"""The second part of a run that a judge reads: when all of it has been played, each conversation is judged.

It is taken by a lease like a conversation that is played. Where the judge is a model and there are two sides,
it is also asked which of them it prefers.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from evaluation.judging.by_model import the_judge
from evaluation.judging.judges import judge_all
from evaluation.judging.preferring import prefer
from evaluation.judging.verdicts import OFFLINE, Judgement
from evaluation.runs.ending import note_played
from evaluation.runs.rows import Case, Run
from evaluation.turned import Turned

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)  # of one answer
MOST_TRIES = 6  # until it was read: up to three of them were for playing it


def read_next(run: Run) -> bool:
    """Judge the next conversation; False where none is left to take."""
    case = take(run) if run.judge else None
    if case is None:
        return False
    note_played(run.pk)
    try:
        judged = judge_all(turns_of(case), run.judge, after=partial(hold_on, case))
        preferred = _preferred(case, run)
    except Exception:  # boundary: what cannot be judged keeps no run from its end
        logger.exception("Case %s of run %s could not be judged.", case.pk, run.pk)
        judged, preferred = [], ""
    except (KeyboardInterrupt, SystemExit):
        _mine(case).update(held_until=None, tries=F("tries") - 1)
        raise
    _mine(case).update(
        judged=[one.as_json() for one in judged], judged_right=right(judged), preferred=preferred,
        held_until=None,
    )  # fmt: skip
    return True


def right(judged: Sequence[Judgement]) -> bool | None:
    """As a whole: nothing is missed in any answer; None where none was decided."""
    known = [one.is_right for one in judged if one.is_right is not None]
    return all(known) if known else None


@transaction.atomic
def take(run: Run) -> Case | None:
    """Not before all of it was played: what is preferred needs both sides."""
    now = timezone.now()
    cases = Case.objects.filter(run=run, run__state__in=Run.OPEN)
    if cases.left().exists():
        return None
    free = Q(held_until=None) | Q(held_until__lt=now)
    unread = (
        cases.unread().filter(free, tries__lt=MOST_TRIES).select_for_update(skip_locked=True, of=["self"])
    )
    case: Case | None = unread.order_by("place", "time", "side").first()
    if case is None:
        return None
    case.tries, case.held_until = case.tries + 1, now + LEASE
    case.save(update_fields=["tries", "held_until"])
    return case


def hold_on(case: Case) -> None:
    until = timezone.now() + LEASE
    if _mine(case).update(held_until=until):
        case.held_until = until


def give_up() -> None:
    """What kills its workers is left unjudged, and the others go on."""
    dead = Case.objects.unread().filter(held_until__lt=timezone.now(), tries__gte=MOST_TRIES)
    Case.objects.filter(pk__in=dead.values("pk")).update(judged=[], held_until=None)


def turns_of(case: Case) -> list[Turned]:
    return [Turned.from_json(one) for one in case.turned]


def _mine(case: Case) -> QuerySet[Case]:
    return Case.objects.filter(pk=case.pk, state=Case.State.DONE, held_until=case.held_until)


def _preferred(case: Case, run: Run) -> str:
    """Of the first side and this one, the second."""
    model = the_judge() if run.judge != OFFLINE and case.side == 1 else None
    if model is None:
        return ""
    other = Case.objects.filter(
        run=run, place=case.place, time=case.time, side=0, passed__isnull=False
    ).first()
    if other is None:
        return ""
    hold_on(case)
    return prefer(turns_of(other), turns_of(case), model)
