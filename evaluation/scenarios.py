"""The only writer of scenarios: written here, or brought along by an imported bot."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from evaluation.imported_tests import scripts_of
from evaluation.models import Scenario
from evaluation.scripted import Script
from flows.brought_along import Brought, Taker


def script_of(scenario: Scenario) -> Script:
    return Script.model_validate(scenario.script)


def keep(scenario: Scenario, script: Script, *, author: User | None) -> Scenario:
    """A new one, or the same with other turns."""
    scenario.name, scenario.language = script.name, script.language
    scenario.situation, scenario.script = script.situation, script.as_json()
    scenario.edited_by = author
    scenario.save()
    return scenario


def note_run(scenario: Scenario, *, passed: bool) -> None:
    """What came of running it last. Somebody may be editing it meanwhile: only this is written."""
    Scenario.objects.filter(pk=scenario.pk).update(passed=passed, ran_at=timezone.now())


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
