"""What scenarios leave to a judge, decided where there is one."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.judging.by_model import judge, the_judge
from evaluation.turned import Check, Turned

RUBRIC = "rubric"


def judged(turned: Sequence[Turned]) -> list[Turned]:
    """Without a model nothing changes: what nobody has judged stays open, and counts for nothing."""
    model = the_judge() if any(_open(one) for one in turned) else None
    if model is None:
        return list(turned)
    found = []
    for number, one in enumerate(turned):
        checks = []
        for check in _open(one):
            verdict = judge(turned[: number + 1], check.wanted, model)
            checks.append(Check(RUBRIC, check.wanted, verdict.met, verdict.why))
        found.append(one.judged(*checks))
    return found


def _open(turned: Turned) -> list[Check]:
    return [check for check in turned.checks if check.kind == RUBRIC and check.met is None]
