"""`manage.py ask "Where is my order?"`: an answer on the command line, as a customer would get it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assistant.asking import Asked, ask, history_from, read_history
from assistant.events import Said
from assistant.models import Assistant
from assistant.releases.as_served import as_served
from llm.errors import ModelError

Question = tuple[str, str, tuple[Said, ...]]  # its id, its words, what was said before


class Command(BaseCommand):
    help = (
        "Ask an assistant a question, or a file of questions (JSONL with `question` and perhaps `history`)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("question", nargs="?")
        parser.add_argument("--file", type=Path, help="JSONL: one {id, question, history} a line")
        parser.add_argument("--history", type=Path, help='JSON: [{"role": "user", "text": "…"}, …]')
        parser.add_argument("--assistant", metavar="SLUG", help="the default one otherwise")
        parser.add_argument(
            "--settings-now", action="store_true",
            help="what stands in the settings, in the place of the release that customers get",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="one JSON object for each answer")

    def handle(self, **options: Any) -> None:
        assistant = self._assistant(options["assistant"])
        if not options["settings_now"]:
            assistant = as_served(assistant)
        asked = [self._ask(assistant, question, options["json"]) for question in self._questions(**options)]
        if failed := asked.count(False):
            raise CommandError(f"The model failed in the middle of {failed} of {len(asked)} answers.")

    def _ask(self, assistant: Assistant, asked: Question, as_json: bool) -> bool:
        """Print the answer, or why there is none, and go on; False when there is none."""
        name, question, history = asked
        try:
            answer = ask(assistant, question, history)
        except ModelError as error:
            row = {"id": name, "question": question, "error": error.code, "detail": error.detail}
            failed = f"\n{name or '?'}  {question}\n\n  failed ({error})"
            self.stdout.write(json.dumps(row, ensure_ascii=False) if as_json else failed)
            return False
        show = self._print_json if as_json else self._print_text
        show(name, question, answer)
        return True

    def _assistant(self, slug: str | None) -> Assistant:
        wanted = {"slug": slug} if slug else {"is_default": True}
        assistant = Assistant.objects.filter(**wanted).first()
        if assistant is None:
            known = ", ".join(Assistant.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no such assistant; --assistant takes one of: {known}.")
        return assistant

    def _questions(self, **options: Any) -> Iterator[Question]:
        if (options["question"] is None) == (options["file"] is None):
            raise CommandError("Give either a question or --file.")
        try:
            if options["file"]:
                yield from _from_file(options["file"])
            else:
                path = options["history"]
                yield "", options["question"], read_history(path.read_text()) if path else ()
        except (OSError, ValueError) as error:
            raise CommandError(f"That cannot be read: {error}") from error

    def _print_json(self, name: str, question: str, asked: Asked) -> None:
        line = {"id": name, "question": question, **asked.as_json()}
        self.stdout.write(json.dumps(line, ensure_ascii=False))

    def _print_text(self, name: str, question: str, asked: Asked) -> None:
        answer, route = asked.answer, asked.answer.route
        self.stdout.write(f"\n{name or '?'}  {question}\n\n{answer.said}\n")
        for citation in answer.citations:
            self.stdout.write(
                f"  [{citation.number}] {citation.external_id}  {citation.title}  {citation.url}"
            )
        if answer.options:
            self.stdout.write(f"  options: {' | '.join(option.label for option in answer.options)}")
        if route:
            why = ", ".join(filter(None, [route.kind, *route.reasons, route.degraded]))
            self.stdout.write(f"  {answer.outcome} ({why}), {asked.total:.0f} ms {route.timings}")


def _from_file(path: Path) -> Iterator[Question]:
    """Raises ValueError that names the line."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield str(row.get("id", number)), row["question"], history_from(row.get("history") or [])
        except (ValueError, KeyError, AttributeError) as error:
            raise ValueError(f"line {number}: {error}") from error
