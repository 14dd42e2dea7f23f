"""`manage.py load_sample_suites`: the scenarios that ship with the sample company, among those of staff."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from evaluation.suites.keeping import load_sample


class Command(BaseCommand):
    help = "Bring in the suites of the sample company. What is there already stays as staff have left it."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_sample()} scenarios are new.")
