"""A run is asked for: every case is written down before a worker knows of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from celery import current_app
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from accounts.models import User
from assistant.models import Assistant
from evaluation.judging.verdicts import OFFLINE
from evaluation.models import Scenario
from evaluation.runs.earlier import came_of, taken_over
from evaluation.runs.ending import end
from evaluation.runs.rows import MODEL, RULES, Case, Run
from evaluation.runs.sides import Side
from evaluation.scripted import Script
from llm.choosing import chat_model_for

logger = logging.getLogger(__name__)

TASK = "evaluation.tasks.work_on_run"
MOST_CASES = 20_000
MOST_TIMES = 20
MOST_READ = 1_000  # conversations that a model judges in one run, for what each of them costs
MOST_NAMED = 2  # suites in a title
AT_ONCE = 2  # workers that share a run; others have work to do too


class Unclear(Exception):
    """Why it cannot be run, in words for whoever asked for it."""


@dataclass(frozen=True)
class Wanted:
    """One scenario that is to be run; `row` where it is kept here."""

    script: Script
    suite: str = ""
    row: Scenario | None = None


def wanted_of(scenarios: Sequence[Scenario]) -> list[Wanted]:
    return [
        Wanted(Script.model_validate(one.script), one.suite.name if one.suite else "", one)
        for one in scenarios
    ]


@transaction.atomic
def ask(
    wanted: Sequence[Wanted],
    assistant: Assistant,
    sides: Sequence[Side],
    *,
    by: User | None,
    origin: str = Run.Origin.PAGE,
    suites: Sequence[str] = (),
    times: int = 1,
    judge: str = "",
    customers: str = RULES,
) -> Run:
    """Raises Unclear where there is nothing to run, too much of it or no model to do it, and NoSuchSide."""
    total = len(wanted) * len(sides) * times
    judge = judge_of(judge, total)
    if customers == MODEL and chat_model_for("judge") is None:
        raise Unclear(no_model())
    if not total:
        raise Unclear(_("There is no scenario to run. Write one, or choose a suite that has some."))
    if times > MOST_TIMES or total > MOST_CASES:
        told = _("%(count)d conversations are too many for one run: at most %(most)d. Choose fewer suites.")
        raise Unclear(told % {"count": total, "most": MOST_CASES})
    sides = [side.of(assistant) for side in sides]
    run = Run.objects.create(
        title=_title(suites), scenarios=len(wanted), assistant=assistant, by=by, origin=origin, times=times,
        judge=judge, customers=customers, sides=[side.as_json() for side in sides], suites=list(suites),
    )  # fmt: skip
    cases = list(_cases(run, wanted, sides))
    Case.objects.bulk_create(cases, batch_size=500)
    run.total = len(cases)
    run.save(update_fields=["total"])
    transaction.on_commit(partial(ring, run.pk, AT_ONCE))
    return run


def _cases(run: Run, wanted: Sequence[Wanted], sides: Sequence[Side]) -> Iterator[Case]:
    before = {number: came_of(side.run) for number, side in enumerate(sides) if side.kind == "run"}
    for place, one in enumerate(wanted):
        for time in range(run.times):
            for side in range(len(sides)):
                case = Case(
                    run=run, place=place, time=time, side=side, scenario=one.row, suite=one.suite,
                    name=one.script.name, language=one.script.language, situation=one.script.situation,
                    script=one.script.as_json(),
                )  # fmt: skip
                if side not in before or taken_over(case, before[side]):
                    yield case


def _title(suites: Sequence[str]) -> str:
    return ", ".join(suites)[:200] if len(suites) <= MOST_NAMED else ""


def ring(pk: int, workers: int = 1) -> None:
    """Tell so many workers. When the broker is away, the sweep rings."""
    try:
        for _one in range(workers):
            current_app.send_task(TASK, args=[pk], retry=False)
    except (KombuError, OSError):
        logger.warning("The broker is away: run %s waits for the sweep.", pk)


@transaction.atomic
def stop(pk: int, *, states: Sequence[str] = Run.OPEN) -> bool:
    """After the conversations that are under way; what was run until then stays. One that a judge reads is
    over then: what it has not read stays unread. Whether it was in one of these states until now."""
    run = Run.objects.select_for_update().filter(pk=pk, state__in=states).first()
    if run is not None:
        end(run, Run.State.DONE if run.is_played else Run.State.CANCELLED)
    return run is not None


@transaction.atomic
def reopen(pk: int) -> Run | None:
    """Go on with one that was stopped or interrupted; what could not be run is tried again. None where
    nothing is left."""
    run = Run.objects.select_for_update().filter(pk=pk).first()
    if run is None:
        return None
    cases = Case.objects.filter(run=run)
    cases.filter(state=Case.State.FAILED).update(state=Case.State.WAITING, error="", tries=0)
    if cases.left().exists():
        return _open(run)
    return _open(run, Run.State.READING) if cases.unread().exists() else None


@transaction.atomic
def let_read(pk: int, judge: str) -> Run | None:
    """What was played is read by a judge, also of a run that is over. None where nothing is to be read.
    Raises Unclear where there is no such judge."""
    run = Run.objects.select_for_update().filter(pk=pk, state=Run.State.DONE).first()
    played = Case.objects.filter(run=pk, state=Case.State.DONE)
    judge = judge_of(judge, played.count())
    if run is None or not judge or not played.exists():
        return None
    played.update(judged=None, judged_right=None, preferred="", tries=0, held_until=None)
    run.judge = judge
    run.save(update_fields=["judge"])
    return _open(run, Run.State.READING)


def judge_of(wanted: str, conversations: int) -> str:
    """By its name: “model” is the one for judging. Raises Unclear where there is none, or too much to
    read."""
    if wanted in ("", OFFLINE):
        return wanted
    model = chat_model_for("judge")
    if model is None or wanted not in (MODEL, model.name):
        raise Unclear(no_model())
    if conversations > MOST_READ:
        told = _("A model reads at most %(most)d conversations of one run. Choose fewer suites.")
        raise Unclear(told % {"most": MOST_READ})
    return model.name


def no_model() -> str:
    return _("There is no model for that. Set OPENAI_API_KEY or OPENAI_BASE_URL, and JUDGE_MODEL, first.")


def _open(run: Run, state: str = Run.State.RUNNING) -> Run:
    """While it is only read again its figures stay."""
    run.state, run.ended_at = state, None
    run.figures = run.figures if run.is_played else []
    run.started_at = run.started_at or timezone.now()
    run.save(update_fields=["state", "started_at", "ended_at", "figures"])
    transaction.on_commit(partial(ring, run.pk, AT_ONCE))
    return run
