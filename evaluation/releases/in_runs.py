"""Runs and the releases that stood in them, each on the page of the other."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.models import Release
from evaluation.models import Run
from evaluation.releases import gate
from evaluation.releases.rows import ReleasePolicy
from evaluation.runs.comparing import in_short
from evaluation.runs.judging import compared
from evaluation.runs.sides import Side
from evaluation.runs.summing import Figures, Share

MOST_RUNS = 5


@dataclass(frozen=True)
class Of:
    """A release on a side of a run; `asked`: the suites are those that it has to pass; `served`: it is there
    as what customers got then."""

    release: Release
    asked: bool
    served: bool


@dataclass(frozen=True)
class Ran:
    """A run with a release in it: each side with how many scenarios went as expected (None: not over yet),
    and which one is better."""

    run: Run
    sides: tuple[tuple[str, Share | None], ...]
    said: str


def releases_in(run: Run) -> list[Of]:
    """In the order of the sides, each once; also the one that customers got then."""
    numbers = list(dict.fromkeys(side["release"] for side in run.sides if side.get("release")))
    if not numbers:
        return []
    rows = Release.objects.defer("router", "contents").filter(assistant=run.assistant_id)
    found = {one.number: one for one in rows.filter(number__in=numbers)}
    policy = ReleasePolicy.objects.filter(assistant=run.assistant_id).first()
    suites = set(policy.suites.values_list("name", flat=True)) if policy else set()
    asked = bool(suites) and suites <= set(run.suites)
    tested = {side["release"] for side in run.sides if side["kind"] == "release"}
    return [Of(found[one], asked and one in tested, one not in tested) for one in numbers if one in found]


def tests_the_settings(run: Run) -> bool:
    """Whether it is one of those that the gate asks for before customers get the settings again."""
    if not any(side["kind"] == "settings" for side in run.sides):
        return False
    return gate.shown_by(run.assistant).run == run


def runs_of(release: Release) -> list[Ran]:
    """The newest that have it on a side."""
    side = Side("release", release=release.number).as_json()
    runs = Run.objects.filter(assistant=release.assistant_id, sides__contains=[side])
    return [_ran(run) for run in runs.order_by("-pk")[:MOST_RUNS]]


def _ran(run: Run) -> Ran:
    names = [Side.from_json(one).called for one in run.sides]
    over = run.is_played
    passed: list[Share | None] = [Figures.from_json(one).passed for one in run.figures] if over else []
    found = compared(run) if over and len(names) > 1 else None
    said = in_short(found, names[1]) if found else ""
    return Ran(run, tuple(zip(names, passed or [None] * len(names), strict=True)), said)
