"""Which scenarios are run: of suites by their names, of files, or those that ship with the sample company."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from evaluation.models import Scenario, Suite
from evaluation.runs.asking import Unclear, Wanted, wanted_of
from evaluation.suites.files import Unreadable, read_file
from evaluation.suites.keeping import SAMPLE_ORIGIN, sample_files
from evaluation.suites.yaml_form import SuiteFile


def chosen(names: Sequence[str]) -> list[Wanted]:
    """Of each suite, or file, in their order. Raises Unclear, which says what there is instead."""
    if not names:
        return of_the_sample()
    return [one for name in names for one in _named(name)]


def of_the_sample() -> list[Wanted]:
    """As they are kept here; where nobody has loaded them, as they are delivered."""
    kept = Scenario.objects.filter(enabled=True, suite__origin=SAMPLE_ORIGIN).select_related("suite")
    if rows := list(kept.order_by("suite__name", "name", "pk")):
        return wanted_of(rows)
    return [one for file in sample_files() for one in _of_file(file)]


def of_suite(suite: Suite) -> list[Wanted]:
    return wanted_of(
        list(suite.scenarios.filter(enabled=True).select_related("suite").order_by("name", "pk"))
    )


def _named(name: str) -> list[Wanted]:
    suite = Suite.objects.filter(name__iexact=name).first()
    if suite is not None:
        return of_suite(suite)
    path = Path(name)
    if path.suffix in (".yaml", ".yml", ".jsonl") or path.exists():
        return _read(path)
    known = ", ".join(Suite.objects.values_list("name", flat=True)) or _("none yet")
    told = _("There is no suite and no file “%(name)s”. Suites: %(known)s.")
    raise Unclear(told % {"name": name, "known": known})


def _read(path: Path) -> list[Wanted]:
    try:
        return _of_file(read_file(path), path.stem)
    except Unreadable as error:
        raise Unclear(str(error)) from error


def _of_file(file: SuiteFile, name: str = "") -> list[Wanted]:
    return [Wanted(script, file.suite or name) for script in file.scenarios]
