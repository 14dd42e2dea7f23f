"""The suites that a release has to pass before customers get it, and the settings before they get them again.

A candidate is a release, or an assistant as its settings are. A release never changes; the settings do, and a
run of them counts only while they are as they were when it was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from assistant.models import Assistant, Release
from assistant.releases.contents import contents_of
from assistant.releases.serving import Candidate
from evaluation.judging.agreement_shown import agreement_of
from evaluation.judging.by_model import the_judge
from evaluation.judging.rubrics import RUBRIC
from evaluation.models import Case, Run, Suite
from evaluation.releases.rows import ReleasePolicy
from evaluation.runs import asking
from evaluation.runs.choosing import of_suite
from evaluation.runs.sides import Side
from evaluation.runs.summing import Figures, Share

Kept = dict[str, Any]  # a side as it is kept


@dataclass(frozen=True)
class Shown:
    """What a candidate has shown on the suites of the gate; `run` is the newest one that is of all of them,
    also while it is under way. `passed` is None until it is over."""

    suites: tuple[Suite, ...] = ()
    at_least: int = 100
    run: Run | None = None
    passed: Share | None = None

    @property
    def asked(self) -> bool:
        return bool(self.suites)

    @property
    def met(self) -> bool:
        share = self.passed.share if self.passed else None
        return not self.asked or (share is not None and 100 * share >= self.at_least)


def shown_by(candidate: Candidate) -> Shown:
    assistant = assistant_of(candidate)
    policy = ReleasePolicy.objects.filter(assistant=assistant).first()
    suites = tuple(policy.suites.order_by("name")) if policy else ()
    if policy is None or not suites:
        return Shown()
    sides = _sides(candidate)
    run = _newest(candidate, sides, [suite.name for suite in suites])
    return Shown(suites, policy.at_least, run, _passed(run, sides) if run else None)


def missing(candidate: Candidate) -> str:
    """In words, "" where nothing is: what `assistant/releases/serving.py` asks."""
    return missing_in(shown_by(candidate), candidate)


def missing_in(shown: Shown, candidate: Candidate) -> str:
    if shown.met:
        return ""
    known = {"suites": ", ".join(suite.name for suite in shown.suites), "least": shown.at_least}
    if isinstance(candidate, Release):
        known["number"] = candidate.number
        unknown = _("Release %(number)d has to be run on %(suites)s before customers get it.")
        below = _(
            "Of the scenarios in %(suites)s %(met)d of %(of)d go as expected with release %(number)d; "
            "%(least)d of 100 are asked for."
        )
    else:
        unknown = _("The settings as they are now have to be run on %(suites)s before customers get them.")
        below = _(
            "Of the scenarios in %(suites)s %(met)d of %(of)d go as expected with the settings as they are "
            "now; %(least)d of 100 are asked for."
        )
    if shown.passed is None:
        return unknown % known
    return below % {**known, "met": shown.passed.met, "of": shown.passed.of}


def rests_on(candidate: Candidate) -> dict[str, Any]:
    """Which run it went by: that one is kept (`evaluation/runs/keeping.py`)."""
    run = shown_by(candidate).run
    return {"run": run.pk} if run else {}


def begin(candidate: Candidate, *, by: User) -> Run:
    """Run its suites beside what customers get. Raises Unclear where they are empty, or there are none."""
    suites = shown_by(candidate).suites
    wanted = [one for suite in suites for one in of_suite(suite)]
    own = Side("release", release=candidate.number) if isinstance(candidate, Release) else Side("settings")
    names = [suite.name for suite in suites]
    return asking.ask(wanted, assistant_of(candidate), [Side(), own], by=by, suites=names)


def assistant_of(candidate: Candidate) -> Assistant:
    return candidate.assistant if isinstance(candidate, Release) else candidate


def _newest(candidate: Candidate, sides: Sequence[Kept], suites: Sequence[str]) -> Run | None:
    """That was not stopped, and is of all these suites."""
    runs = Run.objects.filter(assistant=assistant_of(candidate), suites__contains=list(suites))
    runs = runs.exclude(state=Run.State.CANCELLED)
    if isinstance(candidate, Release):
        runs = runs.filter(created_at__gte=candidate.created_at)
    either = reduce(or_, (Q(sides__contains=[side]) for side in sides))
    return runs.filter(either).order_by("-pk").first()


def _passed(run: Run, sides: Sequence[Kept]) -> Share | None:
    """Of those that could be run on its side: what could not has shown nothing, and keeps the gate shut. What
    a judge says of rubrics counts where it agrees with people, and otherwise neither way; for what it reads
    afterwards nobody waits."""
    if not run.is_played:
        return None
    side = next(at for at, one in enumerate(run.sides) if one in sides)
    figures = Figures.from_json(run.figures[side])
    excused = 0 if _judge_counts() else sum(map(_missed_rubrics_alone, _missed(run, side)))
    return figures.passed + Share(excused, figures.failed)


def _judge_counts() -> bool:
    model = the_judge()
    return model is not None and agreement_of(model.name).counts


def _missed(run: Run, side: int) -> list[Case]:
    return list(Case.objects.filter(run=run, side=side, state=Case.State.DONE, passed=False, error=""))


def _missed_rubrics_alone(case: Case) -> bool:
    checks = [check for turned in case.turned for check in turned.get("checks", ())]
    missed = {check["kind"] for check in checks if check["met"] is False}
    return missed == {RUBRIC}


def _sides(candidate: Candidate) -> list[Kept]:
    """As a run has them in which the candidate was asked. What customers get is the settings, too, where they
    get no release; and so is a release that says the same."""
    if isinstance(candidate, Release):
        return [Side("release", release=candidate.number).as_json()]
    signature = contents_of(candidate).signature
    same = Release.objects.filter(assistant=candidate, signature=signature).values_list("number", flat=True)
    return [
        Side("settings", signature=signature).as_json(),
        Side("present", signature=signature).as_json(),
        *(Side("release", release=number).as_json() for number in same),
    ]
