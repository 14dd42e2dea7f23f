"""The only writer of scenarios: written here, or brought along by an imported bot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from evaluation.imported_tests import scripts_of
from evaluation.models import Scenario
from evaluation.scripted import Script
from evaluation.turned import Turned
from flows.brought_along import Brought, Taker
from flows.tested import Tested


def script_of(scenario: Scenario) -> Script:
    return Script.model_validate(scenario.script)


def keep(scenario: Scenario, script: Script, *, author: User | None) -> Scenario:
    """A new one, or the same with other turns: of these, nobody knows yet what comes of running them."""
    written = script.as_json()
    if scenario.script != written:
        scenario.passed, scenario.ran_at, scenario.reached = None, None, []
    scenario.name, scenario.language = script.name, script.language
    scenario.situation, scenario.script = script.situation, written
    scenario.edited_by = author
    scenario.save()
    return scenario


def note_run(scenario: Scenario, turned: Sequence[Turned]) -> bool:
    """What came of running it last: whether all of it is as expected, and which steps it took.

    Only this is written, and not where somebody has rewritten the turns meanwhile.
    """
    passed = script_of(scenario).is_whole(len(turned)) and all(one.met for one in turned)
    reached = sorted({step[:140] for one in turned for step in one.steps})
    same = Scenario.objects.filter(pk=scenario.pk, script=scenario.script)
    same.update(passed=passed, ran_at=timezone.now(), reached=reached)
    return passed


def tested(flow: str, version: int) -> Tested:
    """By the scenarios that count, as `flows.tested` wants it."""
    steps: Counter[str] = Counter()
    tests = elsewhere = 0
    for reached in Scenario.objects.filter(enabled=True).values_list("reached", flat=True):
        own = [one for one in reached if one.startswith(f"{flow}@")]
        here = [one.partition("/")[2] for one in own if one.startswith(f"{flow}@{version}/")]
        steps.update(here)
        tests += bool(here)
        elsewhere += bool(own and not here)
    return Tested(tests, elsewhere, steps)


@transaction.atomic
def take_in(scripts: Iterable[Script], *, origin: str, author: User | None) -> int:
    """Those that are not here yet; how many. One of the same name and origin stays as it is: somebody may
    have corrected it since."""
    known = set(Scenario.objects.filter(origin=origin).values_list("name", flat=True))
    made = 0
    for script in scripts:
        if script.name not in known:
            known.add(script.name)
            keep(Scenario(origin=origin), script, author=author)
            made += 1
    return made


def _take(brought: Brought, author: User | None) -> int:
    return take_in(scripts_of(brought.scenarios), origin=brought.origin, author=author)


def _told(number: int) -> str:
    return ngettext(
        "%(number)s test conversation is among the scenarios now.",
        "%(number)s test conversations are among the scenarios now.",
        number,
    ) % {"number": number}


TAKER = Taker("scenarios", _take, _told, "admin:evaluation_scenario_changelist")
