"""A file with one JSON object on each line: `{id, lang, title, format, body, …}`. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from knowledge.loaders.base import Found, Place, RawFile, Record, Refusal, Refused
from untrusted.decoding import decode

MAX_LINE = 4_000_000  # characters


def load(file: RawFile) -> Iterator[Found]:
    # Only line feeds end a record: other line separators may stand inside a text.
    for number, line in enumerate(decode(file.data).split("\n"), start=1):
        if not line.strip():
            continue
        place = Place(file.name, "line", number)
        try:
            yield Record(place, _parse(line))
        except Refusal as refusal:
            yield Refused.by(refusal, place)


def _parse(line: str) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise Refusal("line_too_long")
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise Refusal("not_json", reason=str(error)[:120]) from error
    if not isinstance(fields, dict):
        raise Refusal("no_object")
    return fields
