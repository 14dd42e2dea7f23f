"""How often each step is reached and left, counted by day. Whoever stores an answer says what its flows did.

The counts can be made anew from what traces keep (`manage.py recount_flows`). Nothing of the playground, the
emulator or a simulated customer comes here: they store no answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection, transaction

from flows import walked
from flows.models import StepCount
from flows.walked import PERSON, REACHED, STANDING, WAY, Walked

Key = tuple[str, int, date, str, str, str]  # flow, version, day, kind, step, where a way leads
Kept = dict[str, Any]  # {"day": …, "lines": […]}: what was counted as standing, to be taken back later

# One statement, in the order of the keys: two answers at once do not wait for each other in a circle. What is
# no published flow of ours, or was deleted meanwhile, is left out.
ADD = """
INSERT INTO flows_stepcount (version_id, day, kind, node, leads_to, count)
SELECT version.id, told.day, told.kind, told.node, told.leads_to, told.times
FROM unnest(%s::text[], %s::int[], %s::date[], %s::text[], %s::text[], %s::text[], %s::int[])
     AS told (flow, number, day, kind, node, leads_to, times)
JOIN flows_flow flow ON flow.key = told.flow
JOIN flows_flowversion version ON version.flow_id = flow.id AND version.number = told.number
ORDER BY version.id, told.day, told.kind, told.node, told.leads_to
ON CONFLICT (version_id, day, kind, node, leads_to)
DO UPDATE SET count = flows_stepcount.count + EXCLUDED.count
"""


def tally(
    steps: Sequence[str], passed: Iterable[str], before: Mapping[str, Any] | None, today: date
) -> Counter[Key]:
    """What one reply adds, and takes back of what stood before it."""
    found = moved(before, None)
    stood, _since = _stood(before)
    for line in filter(None, map(walked.read, passed)):
        found[(*_place(line), today, line.kind, line.node, "")] += 1
    reached = list(filter(None, (walked.read(f"{REACHED} {step}") for step in steps)))
    for line in reached:
        found[(*_place(line), today, REACHED, line.node, "")] += 1
    for line, target in _ways(stood, reached):
        found[(*_place(line), today, WAY, line.node, target)] += 1
    return Counter({key: times for key, times in found.items() if times})


def kept(passed: Iterable[str], today: date) -> Kept:
    """To be kept with the conversation: what the next reply takes back."""
    lines = [line for line in passed if line.split(" ", 1)[0] in STANDING]
    return {"day": today.isoformat(), "lines": lines}


def with_person(before: Mapping[str, Any] | None, today: date) -> Kept | None:
    """What is kept when a person goes on from where the flows stand; None where that changes nothing."""
    stood, _since = _stood(before)
    if all(line.kind == PERSON for line in stood):
        return None
    return {"day": today.isoformat(), "lines": [str(replace(line, kind=PERSON)) for line in stood]}


def moved(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Counter[Key]:
    """What is to be added when this stands instead of that."""
    found: Counter[Key] = Counter()
    for kept_lines, times in ((before, -1), (after, 1)):
        stood, since = _stood(kept_lines)
        for line in stood:
            if since is not None:
                found[(*_place(line), since, line.kind, line.node, "")] += times
    return found


def add(counts: Mapping[Key, int]) -> None:
    rows = [(*key, times) for key, times in sorted(counts.items()) if times]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(ADD, [list(column) for column in zip(*rows, strict=True)])


@transaction.atomic
def replace_all(counts: Mapping[Key, int]) -> None:
    StepCount.objects.all().delete()
    add(counts)


def _stood(before: Mapping[str, Any] | None) -> tuple[list[Walked], date | None]:
    """What was kept; nothing where it cannot be read."""
    try:
        since = date.fromisoformat(str((before or {}).get("day", "")))
    except ValueError:
        return [], None
    lines = (before or {}).get("lines", [])
    return [one for line in lines if (one := walked.read(str(line))) and one.kind in STANDING], since


def _place(line: Walked) -> tuple[str, int]:
    return line.flow, line.number


def _ways(stood: Iterable[Walked], reached: Iterable[Walked]) -> Iterator[tuple[Walked, str]]:
    """From which step to which, within each flow: other flows may have been walked in between."""
    last = {_place(line): line for line in stood}
    for line in reached:
        if (before := last.get(_place(line))) is not None:
            yield before, line.node
        last[_place(line)] = line
