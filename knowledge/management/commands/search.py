"""`manage.py search QUERY`: what search finds, as staff would see it in the playground."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatbot.arguments import count
from knowledge.language import detect_language
from knowledge.models import Source
from knowledge.reading import read
from knowledge.search import Passage, Query, Results, search


class Command(BaseCommand):
    help = "Search the knowledge and print the best passages with their scores."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--limit", type=count, default=5, help="how many passages (default: 5)")
        parser.add_argument("--source", help="name of the only source to search")
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--lang", choices=codes, help="the customer's language (default: the query's)")
        parser.add_argument("--json", action="store_true", help="print JSON instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        sources = source_ids(options["source"])
        language = options["lang"] or language_of(options["query"])
        found = search(Query(options["query"], language=language, sources=sources), options["limit"])
        answers = read(found.read_as or options["query"], language, found).answers
        lines = as_json(found, answers) if options["json"] else as_text(found, answers)
        self.stdout.write(lines)


def language_of(query: str) -> str:
    """As `ask` reads it, of all the languages that are spoken here."""
    return detect_language(query, [code for code, _name in settings.LANGUAGES], settings.LANGUAGE_CODE)


def source_ids(name: str | None) -> frozenset[int] | None:
    """The source of that name as a set for `Query`; None for all sources."""
    if not name:
        return None
    source = Source.objects.filter(name=name).first()
    if source is None:
        names = ", ".join(Source.objects.values_list("name", flat=True)) or "none"
        raise CommandError(f"There is no source called {name}. There are: {names}.")
    return frozenset({source.pk})


def as_json(found: Results, answers: bool) -> str:
    passages = [{**asdict(passage), "url": passage.url} for passage in found.passages]
    summary = {
        "answers": answers,
        "read_as": found.read_as,
        "floor": found.floor,
        "degraded": found.degraded,
        "timings": found.timings,
        "passages": passages,
    }
    return json.dumps(summary, ensure_ascii=False, indent=2)


def as_text(found: Results, answers: bool) -> str:
    took = ", ".join(f"{name} {milliseconds:.0f} ms" for name, milliseconds in found.timings.items())
    verdict = "answers the question" if answers else "does not answer the question"
    read_as = [f"Read as “{found.read_as}”."] if found.read_as else []
    lines = read_as + [_line(at, passage) for at, passage in enumerate(found.passages, 1)]
    if found.degraded:
        lines.append(f"Words only: {found.degraded}.")
    return "\n".join([*lines, f"Floor {found.floor:.3f}: what was found {verdict}. {took}."])


def _line(at: int, passage: Passage) -> str:
    place = " › ".join([passage.title, *passage.heading_path])
    start = " ".join(passage.text.split())[:160]
    moved = f"\n   By its question: {passage.by_question}" if passage.by_question else ""
    name = passage.external_id or passage.document_id
    return f"{at}. {passage.score:.3f}  {place}  [{name}]{moved}\n   {start}"
