"""`manage.py fine_tune`: begin a fine-tuning, see how far it is, cancel it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from training.fine_tuning import told
from training.fine_tuning.rows import FineTuning

STILL_OPEN, NOT_LEARNED = 2, 3


class Command(BaseCommand):
    help = (
        "Have a model fine-tuned by the provider of the settings. `begin` says what would be sent, to whom "
        "and for how much; with --yes it is. Ends with 0 when it has learned, with 1 where something is "
        "missing, with 2 while it goes on (or was not confirmed), with 3 when it ended without a model."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        begin = acts.add_parser("begin", help="send a dataset, and have a model learn from it")
        begin.add_argument("--dataset", required=True, help="its number or its name")
        begin.add_argument("--model", required=True, help="the base model, by its name at the provider")
        begin.add_argument("--epochs", type=int, help="how often it goes through the examples")
        begin.add_argument("--suffix", default="", help="part of the new model's name")
        begin.add_argument("--seed", type=int)
        begin.add_argument("--yes", action="store_true", help="I know what is sent, and to whom")
        status = acts.add_parser("status", help="how far one is; the newest where no number is given")
        cancel = acts.add_parser("cancel", help="ask the provider to stop")
        cancel.add_argument("number", type=int)
        status.add_argument("number", type=int, nargs="?")
        for one in (begin, status, cancel):
            one.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="for its end")
            one.add_argument("--json", action="store_true", help="figures for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            row = getattr(self, f"_{options['act']}")(options)
        except told.Refused as error:
            raise CommandError(str(error)) from error
        row = told.waited_for(row, options["wait"])
        self.stdout.write(json.dumps(told.figures(row)) if options["json"] else told.in_words(row))
        if row.state != FineTuning.State.SUCCEEDED:
            raise SystemExit(STILL_OPEN if row.is_open else NOT_LEARNED)

    def _begin(self, options: dict[str, Any]) -> FineTuning:
        wish = told.wish_of(
            options["dataset"], options["model"], epochs=options["epochs"], suffix=options["suffix"],
            seed=options["seed"],
        )  # fmt: skip
        plan = told.planned(wish)
        self.stderr.write(told.plan_in_words(plan))
        if not options["yes"]:
            self.stderr.write("Nothing was sent. Add --yes to send it.")
            raise SystemExit(STILL_OPEN)
        return told.begun(plan)

    def _status(self, options: dict[str, Any]) -> FineTuning:
        return told.found(options["number"])

    def _cancel(self, options: dict[str, Any]) -> FineTuning:
        row = told.found(options["number"])
        told.cancelled(row)
        return row
