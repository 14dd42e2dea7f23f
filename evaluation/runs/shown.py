"""A run as its page shows it: what it says in a sentence, its figures side by side, its scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from evaluation.judging.judges import judges_here
from evaluation.models import Case, Run
from evaluation.runs.comparing import Compared, in_words
from evaluation.runs.ending import figures_of
from evaluation.runs.judging import compared, read_by_judge
from evaluation.runs.lines import Wanted, lines_of
from evaluation.runs.measures import groups, parts
from evaluation.runs.sides import Side
from evaluation.runs.summing import Figures, Share
from flows.shelves import published_flows

MOST_LIVE = 1_000  # conversations of a run whose figures are shown while it is under way


def sides_of(run: Run) -> list[str]:
    return [Side.from_json(one).called for one in run.sides]


def shown(run: Run, wanted: Wanted) -> dict[str, Any]:
    names, lines = sides_of(run), lines_of(run)
    figures = _figures(run)
    other = compared(run) if len(names) > 1 else None
    unread = Case.objects.filter(run=run).unread().count() if run.judge else 0
    done = sum(cell.of + cell.failed for line in lines for cell in line.cells)
    return {
        "run": run,
        "sides": names,
        "sentence": sentence(names, figures, other),
        "compared": other,
        "read": read_by_judge(run, names, other) if done else None,
        "unread": unread,
        "has_read": Case.objects.filter(run=run, state=Case.State.DONE).count() - unread if unread else 0,
        "judges": judges_here(),
        "groups": list(groups(figures)) if done else [],
        "parts": list(parts(figures)) if done else [],
        "covered": covered(figures) if done else [],
        "lines": [one for one in lines if wanted.has(one)],
        "wanted": wanted,
        "chips": wanted.chips(lines),
        "judge_chips": wanted.of_judge(lines),
        "done": done,
        "failed": sum(one.failed for one in figures),
    }


def _figures(run: Run) -> list[Figures]:
    """As they are kept; those of a run that is under way are reckoned each time it is looked at, unless it is
    a large one."""
    if run.is_played and run.figures and (run.state == Run.State.DONE or run.total > MOST_LIVE):
        return [Figures.from_json(one) for one in run.figures]
    if run.is_open and run.total > MOST_LIVE:
        return [Figures() for _side in run.sides]
    return figures_of(run)


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
