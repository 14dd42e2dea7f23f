"""A file with one JSON object on each line: `{id, lang, title, format, body, …}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from django.utils.translation import gettext as _

from knowledge.cleaning import decode
from knowledge.loaders.base import Item, RawFile, Refusal, Refused, read_item

SUFFIXES = {".jsonl", ".ndjson"}
MAX_LINE = 4_000_000  # characters


def load(file: RawFile, language: str) -> Iterator[Item | Refused]:
    # Only line feeds end a record: other line separators may stand inside a text.
    for number, line in enumerate(decode(file.data).split("\n"), start=1):
        if not line.strip():
            continue
        where = _("%(file)s, line %(number)s") % {"file": file.name, "number": number}
        try:
            fields = _parse(line)
            yield read_item({"format": "markdown", **fields}, where=where, language=language)
        except Refusal as refusal:
            yield Refused(where, str(refusal))


def _parse(line: str) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise Refusal(_("the line is too long"))
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise Refusal(_("not valid JSON: %(reason)s") % {"reason": str(error)[:120]}) from error
    if not isinstance(fields, dict):
        raise Refusal(_("not a JSON object"))
    return fields
