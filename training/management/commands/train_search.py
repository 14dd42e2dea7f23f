"""`manage.py train_search`: learn from saved questions how to search now, and say whether that is better."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from llm.errors import ModelError
from training.search import told


class Command(BaseCommand):
    help = (
        "Learn from saved questions how words and meaning are weighed in search, and how near an article has "
        "to be for an answer. What is better on held-out questions is used as the page says; with "
        "--dry-run nothing is kept. Ends with 1 where nothing could be learned."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="measure alone: nothing is kept or used")
        parser.add_argument("--json", action="store_true", help="figures for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = told.measured() if options["dry_run"] else told.trained()
        except ModelError as error:
            raise CommandError(
                f"The embedding model does not answer ({error.code}). Start it, or look at "
                "EMBEDDING_BASE_URL and its key; nothing was changed."
            ) from error
        except told.Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(found, indent=2) if options["json"] else told.in_words(found))
