"""`manage.py train_router`: learn which words begin which flow now, and say how well."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from llm.errors import ModelError
from training import told


class Command(BaseCommand):
    help = (
        "Learn anew which words begin which flow. What comes of it is used as the page of training says; "
        "with --dry-run nothing is kept. Ends with 1 where nothing could be learned, with 2 where what was "
        "learned waits because it is worse."
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
        if found["state"] == "candidate" and found["why"] == "worse":
            raise SystemExit(2)
