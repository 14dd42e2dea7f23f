"""The entries of JSON files, whichever way they are laid out, and a first look at what they are. Pure.

A file is one object, a list of them, an object with a list of them, or one of them on each line; the first
look gives their keys, by which each importer knows its own without reading the file once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

import orjson

from knowledge.importers.base import Files
from knowledge.loaders.base import Place, Refusal, Refused
from untrusted.folders import real
from untrusted.shapes import mapping, mappings

LINES = (".jsonl", ".ndjson")
JSON = (".json", *LINES)
LONGEST_LINE = 4_000_000  # characters
LOOKED_AT = 5  # entries

Keys = frozenset[str]
Entry = tuple[Place, dict[str, Any]]


@dataclass(frozen=True)
class Look:
    """The keys of a file's object, and those of the entries in each of its lists ("" is the file itself).

    `lines`: it holds an object on each line, whatever its name ends in.
    """

    keys: Keys = frozenset()
    lists: dict[str, Keys] = field(default_factory=dict)
    lines: bool = False

    def has(self, *wanted: str, of: str = "") -> bool:
        """Whether the entries of the list have all of these keys."""
        return self.lists.get(of, frozenset()).issuperset(wanted)


_looks: WeakKeyDictionary[Files, dict[str, Look]] = WeakKeyDictionary()


def json_files(files: Files) -> list[str]:
    return [name for name in real(files.names) if name.lower().endswith(JSON)]


def look(files: Files, name: str) -> Look:
    seen = _looks.setdefault(files, {})
    if name not in seen:
        seen[name] = _look(files, name)
    return seen[name]


def _look(files: Files, name: str) -> Look:
    try:
        if not name.lower().endswith(LINES):
            return _look_at(files.json(name))
    except Refusal as refusal:
        if refusal.code != "not_json":
            return Look()  # whoever reads it in the end says why not
    try:
        first = list(islice(_lines(files.text(name), name), LOOKED_AT))
    except Refusal:
        return Look(lines=True)
    found = [one[1] for one in first if not isinstance(one, Refused)]
    return Look(lists={"": _keys(found)}, lines=bool(found) or name.lower().endswith(LINES))


def _look_at(content: Any) -> Look:
    top = mapping(content)
    lists = {key: _keys(mappings(value)) for key, value in top.items() if isinstance(value, list)}
    return Look(frozenset(top), {"": _keys(mappings(content) or [top]), **lists})


def _keys(entries: list[dict[str, Any]]) -> Keys:
    return frozenset(key for entry in entries[:LOOKED_AT] for key in entry)


def entries(files: Files, name: str, *lists: str) -> Iterator[Entry | Refused]:
    """The objects of a file: its lines, its list, the first of the named lists, or the file itself."""
    try:
        if look(files, name).lines:
            yield from _lines(files.text(name), name)
        else:
            yield from _of_list(files.json(name), name, lists)
    except Refusal as refusal:
        yield Refused.by(refusal, Place(name))


def _of_list(content: Any, name: str, lists: tuple[str, ...]) -> Iterator[Entry | Refused]:
    top = mapping(content)
    inner = next((top[key] for key in lists if isinstance(top.get(key), list)), None)
    if inner is None and not isinstance(content, list):
        yield (Place(name), top) if top else Refused(Place(name), "no_object")
        return
    for number, entry in enumerate(content if inner is None else inner, 1):
        place = Place(name, "entry", number)
        yield (place, entry) if isinstance(entry, dict) else Refused(place, "no_object")


def _lines(content: str, name: str) -> Iterator[Entry | Refused]:
    # Only line feeds end an object: other line separators may stand inside a text.
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            yield _line(line, Place(name, "line", number))


def _line(line: str, place: Place) -> Entry | Refused:
    if len(line) > LONGEST_LINE:
        return Refused(place, "line_too_long")
    try:
        entry = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Refused(place, "not_json", {"reason": str(error)[:120]})
    return (place, entry) if isinstance(entry, dict) else Refused(place, "no_object")


def objects(found: Iterator[Entry | Refused]) -> Iterator[Entry]:
    """Only what was read; for a second pass over a file whose refusals have been told."""
    return (one for one in found if not isinstance(one, Refused))
