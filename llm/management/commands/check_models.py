"""manage.py check_models [--json]: what the configured models can do, tried for real."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict

from django.core.management.base import BaseCommand

from llm.checking import Finding, check_models

HEADINGS = ("model", "tasks", "ability", "works", "seconds", "detail")


class Command(BaseCommand):
    help = "Try each configured model and print what it can do. Exit code 1 when one cannot do its task."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")

    def handle(self, *args: object, **options: object) -> None:
        findings = check_models()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in findings], indent=2))
        else:
            self._print(findings)
        if any(finding.needed and not finding.works for finding in findings):
            sys.exit(1)

    def _print(self, findings: Sequence[Finding]) -> None:
        rows = [HEADINGS, *(_cells(finding) for finding in findings)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
        if all(finding.ability == "embeddings" for finding in findings):
            self.stdout.write(
                "\nNo chat model is configured: answers are quoted from the articles. "
                "Set OPENAI_API_KEY or OPENAI_BASE_URL, and ANSWER_MODEL."
            )


def _cells(finding: Finding) -> tuple[str, ...]:
    works = "yes" if finding.works else "NO" if finding.needed else "no"
    return (finding.model, finding.tasks, finding.ability, works, f"{finding.seconds:.2f}", finding.detail)
