"""The same suites, run again and again: how what customers get has done over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from chatbot.chance import wilson
from evaluation.models import Run
from evaluation.runs.drawing import Drawn, Spot, drawn
from evaluation.runs.measures import number, seconds, share
from evaluation.runs.sides import Side
from evaluation.runs.summing import Figures

MOST_RUNS = 40  # of a series, the newest
MOST_SERIES = 30
LOOKED_THROUGH = 400  # runs
KINDS = ("present", "settings", "release")  # what customers got, or were to get


@dataclass(frozen=True)
class Point:
    """One side of a run that is over."""

    run: int
    at: datetime
    version: str
    served: bool  # whether customers got it
    figures: Figures


@dataclass(frozen=True)
class Series:
    """Runs of an assistant on the same suites; `key` names it in an address."""

    key: str
    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Measured:
    """One measure as a drawing, and in words for each point; `unit` of what stands beside it, and `sign` at
    each of its lines."""

    name: str
    unit: str
    sign: str
    drawing: Drawn
    values: tuple[str, ...]


@dataclass(frozen=True)
class _Measure:
    """`high`: what the drawing reaches to, 0 for the highest value."""

    name: Promise
    value: Callable[[Figures], float | None]
    words: Callable[[Figures], str]
    unit: Promise
    high: float = 0.0
    percent: bool = False
    bounds: Callable[[Figures], tuple[float, float]] | None = None
    sign: str = ""


MEASURES = (
    _Measure(
        gettext_lazy("Scenarios as expected"), lambda one: one.passed.share, lambda one: share(one.passed),
        gettext_lazy("of 100 scenarios; the bars: within what it lies, 95 %"),
        1.0, True, lambda one: wilson(one.passed.met, one.passed.of),
    ),
    _Measure(
        gettext_lazy("Asked or said again"), lambda one: (one.asked_again + one.repeated).share,
        lambda one: share(one.asked_again + one.repeated), gettext_lazy("of 100 answers"), percent=True,
    ),
    _Measure(
        gettext_lazy("Messages until the goal"), lambda one: one.to_goal,
        lambda one: number(one.to_goal, 1), gettext_lazy("messages, median"),
    ),
    _Measure(
        gettext_lazy("Whole answer"), lambda one: one.seconds[0] if one.seconds else None,
        lambda one: seconds(one.seconds), gettext_lazy("seconds, median"), sign="s",
    ),
    _Measure(
        gettext_lazy("Right article among the first five"), lambda one: one.hit.share,
        lambda one: share(one.hit), gettext_lazy("of 100 questions"), 1.0, True,
    ),
    _Measure(
        gettext_lazy("Cost"), lambda one: one.cost if one.tokens else None,
        lambda one: number(one.cost if one.tokens else None, 4),
        gettext_lazy("of a run, in the currency of the prices"),
    ),
)  # fmt: skip


def series() -> list[Series]:
    """Those with two points at least, the one that was run last first. One query."""
    runs = Run.objects.filter(state__in=Run.PLAYED).exclude(figures=[]).select_related("assistant")
    found: dict[str, list[Run]] = {}
    for run in runs.order_by("-pk")[:LOOKED_THROUGH]:
        found.setdefault(_key(run), []).append(run)
    several = [_series(key, same[:MOST_RUNS]) for key, same in found.items()]
    return [one for one in several if len(one.points) > 1][:MOST_SERIES]


def _key(run: Run) -> str:
    """Runs of files, or of scenarios without a suite, are known by their title."""
    return "/".join([run.assistant.slug, *(sorted(run.suites) or [run.called])])


def _series(key: str, runs: Sequence[Run]) -> Series:
    """The oldest first."""
    points = [point for run in reversed(runs) for point in _points(run)]
    newest = runs[0]
    return Series(key, f"{newest.called} · {newest.assistant}", tuple(points[-MOST_RUNS:]))


def _points(run: Run) -> list[Point]:
    sides = [Side.from_json(one) for one in run.sides]
    return [
        Point(run.pk, run.created_at, side.called, side.kind == "present", Figures.from_json(figures))
        for side, figures in zip(sides, run.figures, strict=False)
        if side.kind in KINDS
    ]


def measured(one: Series) -> list[Measured]:
    """Without what nothing is known of."""
    found = []
    for measure in MEASURES:
        values = [measure.value(point.figures) for point in one.points]
        if sum(value is not None for value in values) > 1:
            told = tuple(measure.words(point.figures) for point in one.points)
            spots = [_spot(measure, *each) for each in zip(one.points, values, told, strict=True)]
            found.append(
                Measured(
                    str(measure.name),
                    str(measure.unit),
                    measure.sign,
                    drawn(spots, high=measure.high, percent=measure.percent),
                    told,
                )  # fmt: skip
            )
    return found


def _spot(measure: _Measure, point: Point, value: float | None, words: str) -> Spot:
    bounds = measure.bounds(point.figures) if measure.bounds and value is not None else None
    return Spot(
        point.run, point.at, value, f"{point.version}: {words}", hollow=not point.served, bounds=bounds
    )
