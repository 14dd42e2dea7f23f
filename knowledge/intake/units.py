"""What is read one after another: the files of an export together, every other file by itself. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from knowledge.importers.base import Files, Importer
from knowledge.importers.kinds import IMPORTERS
from knowledge.intake.pages import load_page
from knowledge.loaders.base import Found, Place, Record, Refusal, Refused
from knowledge.loaders.kinds import load_file
from knowledge.loaders.markup import html_to_markdown
from knowledge.plain import text_to_markdown
from untrusted.files import FileSet

FORMATS: dict[str, Callable[[str], str]] = {
    "markdown": str,
    "text": text_to_markdown,
    "html": html_to_markdown,
}


@dataclass(frozen=True)
class Unit:
    """`name` is told while it is read; `size` is that of its files in bytes, as far as it is known."""

    name: str
    size: int
    read: Callable[[], Iterator[Found]]


def units_of(
    files: FileSet, *, skipped: frozenset[str] = frozenset(), before_claim: Callable[[str], object] = str
) -> list[Unit]:
    """In an order that is the same each time: reading may have to go on after a part.

    `skipped` names importers that are not asked; `before_claim` is told each one that is.
    """
    together = Files(files.names, files.read)
    units, claimed = [], set[str]()
    for importer in IMPORTERS if not files.pages else ():
        mine = set() if importer.name in skipped else _claim(importer, together, before_claim) - claimed
        if mine:
            size = sum(files.size(name) for name in mine)
            units.append(Unit(importer.name, size, partial(importer.load, together, mine)))
            claimed |= mine
    single = (name for name in files.names if name not in claimed)
    return units + [
        Unit(files.pages.get(name, name), files.size(name), partial(_one, files, name)) for name in single
    ]


def _claim(importer: Importer, files: Files, before: Callable[[str], object]) -> set[str]:
    before(importer.name)
    try:
        return importer.claim(files)
    except Refusal:
        return set()


def _one(files: FileSet, name: str) -> Iterator[Found]:
    url = files.pages.get(name)
    yield from load_page(files.read(name), url) if url else load_file(files.read(name))


def read_unit(unit: Unit) -> Iterator[Found]:
    """What a unit holds, every text as Markdown."""
    try:
        for found in unit.read():
            yield _settled(found) if isinstance(found, Record) else found
    except Refusal as refusal:
        yield Refused.by(refusal, Place(unit.name))


def _settled(record: Record) -> Record | Refused:
    body, name = record.fields.get("body"), str(record.fields.get("format") or "markdown")
    if name not in FORMATS:
        return Refused(record.place, "unknown_format", {"name": name[:40]})
    if not isinstance(body, str):
        return record
    try:
        text = FORMATS[name](body)
    except RecursionError:
        return Refused(record.place, "nested_too_deep")
    fields = {key: value for key, value in record.fields.items() if key != "format"}
    return replace(record, fields={**fields, "body": text})
