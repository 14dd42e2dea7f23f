"""The end of a run: its figures are reckoned when all of it was played, once more when a judge has read it,
and stay."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from evaluation.judging.verdicts import Judgement
from evaluation.runs.rows import Case, Run
from evaluation.runs.summing import Figures, Played, figures
from evaluation.scripted import Script, Turn
from evaluation.turned import Turned


@transaction.atomic
def end_if_over(pk: int) -> bool:
    run = Run.objects.select_for_update().filter(pk=pk, state__in=Run.OPEN).first()
    cases = Case.objects.filter(run=pk)
    if run is None or cases.left().exists() or cases.unread().exists():
        return False
    end(run, Run.State.DONE)
    return True


@transaction.atomic
def note_played(pk: int) -> None:
    """All of it was played, and a judge has still to read: what the scenarios say is known from now on."""
    run = Run.objects.select_for_update().filter(pk=pk, state__in=Run.OPEN).first()
    if run is None or run.is_played or Case.objects.filter(run=pk).left().exists():
        return
    run.state, run.figures = Run.State.READING, [one.as_json() for one in figures_of(run)]
    run.save(update_fields=["state", "figures"])


def end(run: Run, state: str) -> None:
    """For whoever holds the row. What was not run when somebody stopped it stays as it is: waiting."""
    run.state, run.ended_at = state, timezone.now()
    run.figures = [one.as_json() for one in figures_of(run)]
    run.save(update_fields=["state", "ended_at", "figures"])


def figures_of(run: Run) -> list[Figures]:
    """For each side, of what was run until now."""
    cases = list(Case.objects.filter(run=run).over().order_by("place", "time"))
    return [figures([played(one) for one in cases if one.side == side]) for side in range(len(run.sides))]


def script_of(case: Case) -> Script:
    """As it was run; what reads no longer has its name left."""
    try:
        return Script.model_validate(case.script)
    except ValidationError:
        return Script(name=case.name or "?", turns=(Turn(customer="?"),))


def played(case: Case) -> Played:
    return Played(
        place=case.place,
        passed=case.passed,
        script=script_of(case),
        turned=tuple(Turned.from_json(one) for one in case.turned),
        judged=tuple(Judgement.from_json(one) for one in case.judged or ()),
    )
