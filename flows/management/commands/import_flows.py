"""`manage.py import_flows PATH`: another system's bot, or flows of ours as YAML, as drafts."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import audit
from flows.brought_along import Brought, take_along, told
from flows.import_files import actions_with
from flows.import_words import LEVELS, in_words, part_in_words
from flows.importing import Reading, offers, read_bots, take
from flows.problem_words import with_place
from flows.publishing_together import stopping
from untrusted.process import ReadingFailed

MOST_LINES = 20  # differences that are told of one flow
SWITCHED_OFF = "Tools that came along are switched off: look at them before you switch them on."
KEPT = "What was replaced is kept: the history of each flow in the editor brings it back."
LEFT_ALONE = "Run it again with --replace to take these, too; what is there now is kept then."
LEVEL_ORDER = ("mapped", "draft", "left_out")


class Command(BaseCommand):
    help = (
        "Import flows as YAML (as export_flows writes them) or a bot of Rasa, Dialogflow, Botpress or "
        "Typebot: a folder, a zip, a tgz or a file. Its flows become drafts; one that is here already and "
        "differs is left alone, unless --replace says otherwise. Nothing is published."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument(
            "--replace", action="store_true",
            help="take what differs, too: the draft that was there is kept in the history of its flow",
        )  # fmt: skip
        parser.add_argument("--language", default="en", help="language of texts that name none (default: en)")
        parser.add_argument(
            "--write", type=Path, metavar="FILE", help="keep its test conversations and webhooks as JSON"
        )

    def handle(self, *args: Any, path: Path, language: str, dry_run: bool, **options: Any) -> None:
        if not path.exists():
            raise CommandError(f"{path} does not exist.")
        try:
            reading = read_bots(path, language=language)
        except ReadingFailed as failure:
            raise CommandError(f"The reading process did not start: {failure}") from failure
        self.show(reading)
        if options["write"]:
            self.write(options["write"], reading)
        if not reading.bots:
            raise CommandError(f"There is no flow and no bot in {path} that can be read.")
        self.tell_offers(reading)
        self.tell_waiting(reading)
        if dry_run:
            self.stdout.write("Nothing was changed (--dry-run).")
            return
        origin = f"{', '.join(reading.bots)}: {path.name}"[:200]
        self.finish(reading, origin=origin, replace=options["replace"])

    def show(self, reading: Reading) -> None:
        self.stdout.write(f"Found: {', '.join(reading.bots) or 'nothing'}")
        counts = ", ".join(f"{reading.count(level)} {LEVELS[level]}" for level in LEVEL_ORDER)
        self.stdout.write(counts)
        for level in LEVEL_ORDER:
            for line in (one for one in reading.report if one.level == level):
                said = in_words(line.code, line.params)
                self.stdout.write(f"  {LEVELS[level]}: {part_in_words(line.what)} {line.where}: {said}")

    def tell_offers(self, reading: Reading) -> None:
        """How each flow stands beside what is here, and what differs."""
        for offer in offers(reading.flows):
            note = ", its published version stays as it is" if offer.is_published else ""
            self.stdout.write(f"  {offer.stand}: {offer.graph.key} ({len(offer.graph.nodes)} steps{note})")
            lines = offer.lines
            for line in lines[:MOST_LINES]:
                self.stdout.write(f"    {line['text']}")
            if len(lines) > MOST_LINES:
                self.stdout.write(f"    and {len(lines) - MOST_LINES} more differences")

    def tell_waiting(self, reading: Reading) -> None:
        """What would keep each from being published, together and as they are."""
        drafts = {graph.key: graph for graph in reading.flows}
        for key, problems in stopping(drafts, actions=actions_with(reading.webhooks)).items():
            for problem in problems:
                self.stdout.write(f"  {key} cannot be published yet: {with_place(problem)}")

    def finish(self, reading: Reading, *, origin: str, replace: bool) -> None:
        taken = [one.graph for one in offers(reading.flows) if replace or one.stand != "changed"]
        done = take(reading.flows, replace=replace, author=None)
        facts = {"origin": origin, "drafts": dict(done)}
        audit.record(audit.Action.COMMAND, label="import_flows", after=facts)
        changed = f"{done['changed']} {'replaced' if replace else 'left alone'}"
        self.stdout.write(f"{done['new']} new drafts, {changed}, {done['same']} as they were.")
        if done["changed"]:
            self.stdout.write(KEPT if replace else LEFT_ALONE)
        brought = Brought(origin, taken, reading.webhooks, reading.scenarios)
        along = take_along(brought, author=None)
        for words, _page in told(along):
            self.stdout.write(words)
        if along.get("tools"):
            self.stdout.write(SWITCHED_OFF)

    def write(self, file: Path, reading: Reading) -> None:
        rest = {"scenarios": reading.scenarios, "webhooks": reading.webhooks}
        file.write_text(json.dumps(rest, ensure_ascii=False, indent=2), encoding="utf-8")
