"""Documents as lines of JSON, read and refined without a file and without a process."""

from __future__ import annotations

import json

from knowledge.intake.direct import usual_manner
from knowledge.intake.items import Item
from knowledge.intake.refining import refine
from knowledge.intake.units import Unit, read_unit
from knowledge.loaders import jsonl
from knowledge.loaders.base import RawFile, Record, Refused
from knowledge.refusals import in_words

LAMP = "---\nid: lamp\nlang: en\ntitle: The lamp\nkeywords: [light, bulb]\n---\n\n# The lamp\n\nIt shines.\n"


def line(**fields) -> str:
    return json.dumps({"id": "a", "lang": "en", "title": "A", "format": "text", "body": "Text.", **fields})


def read(text: str, language: str = "") -> list[Item | Refused]:
    unit = Unit("kb.jsonl", len(text), lambda: jsonl.load(RawFile("kb.jsonl", text.encode())))
    manner = usual_manner(language)
    items = []
    for found in read_unit(unit):
        refined = refine(found, manner) if isinstance(found, Record) else found
        items.append(refined if isinstance(refined, Refused) else refined.item)
    return items


def why(refused: Refused) -> str:
    return in_words(refused.code, refused.details)
