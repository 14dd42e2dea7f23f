"""`manage.py load_sample`: the fictional company of knowledge/sample, so that there is something to ask.

Loads once. What staff change or delete afterwards stays as they left it; `--again` brings in what is new in
the sample since, and still leaves alone what staff have edited. `--orders` only tells the sample's tools
where the order service is now.
"""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts import audit
from actions.bookings.sample import load_sample_bookings
from actions.sample import follow_the_service, load_sample_tools
from assistant.guidance.sample import load_sample_guidance
from assistant.models import Assistant, Welcome
from flows.samples import load_sample_flows
from knowledge import shipped, spaces
from knowledge.intake.direct import items_under, usual_manner
from knowledge.intake.importing import import_items
from knowledge.models import Source
from knowledge.progress_line import ProgressLine
from knowledge.waiting import wait_for_source

SAMPLE = Path(settings.BASE_DIR) / "knowledge" / "sample"


class Command(BaseCommand):
    help = "Load the sample company: its articles in English and French, its assistant, its bookings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="bring in what is new in the sample")
        parser.add_argument("--orders", action="store_true", help="only follow the sample's order service")
        parser.add_argument("--wait", action="store_true", help="return when everything is indexed")

    def handle(self, *args: Any, again: bool, orders: bool, wait: bool, **options: Any) -> None:
        follow_the_service()
        if orders:
            return
        if not again and (Source.objects.exists() or Assistant.objects.exists()):
            self.stdout.write("There is something here already: the sample was not loaded.")
            return
        company = yaml.safe_load((SAMPLE / "company.yaml").read_text())
        audit.record(audit.Action.COMMAND, label="load_sample", after={"again": again})
        source = load_articles(company["company"], company["languages"])
        assistant = load_assistant(company)
        load_sample_guidance(SAMPLE / "guidance.yaml", assistant)
        load_sample_bookings()
        load_sample_tools()
        load_sample_flows()  # which name those tools, and are checked
        self.stdout.write(f"{source}: {source.documents.count()} articles. They are being indexed.")
        if wait:
            wait_for_source(source, progress=ProgressLine(self.stdout))


@transaction.atomic
def load_articles(name: str, languages: list[str]) -> Source:
    """The sample stands among the articles written here, where staff would look for it."""
    source, _made = Source.objects.get_or_create(name=name, defaults={"kind": Source.Kind.WRITTEN})
    items = chain.from_iterable(items_under(SAMPLE / code, usual_manner(code)) for code in languages)
    import_items(source, items, keep_edits=True)
    shipped.take_floor(source, spaces.space_to_fill())
    return source


@transaction.atomic
def load_assistant(company: dict[str, Any]) -> Assistant:
    languages = company["languages"]
    first = company[languages[0]]
    objective = first["objective"]
    assistant, made = Assistant.objects.get_or_create(
        slug=company["slug"],
        defaults={
            "name": first["name"],
            "company": company["company"],
            "template": company["template"],
            "languages": languages,
            "accent": company["accent"],
            "tasks": "\n".join(objective["tasks"]),
            "out_of_scope": "\n".join(objective["out_of_scope"]),
            "audience": objective["audience"],
            "tone": objective["tone"],
            "success_measures": "\n".join(objective["success_measures"]),
            "is_default": not Assistant.objects.filter(is_default=True).exists(),
        },
    )
    if made:
        Welcome.objects.bulk_create([_welcome(assistant, code, company[code]) for code in languages])
    return assistant


def _welcome(assistant: Assistant, language: str, words: dict[str, Any]) -> Welcome:
    return Welcome(
        assistant=assistant,
        language=language,
        greeting=words["greeting"],
        suggestions="\n".join(words["suggested_questions"]),
        people=words["people"],
    )
