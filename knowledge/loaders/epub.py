"""An e-book: a document for each chapter, in reading order, titled as in the table of contents. Pure."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from knowledge.loaders.base import Found, Place, RawFile, Record, Refusal, Refused
from knowledge.loaders.naming import id_from_words, sensible_title, title_of_file
from knowledge.loaders.parts import records
from knowledge.loaders.xml_parts import attribute, children, descendants, local_name, parse_xml
from untrusted.archive import Package, open_package

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
FONTS_ONLY = ("embedding", "#RC")  # the ways in which fonts are garbled
MAX_CHAPTERS = 1_000


def load(file: RawFile) -> Iterator[Found]:
    try:
        with open_package(file.data) as package:
            yield from _chapters(package, file.name)
    except Refusal as refusal:
        yield Refused.by(refusal, Place(file.name))


def _chapters(package: Package, name: str) -> Iterator[Found]:
    _refuse_encrypted(package)
    path = _first_attribute(parse_xml(package.read(CONTAINER)), "rootfile", "full-path")
    book = parse_xml(package.read(path))
    language = next((each.text or "" for each in descendants(book, "language")), "").strip()
    titles, read = _contents(package, book, path), 0
    for number, chapter in enumerate(_spine(package, book, path), start=1):
        for record in _chapter(package, chapter, titles.get(chapter, ""), Place(name, "chapter", number)):
            read += 1
            yield Record(record.place, {**record.fields, "lang": language}, record.path)
    if not read:
        raise Refusal("no_text")


def _refuse_encrypted(package: Package) -> None:
    if ENCRYPTION in package:
        methods = descendants(parse_xml(package.read(ENCRYPTION)), "EncryptionMethod")
        if any(not any(mark in attribute(each, "Algorithm") for mark in FONTS_ONLY) for each in methods):
            raise Refusal("encrypted")


def _chapter(package: Package, path: str, title: str, place: Place) -> Iterator[Record]:
    from knowledge.loaders.html import fragment

    heading, body = fragment(package.read(path))
    if not body.strip():
        return
    called = title or sensible_title(heading) or f"{title_of_file(place.file)} – {place.number}"
    own = f"{place.file}#{id_from_words(posixpath.splitext(path)[0])}"
    for at, record in enumerate(records(place, called, body)):
        fields = {**record.fields, "id": own if at == 0 else f"{own}-{at + 1}"}
        yield Record(record.place, fields, place.file)


def _spine(package: Package, book: _Element, path: str) -> list[str]:
    """The chapters in order; not the table of contents, which says nothing itself."""
    items = {attribute(each, "id"): each for each in descendants(book, "item")}
    listed = [items.get(attribute(each, "idref")) for each in descendants(book, "itemref")]
    texts = [
        _resolve(path, attribute(each, "href"))
        for each in listed
        if each is not None
        and "html" in attribute(each, "media-type")
        and "nav" not in attribute(each, "properties").split()
    ]
    return [each for each in dict.fromkeys(texts) if each in package][:MAX_CHAPTERS]


def _contents(package: Package, book: _Element, path: str) -> dict[str, str]:
    """The title of each chapter, from the table of contents of EPUB 3 or else of EPUB 2."""
    titles: dict[str, str] = {}
    for item in descendants(book, "item"):
        place = _resolve(path, attribute(item, "href"))
        kind = attribute(item, "media-type")
        if place in package and ("nav" in attribute(item, "properties").split() or kind.endswith("ncx+xml")):
            for target, title in _entries(parse_xml(package.read(place))):
                titles.setdefault(_resolve(place, target), title)
    return titles


def _entries(contents: _Element) -> Iterator[tuple[str, str]]:
    for link in descendants(contents, "a"):
        yield attribute(link, "href"), " ".join("".join(str(part) for part in link.itertext()).split())
    for point in descendants(contents, "navPoint"):
        labels = children(point, "navLabel")
        text = " ".join("".join(str(part) for label in labels for part in label.itertext()).split())
        yield _first_attribute(point, "content", "src"), text


def _first_attribute(parent: _Element, name: str, key: str) -> str:
    return next((attribute(each, key) for each in parent.iter() if local_name(each) == name), "")


def _resolve(base: str, target: str) -> str:
    """A path inside the book; what follows `#` is a place in the file."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(target.partition("#")[0])))
