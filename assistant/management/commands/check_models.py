"""manage.py check_models [--json]: what the configured models can do, tried for real."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from assistant.models_in_use import models_in_use
from llm.checking import Finding, check_chat_models, check_embeddings, check_reranker, no_model


class Command(BaseCommand):
    help = (
        "Try each model of the settings and of every assistant and print what it can do. "
        "Exit code 1 when one cannot do its task."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")

    def handle(self, *args: object, **options: object) -> None:
        findings = [*check_chat_models(models_in_use()), check_embeddings(), *check_reranker()]
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in findings], indent=2))
        else:
            self._print(findings)
        if any(finding.needed and not finding.works for finding in findings):
            sys.exit(1)

    def _print(self, findings: Sequence[Finding]) -> None:
        headings = (_("model"), _("used for"), _("ability"), _("works"), _("seconds"), _("detail"))
        rows = [headings, *(_cells(finding) for finding in findings)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(headings))]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
        if all(finding.uses == "search" for finding in findings):
            self.stdout.write("\n" + no_model())


def _cells(finding: Finding) -> tuple[str, ...]:
    works = _("yes") if finding.works else _("NO") if finding.needed else _("no")
    return (finding.model, finding.uses, finding.ability, works, f"{finding.seconds:.2f}", finding.detail)
