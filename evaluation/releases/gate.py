"""The suites that a release has to pass before customers get it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from assistant.models import Release
from evaluation.models import Run, Suite
from evaluation.releases.rows import ReleasePolicy
from evaluation.runs import asking
from evaluation.runs.choosing import of_suite
from evaluation.runs.sides import Side
from evaluation.runs.summing import Figures, Share


@dataclass(frozen=True)
class Shown:
    """What a release has shown on the suites of the gate; `run` is the newest one that is of all of them,
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


def shown_by(release: Release) -> Shown:
    policy = ReleasePolicy.objects.filter(assistant=release.assistant_id).first()
    suites = tuple(policy.suites.order_by("name")) if policy else ()
    if policy is None or not suites:
        return Shown()
    run = _newest(release, [suite.name for suite in suites])
    return Shown(suites, policy.at_least, run, _passed(run, release) if run else None)


def missing(release: Release) -> str:
    """In words, "" where nothing is: what `assistant/releases/serving.py` asks."""
    shown = shown_by(release)
    if shown.met:
        return ""
    names = ", ".join(suite.name for suite in shown.suites)
    if shown.passed is None:
        told = _("Release %(number)d has to be run on %(suites)s before customers get it.")
        return told % {"number": release.number, "suites": names}
    told = _(
        "Of the scenarios in %(suites)s %(met)d of %(of)d go as expected with release %(number)d; "
        "%(least)d of 100 are asked for."
    )
    return told % {
        "suites": names, "met": shown.passed.met, "of": shown.passed.of, "number": release.number,
        "least": shown.at_least,
    }  # fmt: skip


def begin(release: Release, *, by: User) -> Run:
    """Run its suites beside what customers get. Raises Unclear where they are empty, or there are none."""
    suites = shown_by(release).suites
    wanted = [one for suite in suites for one in of_suite(suite)]
    sides = [Side(), Side("release", release=release.number)]
    names = [suite.name for suite in suites]
    return asking.ask(wanted, release.assistant, sides, by=by, suites=names)


def _newest(release: Release, suites: Sequence[str]) -> Run | None:
    """That was not stopped, and is of all these suites."""
    runs = Run.objects.filter(assistant=release.assistant_id, suites__contains=list(suites))
    runs = runs.exclude(state=Run.State.CANCELLED).filter(created_at__gte=release.created_at)
    return runs.filter(sides__contains=[_side(release)]).order_by("-pk").first()


def _passed(run: Run, release: Release) -> Share | None:
    """Of those that could be run on its side: what could not has shown nothing, and keeps the gate shut."""
    if run.state != Run.State.DONE:
        return None
    side = next(at for at, one in enumerate(run.sides) if one == _side(release))
    figures = Figures.from_json(run.figures[side])
    return figures.passed + Share(0, figures.failed)


def _side(release: Release) -> dict[str, object]:
    return Side("release", release=release.number).as_json()
