"""What came of an earlier run, as a side of a new one: nothing is played again."""

from __future__ import annotations

from evaluation.runs.rows import Case, Run

Came = dict[tuple[str, str], list[Case]]  # by suite and name, as often as each was played


def came_of(pk: int) -> Came:
    """On its last side: of two that were compared, the one that was tried."""
    side = len(Run.objects.get(pk=pk).sides) - 1
    found: Came = {}
    for case in (
        Case.objects.filter(run=pk, side=side, passed__isnull=False)
        .select_related("run")
        .order_by("place", "time")
    ):
        found.setdefault((case.suite, case.name), []).append(case)
    return found


def taken_over(case: Case, came: Came) -> bool:
    """Whether it was played then with the same turns; the case becomes what it was."""
    known = [one for one in came.get((case.suite, case.name), ()) if one.script == case.script]
    if case.time >= len(known):
        return False
    before = known[case.time]
    case.state, case.passed, case.turned = before.state, before.passed, before.turned
    case.ended_at = before.ended_at
    if before.run.judge == case.run.judge:
        case.judged, case.judged_right = before.judged, before.judged_right
    return True
