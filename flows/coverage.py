"""What customers did with a version of a flow: how often each step was reached, and where they left."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import OuterRef, Q, Subquery, Sum
from django.utils import timezone

from flows.models import Flow, FlowQuerySet, StepCount
from flows.walked import BEGUN, PERSON, REACHED, WAITS, WAY

PERIODS = (7, 30, 90)  # days
LEFT, UNDER_WAY = "left", "under_way"  # of those that were asked something: for more than a day, or not
LEAVING = ("given_up", "cancelled", "handed_over", PERSON, LEFT, "lost")  # all but “done”


@dataclass
class Coverage:
    """`totals` by kind; `left` by step, then by kind; `ways` by (step, step)."""

    totals: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)
    ways: Counter[tuple[str, str]] = field(default_factory=Counter)
    left: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def leaving(self) -> list[tuple[str, str, int]]:
        """(step, how, how often), what is most common first."""
        rows = [(node, kind, n) for node, kinds in self.left.items() for kind, n in kinds.items() if n > 0]
        return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))


def coverage(version_id: int, *, since: date) -> Coverage:
    found = Coverage()
    over = day_that_is_over()
    counts = StepCount.objects.filter(version=version_id, day__gte=since)
    rows = counts.values_list("kind", "node", "leads_to").annotate(
        times=Sum("count"), now=Sum("count", filter=Q(day__gte=over), default=0)
    )
    for kind, node, leads_to, times, now in rows:
        _add(found, kind, node, leads_to, times, now)
    return found


def _add(found: Coverage, kind: str, node: str, leads_to: str, times: int, now: int) -> None:
    if kind == REACHED:
        found.reached[node] += times
    elif kind == WAY:
        found.ways[node, leads_to] += times
    elif kind == WAITS:
        found.totals[UNDER_WAY] += now
        found.totals[LEFT] += times - now
        found.left[node][LEFT] += times - now
    else:
        found.totals[kind] += times
        if kind in LEAVING:
            found.left[node][kind] += times


def since(days: int) -> date:
    """The first day of the last so many, today among them."""
    return timezone.localdate() - timedelta(days=days - 1)


def day_that_is_over() -> date:
    """Who was asked something before this day and has not answered has left."""
    return timezone.localdate() - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Use:
    """Of a flow, in all its versions."""

    begun: int = 0
    done: int = 0


def with_use(flows: FlowQuerySet, *, days: int = 30) -> FlowQuerySet:
    """Flows with how often each was begun and done in these days, for `use_of`: in the statement that asks
    for them."""
    lately = StepCount.objects.filter(version__flow=OuterRef("pk"), day__gte=since(days)).order_by()

    def times(kind: str) -> Subquery:
        rows = lately.filter(kind=kind).values("kind").annotate(times=Sum("count"))
        return Subquery(rows.values("times"))

    return flows.annotate(times_begun=times(BEGUN), times_done=times("done"))


def use_of(flow: Flow) -> Use:
    """Of a flow of `with_use`."""
    begun, done = getattr(flow, "times_begun", None), getattr(flow, "times_done", None)
    return Use(max(0, begun or 0), max(0, done or 0))


def begun_and_done(version_id: int, *, since: date) -> Use:
    found = coverage(version_id, since=since)
    return Use(max(0, found.totals[BEGUN]), max(0, found.totals["done"]))


def under_way(flow_id: int) -> int:
    """How many conversations stand in the middle of the flow, whatever its version."""
    counts = StepCount.objects.filter(version__flow=flow_id, kind__in=(WAITS, PERSON))
    return max(0, int(counts.aggregate(n=Sum("count", default=0))["n"]))
