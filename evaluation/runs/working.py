"""A worker runs the cases of a run, one after the other; several workers share them.

A case is taken by a lease and ended in one statement that asks whether the lease is still ours: whoever dies
in the middle leaves it to the next one, and nothing is counted twice.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from assistant.routing import asking
from assistant.routing.catching_up import train_if_changed
from evaluation.models import Scenario
from evaluation.running import run_scenario
from evaluation.runs import reading
from evaluation.runs.asking import ring
from evaluation.runs.ending import end_if_over
from evaluation.runs.rows import Case, Run
from evaluation.runs.sides import Setup, Side, set_up
from evaluation.scenarios import note_run
from evaluation.scripted import Script
from evaluation.turned import Turned
from llm.errors import ModelError

logger = logging.getLogger(__name__)

LEARNING = 120.0  # seconds
SECONDS = 25.0  # of a worker at a time, so that others get their turn
LEASE = timedelta(minutes=2)  # of one turn: longer than any answer may take
MOST_SECONDS = 600.0  # one conversation
MOST_TRIES = 3
ERROR = 300
MOST_RUNG = 10
State = Case.State


@dataclass
class Worker:
    """One thread of a process. The sides of a run are set up once."""

    run: Run
    _set_up: dict[int, Setup] = field(default_factory=dict)

    def one(self) -> bool:
        """Run the next case, or have it read; False where none is left to take."""
        case = take(self.run.pk)
        if case is None:
            return reading.read_next(self.run)
        try:
            turned = self._play(case)
        except ModelError as error:
            _end(case, error=f"{error.code}: {error}")
        except Exception as error:  # boundary: one scenario must not keep the others waiting
            logger.exception("Case %s of run %s could not be run.", case.pk, self.run.pk)
            _end(case, error=f"{type(error).__name__}: {error}")
        except (KeyboardInterrupt, SystemExit):
            put_back(case)
            raise
        else:
            _end(case, turned=turned)
        return True

    def _play(self, case: Case) -> list[Turned]:
        if case.side not in self._set_up:
            side = Side.from_json(self.run.sides[case.side])
            self._set_up[case.side] = set_up(side, self.run.assistant)
        own, script = self._set_up[case.side], Script.model_validate(case.script)
        return run_scenario(
            script, own.assistant, trial=own.trial, most_seconds=MOST_SECONDS, after=partial(_hold_on, case),
            customers=self.run.customers,
        )  # fmt: skip


def learn_first() -> None:
    """What customers' words begin has to be learned before it can be judged: a new installation, or a flow
    that was just published, is seconds ahead of its router. One worker learns, the others wait for it."""
    _lock("pg_advisory_lock")
    try:
        train_if_changed(most_seconds=LEARNING)
    finally:
        _lock("pg_advisory_unlock")
    asking.forget()


def _lock(how: str) -> None:
    """Of the connection, not of a transaction: learning takes a minute."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {how}(hashtext('evaluation learns first'))")


def work_on(pk: int, seconds: float = SECONDS) -> None:
    """For so long; where there is more, another worker is told."""
    run = Run.objects.filter(pk=pk, state__in=Run.OPEN).select_related("assistant").first()
    if run is None:
        return
    begin(pk)
    learn_first()
    worker, until = Worker(run), time.monotonic() + seconds
    while time.monotonic() < until:
        if not worker.one():
            end_if_over(pk)
            return
    ring(pk)


def begin(pk: int) -> None:
    Run.objects.filter(pk=pk, state=Run.State.QUEUED).update(
        state=Run.State.RUNNING, started_at=timezone.now()
    )


@transaction.atomic
def take(run: int) -> Case | None:
    """The next one that nobody has, or whose worker has died; None as well where the run was stopped."""
    now = timezone.now()
    free = Q(state=State.WAITING) | Q(state=State.RUNNING, held_until__lt=now)
    open_ = Case.objects.filter(free, run=run, run__state__in=Run.OPEN, tries__lt=MOST_TRIES)
    case = open_.select_for_update(skip_locked=True, of=["self"]).order_by("place", "time", "side").first()
    if case is None:
        return None
    case.state, case.tries, case.held_until = State.RUNNING, case.tries + 1, now + LEASE
    case.save(update_fields=["state", "tries", "held_until"])
    return case


def _hold_on(case: Case) -> None:
    """A turn is over, and the next one has as much time."""
    until = timezone.now() + LEASE
    if _mine(case).update(held_until=until):
        case.held_until = until


def _mine(case: Case) -> QuerySet[Case]:
    return Case.objects.filter(pk=case.pk, state=State.RUNNING, held_until=case.held_until)


def put_back(case: Case) -> None:
    """Whoever has taken it stops: somebody else may have it at once."""
    _mine(case).update(state=State.WAITING, held_until=None, tries=F("tries") - 1)


def _end(case: Case, *, turned: Sequence[Turned] = (), error: str = "") -> None:
    whole = len(turned) == len(case.script.get("turns") or turned or "?")
    passed = None if error else whole and all(one.met for one in turned)
    if not error and not whole:
        error = "too_long"
    _mine(case).update(
        state=State.DONE if passed is not None else State.FAILED, passed=passed,
        turned=[one.as_json() for one in turned], error=error[:ERROR], held_until=None,
        ended_at=timezone.now(),
    )  # fmt: skip
    _tell_scenario(case, turned)


def _tell_scenario(case: Case, turned: Sequence[Turned]) -> None:
    """What came of what customers get is the scenario's last run."""
    if case.scenario_id and turned and not case.time and case.run.sides[case.side]["kind"] == "present":
        kept = Scenario.objects.filter(pk=case.scenario_id, script=case.script).first()
        if kept is not None:
            note_run(kept, turned)


def sweep() -> None:
    """Ring for what nobody works on: its ring was lost, or its worker has died. Beat has it done."""
    now = timezone.now()
    give_up()
    held = Case.objects.filter(run=OuterRef("pk"), held_until__gt=now)
    idle = Run.objects.filter(~Exists(held), state__in=Run.OPEN).order_by("pk")
    for pk in idle.values_list("pk", flat=True)[:MOST_RUNG]:
        ring(pk)


def give_up() -> None:
    """What kills its workers is said to have failed, and the others go on."""
    reading.give_up()
    now = timezone.now()
    dead = Case.objects.filter(state=State.RUNNING, held_until__lt=now, tries__gte=MOST_TRIES)
    dead.filter(run__state__in=Run.OPEN).update(
        state=State.FAILED, error="interrupted", held_until=None, ended_at=now
    )
