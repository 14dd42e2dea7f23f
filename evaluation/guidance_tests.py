"""The tests of a row of guidance: linked to it, and run together. The row itself stands below, in
`assistant/guidance/`, and is told of them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from django.db.models import Count, Q

from assistant.guidance.linked import Tests
from assistant.models import Assistant, Guidance
from evaluation.models import Scenario
from evaluation.running import MOST_SECONDS, run_scenario
from evaluation.scenarios import note_run, script_of

MOST_LINKED = 30


def tests_of(rows: Sequence[int]) -> Mapping[int, Tests]:
    """By what came of their last run, as `linked.register` wants it."""
    counted = (
        Guidance.objects.filter(pk__in=rows, scenarios__isnull=False)
        .annotate(
            well=Count("scenarios", filter=Q(scenarios__passed=True)),
            badly=Count("scenarios", filter=Q(scenarios__passed=False)),
            never=Count("scenarios", filter=Q(scenarios__passed=None)),
        )
        .values_list("pk", "well", "badly", "never")
    )
    return {pk: Tests(well, badly, never) for pk, well, badly, never in counted}


def run_linked(row: Guidance) -> int:
    """Run them one after another and note what came of each; returns how many there was no time for. Raises
    `ModelError` when a model failed in the middle of an answer."""
    assistant = row.assistant or Assistant.objects.order_by("-is_default", "name").first()
    waiting, began = list(row.scenarios.all()), time.monotonic()
    while assistant and waiting and (left := MOST_SECONDS - (time.monotonic() - began)) > 0:
        scenario = waiting.pop(0)
        script = script_of(scenario)
        turned = run_scenario(script, assistant, most_seconds=left)
        note_run(scenario, turned)
    return len(waiting)


def link(row: Guidance, scenario: Scenario) -> bool:
    """False where it has as many as it can have."""
    linked = Scenario.objects.filter(guidance=row)
    if linked.count() >= MOST_LINKED:
        return linked.filter(pk=scenario.pk).exists()
    scenario.guidance.add(row)
    return True
