"""The only writer of suites: taken in from files, handed out as files, and those of the sample company."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from evaluation.imported_tests import free_name
from evaluation.models import Scenario, Suite
from evaluation.scenarios import keep, script_of
from evaluation.scripted import Script
from evaluation.suites.yaml_form import SuiteFile, from_yaml

SAMPLE = Path(settings.BASE_DIR) / "evaluation" / "sample"
SAMPLE_ORIGIN = "sample"


@dataclass(frozen=True)
class Taken:
    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Taken) -> Taken:
        return Taken(self.new + other.new, self.changed + other.changed, self.same + other.same)


@transaction.atomic
def take_in(
    file: SuiteFile, *, author: User | None, origin: str = "", overwrite: bool = True
) -> tuple[Suite | None, Taken]:
    """Scenarios of the same name in the same suite are rewritten, unless `overwrite` is False; what the file
    does not have stays."""
    suite = None
    if file.suite:
        fresh = {"about": file.about, "origin": origin}
        suite, made = Suite.objects.get_or_create(name=file.suite, defaults=fresh)
        if not made and overwrite and file.about and suite.about != file.about:
            suite.about = file.about
            suite.save(update_fields=["about"])
    known = {one.name: one for one in _beside(suite, origin)}
    taken = Taken()
    for script in file.scenarios:
        before = known.get(script.name)
        if before is None:
            keep(Scenario(suite=suite, origin=origin), script, author=author)
            taken += Taken(new=1)
        elif overwrite and before.script != script.as_json():
            keep(before, script, author=author)
            taken += Taken(changed=1)
        else:
            taken += Taken(same=1)
    return suite, taken


def _beside(suite: Suite | None, origin: str) -> QuerySet[Scenario]:
    """Those that a file may rewrite: of a suite all, wherever they came from. Outside of suites another bot's
    tests may have the same names."""
    if suite is not None:
        return Scenario.objects.filter(suite=suite)
    return Scenario.objects.filter(suite=None, origin=origin)


def file_of(suite: Suite) -> SuiteFile:
    """In a file each scenario needs a name of its own; here some may share one."""
    used: set[str] = set()
    scripts = tuple(_apart(script_of(one), used) for one in suite.scenarios.order_by("name", "pk"))
    return SuiteFile(suite=suite.name, about=suite.about, scenarios=scripts)


def _apart(script: Script, used: set[str]) -> Script:
    name = free_name(script.name, used)
    return script if name == script.name else script.model_copy(update={"name": name})


def sample_files() -> Iterable[SuiteFile]:
    for path in sorted(SAMPLE.glob("*.yaml")):
        yield from_yaml(path.read_text(encoding="utf-8"))


def load_sample() -> int:
    """The suites of the sample company, once: what staff have made of them stays. How many scenarios came."""
    taken = Taken()
    for file in sample_files():
        taken += take_in(file, author=None, origin=SAMPLE_ORIGIN, overwrite=False)[1]
    return taken.new


def rename(suite: Suite, name: str, about: str) -> None:
    Suite.objects.filter(pk=suite.pk).update(name=name, about=about)


@transaction.atomic
def delete(suite: Suite, *, scenarios: bool) -> int:
    """How many scenarios went with it; the others belong to no suite from now on."""
    gone = suite.scenarios.all().delete()[1].get("evaluation.Scenario", 0) if scenarios else 0
    suite.delete()
    return gone
