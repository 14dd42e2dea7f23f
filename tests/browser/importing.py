"""An import that waits for a decision, with a row of every kind, and a site."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from knowledge.loaders.base import Place
from knowledge.models import Document, ImportItem, ImportRun, Source

LONG = "A-name-without-any-place-to-break-it-" * 4 + ".xlsx"


def site_source() -> Source:
    return Source.objects.create(name="The site", kind="web", location="https://shop.example/help/")


def waiting_import() -> ImportRun:
    source = Source.objects.create(name="Files", kind="imported")
    run = ImportRun.objects.create(source=source, what=LONG, state="review", files=3, files_read=3)
    article = Document.objects.first()
    rows: list[dict[str, Any]] = [
        {"state": "new", "title": "How long does the warranty last?", "times": 4, "body": "Two years.",
         "before": "Two  years.", "changes": {"spacing": 1}},
        {"state": "new", "title": "Whom do I write to?", "body": "Write to jo@example.org",
         "findings": [{"kind": "email", "text": "jo@example.org", "start": 9, "end": 23}]},
        {"state": "changed", "title": "Returns", "document": article, "body": "Other.", "edited_here": True},
        {"state": "duplicate", "title": "Returns again", "duplicate_of": article, "likeness": 0.93,
         "body": "Same."},
        {"state": "gone", "title": "Delivery", "document": article},
        {"state": "refused", "code": "scan_without_text", "decision": "none"},
        {"state": "left", "code": "left_small_talk", "details": {"name": "greet"}, "decision": "none"},
    ]  # fmt: skip
    for number, row in enumerate(rows):
        place = asdict(Place(LONG, "row", number + 2, "Sheet1"))
        fields = {"questions": [], "category": "", "audience": "everyone"}
        language = "en" if row.get("body") else ""
        ImportItem.objects.create(
            run=run,
            number=number,
            place=place,
            fields=fields,
            language=language,
            external_id=str(number),
            **row,
        )
    return run
