"""`manage.py make_dataset`: examples of reviewed answers for training a model, as files."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from assistant.models import Assistant
from training.examples import making, packing, words
from training.examples.asked import ORIGINS, Asked
from training.examples.rows import Dataset, Form

USUAL = Asked()


class Command(BaseCommand):
    help = (
        "Make a dataset of answers that were reviewed, corrected or given by staff. It stands on the page of "
        "datasets then, and its files in --into. Ends with 1 where it is refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="")
        parser.add_argument("--form", choices=Form.values, default=Form.CHAT)
        parser.add_argument("--assistant", default="", help="its address; the one of the chat page if none")
        parser.add_argument("--from", dest="origins", nargs="+", choices=ORIGINS, default=list(ORIGINS))
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--languages", nargs="+", choices=codes, default=[], help="all if none")
        parser.add_argument("--since", type=date.fromisoformat, help="the first day, as 2026-01-31")
        parser.add_argument("--until", type=date.fromisoformat, help="the last day")
        parser.add_argument("--held-out", type=int, default=USUAL.held_out, help="percent (15)")
        parser.add_argument("--most", type=int, default=USUAL.most, help="of a topic in a language (25)")
        parser.add_argument("--before", type=int, default=USUAL.before, help="messages before each (4)")
        parser.add_argument("--seed", type=int, default=USUAL.seed)
        parser.add_argument("--unsupported", action="store_true", help="also what no passage bears out")
        parser.add_argument("--into", type=Path, help="a folder for the files")
        parser.add_argument("--json", action="store_true", help="figures for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = _asked(options)
        assistant = _assistant(options["assistant"])
        name = options["name"] or f"{timezone.localdate():%Y-%m-%d}"
        dataset = making.ask(name, options["form"], assistant, asked, by=None)
        making.make(dataset.pk)
        dataset = Dataset.objects.select_related("assistant").get(pk=dataset.pk)
        self.stdout.write(json.dumps(dataset.figures, indent=2) if options["json"] else dataset.card)
        if dataset.state != Dataset.State.READY:
            raise CommandError(words.refusal(dataset.why) or f"It is {dataset.get_state_display()}.")
        if options["into"]:
            _write(dataset, options["into"])


def _asked(options: dict[str, Any]) -> Asked:
    if not 0 <= options["held_out"] <= 50:
        raise CommandError("--held-out is from 0 to 50 percent.")
    if min(options["most"], options["before"], options["seed"]) < 0:
        raise CommandError("--most, --before and --seed are 0 at least.")
    lists = ("origins", "languages")
    told: dict[str, Any] = {name: tuple(options[name]) for name in lists}
    told |= {name: options[name] for name in ("since", "until", "held_out", "most", "before", "seed")}
    return Asked(**told, supported=not options["unsupported"])


def _assistant(slug: str) -> Assistant:
    found = Assistant.objects.filter(**({"slug": slug} if slug else {"is_default": True})).first()
    if found is None:
        known = ", ".join(Assistant.objects.values_list("slug", flat=True)) or "none"
        raise CommandError(f"There is no such assistant. There are: {known}. `--assistant` names one.")
    return found


def _write(dataset: Dataset, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (make, _kind) in packing.FILES.items():
            (folder / name).write_bytes(make(dataset))
    except OSError as error:
        raise CommandError(f"The files could not be written to {folder}: {error.strerror}.") from error
