"""`manage.py import_knowledge PATH`: a folder or zip of Markdown, or JSONL, into the knowledge base."""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from knowledge.importing import Report, find_first, import_items, source_named
from knowledge.loaders.base import Refusal
from knowledge.loading import load_path
from knowledge.models import Source
from knowledge.progress_line import ProgressLine
from knowledge.waiting import wait_for_source

SHOWN = 20
KEPT = (
    "Nothing was deleted, because something was refused and could be what seems to be gone: "
    "correct or remove it, and import again."
)


class Command(BaseCommand):
    help = "Import a folder or zip of Markdown files, or a JSONL file. Run it again to bring in what changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--name", default="", help="name of the source (default: the file's name)")
        parser.add_argument("--lang", default="", help="language of documents that name none")
        parser.add_argument("--wait", action="store_true", help="return when everything is indexed")
        parser.add_argument("--prune", action="store_true", help="delete documents that are no longer there")

    def handle(self, *args: Any, path: Path, name: str, lang: str, wait: bool, prune: bool, **_: Any) -> None:
        source, report = self.bring_in(path, name or path.resolve().stem, lang, prune=prune)
        self.show(report)
        if source is None:
            raise CommandError(f"Nothing was imported from {path}.")
        if wait and not wait_for_source(source, progress=ProgressLine(self.stdout)):
            raise CommandError("Some documents could not be indexed; the admin shows why beside each.")
        if prune and not report.pruned:
            raise CommandError(KEPT)

    def bring_in(self, path: Path, name: str, lang: str, *, prune: bool) -> tuple[Source | None, Report]:
        """The source is made once there is something to put in it: a mistyped path leaves nothing behind."""
        try:
            items = load_path(path, language=lang)
            refused, first = find_first(items)
            if first is None:
                return None, Report(refused=refused)
            source = source_named(name, location=str(path))
            return source, import_items(source, chain(refused, [first], items), prune=prune)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def show(self, report: Report) -> None:
        gone = "deleted" if report.pruned else "no longer there (kept; --prune deletes them)"
        self.stdout.write(
            f"{len(report.new)} new, {len(report.changed)} changed, {report.unchanged} unchanged, "
            f"{len(report.refused)} refused, {len(report.missing)} {gone}"
        )
        for refused in report.refused[:SHOWN]:
            self.stdout.write(f"  refused: {refused.where}: {refused.reason}")
        if len(report.refused) > SHOWN:
            self.stdout.write(f"  … and {len(report.refused) - SHOWN} more")
        for document in report.overwritten:
            self.stdout.write(
                f"  edited here before, now one revision back: {document} ({document.language})"
            )
