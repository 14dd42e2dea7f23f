"""The commands that train: the same options, the same words when a model does not answer."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from llm.errors import ModelError
from training.trainings.register import Refused

Figures = dict[str, Any]


class TrainCommand(BaseCommand):
    """`told` is the module that trains (`trained`), measures (`measured`) and says what came of it."""

    told: Any

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="measure alone: nothing is kept or used")
        parser.add_argument("--json", action="store_true", help="figures for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = self.told.measured() if options["dry_run"] else self.told.trained()
        except ModelError as error:
            raise CommandError(
                f"The embedding model does not answer ({error.code}). Start it, or look at "
                "EMBEDDING_BASE_URL and its key; nothing was changed."
            ) from error
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(found, indent=2) if options["json"] else self.told.in_words(found))
        self.end(found)

    def end(self, found: Figures) -> None:
        """With another code than 0, where there is a reason."""
