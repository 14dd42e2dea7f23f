"""A text document of LibreOffice: headings, lists, tables and links as Markdown. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.loaders.base import Found, Place, RawFile, Refusal, Refused
from knowledge.loaders.markdown_table import markdown_table
from knowledge.loaders.naming import sensible_title, title_of_file
from knowledge.loaders.parts import first_heading, records
from knowledge.loaders.xml_parts import attribute, children, descendants, local_name, parse_xml
from untrusted.archive import Package, open_package

if TYPE_CHECKING:
    from lxml.etree import _Element

# Comments, tracked deletions, contents and their like, pictures with their captions left.
UNSEEN = {
    "annotation",
    "tracked-changes",
    "table-of-content",
    "hidden-text",
    "hidden-paragraph",
    "image",
    "object",
}
UNSEEN |= {"forms", "sequence-decls", "index-title"}
MOST_SPACES = 50
SPACES = re.compile(r" {2,}(?!\n)")


def load(file: RawFile) -> Iterator[Found]:
    try:
        with open_package(file.data) as package:
            yield from _records(package, file.name)
    except Refusal as refusal:
        yield Refused.by(refusal, Place(file.name))


def _records(package: Package, name: str) -> Iterator[Found]:
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Refusal("encrypted")
    content = descendants(parse_xml(package.read("content.xml")), "text")
    blocks = [block for text in content[:1] for block in _blocks(text) if block]
    if not blocks:
        raise Refusal("no_text")
    body = "\n\n".join(blocks)
    title = _title(package) or first_heading(body) or title_of_file(name)
    yield from records(Place(name), title, body)


def _title(package: Package) -> str:
    if "meta.xml" not in package:
        return ""
    found = descendants(parse_xml(package.read("meta.xml")), "title")
    return sensible_title(found[0].text or "") if found else ""


def _blocks(parent: _Element) -> Iterator[str]:
    for element in parent:
        name = local_name(element)
        if name == "h":
            level = attribute(element, "outline-level")
            yield _nonempty(f"{'#' * min(int(level) if level.isdecimal() else 1, 6)} ", _inline(element))
        elif name == "p":
            yield _nonempty("", _inline(element))
        elif name == "list":
            yield "\n".join(_items(element, 0))
        elif name == "table":
            yield _table(element)
        elif name and name not in UNSEEN:
            yield from _blocks(element)


def _nonempty(mark: str, text: str) -> str:
    return f"{mark}{text}" if text else ""


def _items(element: _Element, depth: int) -> Iterator[str]:
    for item in children(element, "list-item") + children(element, "list-header"):
        for inner in item:
            if local_name(inner) == "list":
                yield from _items(inner, depth + 1)
            elif text := _inline(inner):
                yield f"{'  ' * depth}- {text}"


def _table(element: _Element) -> str:
    rows = [
        [" ".join(filter(None, _blocks(cell))) for cell in children(row, "table-cell")]
        for row in descendants(element, "table-row")
    ]
    rows = [row for row in rows if any(row)]
    return markdown_table(rows[0], rows[1:]) if rows else ""


def _inline(element: _Element) -> str:
    return SPACES.sub(" ", "".join(_words(element))).strip()


def _words(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        name = local_name(inner)
        if name == "line-break":
            yield "  \n"
        elif name == "tab":
            yield " "
        elif name == "s":
            count = attribute(inner, "c")
            yield " " * min(int(count) if count.isdecimal() else 1, MOST_SPACES)
        elif name == "a":
            yield _link(inner)
        elif name and name not in UNSEEN and name != "note":
            yield from _words(inner)
        yield inner.tail or ""


def _link(element: _Element) -> str:
    words, address = "".join(_words(element)).strip(), attribute(element, "href")
    return f"[{words}]({address})" if words and address.startswith(("http", "mailto:")) else words
