"""A run as its page shows it: what it says in a sentence, its figures side by side, its scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluation.judging.judges import judges_here
from evaluation.models import Case, Run
from evaluation.runs.comparing import Compared, in_words
from evaluation.runs.ending import figures_of
from evaluation.runs.judging import compared, read_by_judge
from evaluation.runs.measures import groups, parts
from evaluation.runs.sides import Side
from evaluation.runs.summing import Figures, Share
from evaluation.scenario_words import SITUATIONS
from flows.shelves import published_flows

ALL, MISSED, DIFFERENT = "all", "missed", "different"
MOST_LIVE = 1_000  # conversations of a run whose figures are shown while it is under way


@dataclass(frozen=True)
class Cell:
    """What came of a scenario on one side: how often it passed, of how many times; `left`: not run yet."""

    passed: int
    of: int
    failed: int
    left: int

    @property
    def tone(self) -> str:
        if self.left or not self.of:
            return "open" if self.left or not self.failed else "failed"
        return "met" if self.passed == self.of else "missed"

    @property
    def words(self) -> str:
        if self.left:
            return _("not run yet")
        if self.failed:
            return _("could not be run")
        if not self.of:
            return _("not played then")
        if self.of > 1 and 0 < self.passed < self.of:
            return _("%(passed)d of %(of)d times") % {"passed": self.passed, "of": self.of}
        return _("as expected") if self.passed == self.of else _("not as expected")


@dataclass(frozen=True)
class Line:
    place: int
    name: str
    suite: str
    language: str
    situation: str
    cells: tuple[Cell, ...]

    @property
    def is_missed(self) -> bool:
        return any(cell.tone in ("missed", "failed") for cell in self.cells)

    @property
    def is_different(self) -> bool:
        known = [cell for cell in self.cells if cell.of]
        return len({cell.passed / cell.of for cell in known}) > 1


def sides_of(run: Run) -> list[str]:
    return [str(Side.from_json(one)) for one in run.sides]


def lines_of(run: Run) -> list[Line]:
    """In the order in which they are run."""
    facts = ("place", "side", "name", "suite", "language", "situation", "state", "passed")
    by_place: dict[int, list[Mapping[str, Any]]] = {}
    for case in Case.objects.filter(run=run).order_by("place").values(*facts):
        by_place.setdefault(case["place"], []).append(case)
    return [_line(cases, len(run.sides)) for cases in by_place.values()]


def _line(cases: Sequence[Mapping[str, Any]], sides: int) -> Line:
    first = cases[0]
    return Line(
        place=first["place"],
        name=first["name"],
        suite=first["suite"],
        language=first["language"],
        situation=str(SITUATIONS.get(first["situation"], "–")),
        cells=tuple(_cell([one for one in cases if one["side"] == side]) for side in range(sides)),
    )


def _cell(cases: Sequence[Mapping[str, Any]]) -> Cell:
    return Cell(
        passed=sum(one["passed"] is True for one in cases),
        of=sum(one["passed"] is not None for one in cases),
        failed=sum(one["state"] == Case.State.FAILED for one in cases),
        left=sum(one["state"] in (Case.State.WAITING, Case.State.RUNNING) for one in cases),
    )


def shown(run: Run, which: str = ALL) -> dict[str, Any]:
    names, lines = sides_of(run), lines_of(run)
    figures = _figures(run)
    other = compared(run) if len(names) > 1 else None
    unread = Case.objects.filter(run=run).unread().count() if run.is_open else 0
    kept = [one for one in lines if which == ALL or (one.is_missed if which == MISSED else one.is_different)]
    done = sum(cell.of + cell.failed for line in lines for cell in line.cells)
    return {
        "run": run,
        "sides": names,
        "sentence": sentence(names, figures, other),
        "compared": other,
        "read": read_by_judge(run, names, other) if done else None,
        "unread": unread,
        "judges": judges_here(),
        "groups": list(groups(figures)) if done else [],
        "parts": list(parts(figures)) if done else [],
        "covered": covered(figures) if done else [],
        "lines": kept,
        "which": which,
        "counts": _counts(lines),
        "done": done,
        "failed": sum(one.failed for one in figures),
    }


def _figures(run: Run) -> list[Figures]:
    """As they are kept; those of a run that is under way are reckoned each time it is looked at, unless it is
    a large one."""
    if run.state == Run.State.DONE and run.figures:
        return [Figures.from_json(one) for one in run.figures]
    if run.is_open and run.total > MOST_LIVE:
        return [Figures() for _side in run.sides]
    return figures_of(run)


def _counts(lines: Sequence[Line]) -> list[tuple[str, str, int]]:
    found = [
        (ALL, pgettext("scenarios", "All"), len(lines)),
        (MISSED, _("Not as expected"), sum(one.is_missed for one in lines)),
        (DIFFERENT, _("Different on the sides"), sum(one.is_different for one in lines)),
    ]
    return found if lines and len(lines[0].cells) > 1 else found[:2]


def sentence(names: Sequence[str], figures: Sequence[Figures], other: Compared | None) -> str:
    """What it comes to."""
    if other is not None:
        return in_words(other, names[0], names[1])
    passed = figures[0].passed if figures else Share()
    if not passed.of:
        return _("Nothing was run yet.")
    if passed.met == passed.of:
        return _("All %(of)s scenarios went as expected.") % {"of": passed.of}
    return _("%(met)s of %(of)s scenarios went as expected.") % {"met": passed.met, "of": passed.of}


def covered(figures: Sequence[Figures]) -> list[dict[str, Any]]:
    """Of the flows that customers get: how many of their steps were taken, on any side; which were not."""
    taken: dict[str, set[str]] = {}
    for one in figures:
        for step in one.reached:
            flow, _at, rest = step.partition("@")
            taken.setdefault(flow, set()).add(rest.partition("/")[2])
    found = []
    for key, (_number, graph) in sorted(published_flows().items()):
        steps = [node.id for node in graph.nodes]
        missing = [step for step in steps if step not in taken.get(key, set())]
        found.append({"flow": key, "taken": len(steps) - len(missing), "of": len(steps), "missing": missing})
    return found
