"""`manage.py import_knowledge PATH`: files, folders, zips and exports into the knowledge base."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts import audit
from knowledge.cleaning.steps import STEPS
from knowledge.intake import running
from knowledge.intake.direct import items_under
from knowledge.intake.importing import Report, find_first, import_items, source_named
from knowledge.intake.items import Item
from knowledge.intake.refining import Manner
from knowledge.intake.rules import rules_of
from knowledge.loaders.base import Refusal, Refused
from knowledge.models import ImportRun, Source
from knowledge.progress_line import ProgressLine
from knowledge.refusals import in_words, place_in_words
from knowledge.waiting import wait_for_source

SHOWN = 20
KEPT = (
    "Nothing was deleted, because something was refused and could be what seems to be gone: "
    "correct or remove it, and import again."
)


class Command(BaseCommand):
    help = (
        "Import a file, a folder, a zip or another system's export. Run it again to bring in what changed. "
        "Everything is published at once; with --review it waits in the admin to be decided."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--name", default="", help="name of the source (default: the file's name)")
        parser.add_argument("--lang", default="", help="language of documents that name none")
        parser.add_argument("--review", action="store_true", help="publish nothing; decide in the admin")
        parser.add_argument("--wait", action="store_true", help="return when everything is indexed")
        parser.add_argument("--prune", action="store_true", help="delete documents that are no longer there")

    def handle(self, *args: Any, path: Path, name: str, lang: str, **options: Any) -> None:
        name = name or path.resolve().stem
        facts = {"file": path.name, "source": name, **options}
        audit.record(audit.Action.COMMAND, label="import_knowledge", after=_asked(facts))
        if options["review"]:
            self.stage(path, name, lang)
            return
        source, report = self.bring_in(path, name, lang, prune=options["prune"])
        self.show(report)
        if source is None:
            raise CommandError(f"Nothing was imported from {path}.")
        if options["wait"] and not wait_for_source(source, progress=ProgressLine(self.stdout)):
            raise CommandError("Some documents could not be indexed; the admin shows why beside each.")
        if options["prune"] and not report.pruned:
            raise CommandError(KEPT)

    def bring_in(self, path: Path, name: str, lang: str, *, prune: bool) -> tuple[Source | None, Report]:
        """The source is made once there is something to put in it: a mistyped path leaves nothing behind."""
        changes: Counter[str] = Counter()
        items = items_under(path, _manner(name, lang), changes=changes)
        refused, first = _find_first(items)
        if first is None:
            return None, Report(refused=refused)
        source = source_named(name, location=str(path))
        report = import_items(source, chain(refused, [first], items), prune=prune)
        self.show_cleaning(changes)
        return source, report

    def stage(self, path: Path, name: str, lang: str) -> None:
        if not path.exists():
            raise CommandError(in_words("does_not_exist", {"path": path}))
        source = source_named(name, location=str(path), language=lang)
        run = running.begin(source, origin=ImportRun.Origin.FILES, what=path.name, author=None)
        running.read_here(run, path)
        counts = Counter(run.items.values_list("state", flat=True))
        told = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
        address = reverse("admin:knowledge_importrun_change", args=[run.pk])
        self.stdout.write(f"{source}: {told or 'nothing found'}. Decide at {address}")

    def show_cleaning(self, changes: Counter[str]) -> None:
        told = [f"{step.label}: {changes[step.name]}" for step in STEPS if changes[step.name]]
        if told:
            self.stdout.write(f"Cleaned, in places: {'; '.join(told)}")

    def show(self, report: Report) -> None:
        gone = "deleted" if report.pruned else "no longer there (kept; --prune deletes them)"
        self.stdout.write(
            f"{len(report.new)} new, {len(report.changed)} changed, {report.unchanged} unchanged, "
            f"{len(report.refused)} refused, {len(report.missing)} {gone}"
        )
        self.show_refused("refused", report.refused)
        self.show_refused("left out", report.left)
        for document in report.overwritten:
            self.stdout.write(
                f"  edited here before, now one revision back: {document} ({document.language})"
            )

    def show_refused(self, word: str, refused: list[Refused]) -> None:
        for one in refused[:SHOWN]:
            where, why = place_in_words(asdict(one.place)), in_words(one.code, one.details)
            self.stdout.write(f"  {word}: {where}: {why}")
        if len(refused) > SHOWN:
            self.stdout.write(f"  … and {len(refused) - SHOWN} more {word}")


def _asked(options: dict[str, Any]) -> dict[str, Any]:
    return {name: options[name] for name in ("file", "source", "review", "prune")}


def _manner(name: str, lang: str) -> Manner:
    """As the source says, when there is one already."""
    source = Source.objects.filter(name=name).first()
    if source is None:
        return Manner(rules_of({}), lang)
    known = running.manner_of(source)
    return Manner(known.rules, lang or known.language, known.audience)


def _find_first(items: Iterator[Item | Refused]) -> tuple[list[Refused], Item | None]:
    try:
        return find_first(items)
    except Refusal as refusal:
        raise CommandError(in_words(refusal.code, refusal.details)) from refusal
