"""A JSON file with a list of documents, or one: the same fields as a line of `jsonl.py`. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from knowledge.loaders.base import Found, Place, RawFile, Record, Refused
from untrusted.decoding import decode


def load(file: RawFile) -> Iterator[Found]:
    try:
        value = orjson.loads(decode(file.data))
    except orjson.JSONDecodeError as error:
        yield Refused(Place(file.name), "not_json", {"reason": str(error)[:120]})
        return
    for number, fields in enumerate(value if isinstance(value, list) else [value], start=1):
        place = Place(file.name, "entry", number)
        yield Record(place, fields) if isinstance(fields, dict) else Refused(place, "no_object")
