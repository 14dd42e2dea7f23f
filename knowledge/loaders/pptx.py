"""A presentation: a section for each slide, with its title, points, tables and speaker's notes. Pure.

The XML is read here; python-pptx, made for writing presentations, was last released in 2024.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.loaders.base import Found, Place, RawFile, Refusal, Refused
from knowledge.loaders.markdown_table import markdown_table
from knowledge.loaders.naming import sensible_title, title_of_file
from knowledge.loaders.parts import records
from knowledge.loaders.xml_parts import attribute, children, descendants, local_name, parse_xml
from untrusted.archive import Package, open_package

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "ppt/presentation.xml"
TITLES = {"title", "ctrTitle"}
UNSEEN = {"dt", "ftr", "sldNum", "hdr", "sldImg"}  # dates, footers, slide numbers
MAX_SLIDES = 1_000


def load(file: RawFile) -> Iterator[Found]:
    try:
        with open_package(file.data) as package:
            yield from _records(package, file.name)
    except Refusal as refusal:
        yield Refused.by(refusal, Place(file.name))


def _records(package: Package, name: str) -> Iterator[Found]:
    slides = [slide for path in _slides(package) if (slide := _read(package, path))]
    if not slides:
        raise Refusal("no_text")
    title = sensible_title(slides[0][0]) or title_of_file(name)
    body = "\n\n".join(
        f"## {heading or number}\n\n{text}" for number, (heading, text) in enumerate(slides, 1)
    )
    yield from records(Place(name), title, body)


def _slides(package: Package) -> list[str]:
    """The paths of the slides, in the order in which they are shown."""
    targets = _relations(package, MAIN)
    ids = [attribute(each, "id") for each in descendants(parse_xml(package.read(MAIN)), "sldId")]
    shown = [_relation_id(each) for each in descendants(parse_xml(package.read(MAIN)), "sldId")]
    paths = [targets[key][1] for key in (shown or ids) if key in targets]
    return [path for path in paths if path in package][:MAX_SLIDES]


def _relation_id(element: _Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.endswith("}id")), "")


def _relations(package: Package, path: str) -> dict[str, tuple[str, str]]:
    """What a part names: the kind and the path of each, by its id."""
    folder, name = posixpath.split(path)
    listed = f"{folder}/_rels/{name}.rels"
    if listed not in package:
        return {}
    found = {}
    for each in children(parse_xml(package.read(listed)), "Relationship"):
        target = posixpath.normpath(posixpath.join(folder, attribute(each, "Target")))
        found[attribute(each, "Id")] = (attribute(each, "Type").rpartition("/")[2], target.lstrip("/"))
    return found


def _read(package: Package, path: str) -> tuple[str, str] | None:
    """The heading of a slide and its text; nothing for one that is hidden or empty."""
    slide = parse_xml(package.read(path))
    if slide.get("show") == "0":
        return None
    heading, blocks = "", []
    for shape in _shapes(slide):
        if local_name(shape) == "graphicFrame":
            blocks.append(_table(shape))
        elif _placeholder(shape) in TITLES and not heading:
            heading = " ".join(" ".join(_paragraphs(shape)).replace("- ", "", 1).split())
        elif _placeholder(shape) not in UNSEEN:
            blocks.append("\n".join(_paragraphs(shape)))
    notes = [
        path for kind, path in _relations(package, path).values() if kind == "notesSlide" and path in package
    ]
    blocks += [_notes(parse_xml(package.read(path))) for path in notes]
    text = "\n\n".join(filter(None, blocks))
    return (heading, text) if heading or text else None


def _shapes(parent: _Element) -> Iterator[_Element]:
    """Shapes with text and tables, also those in groups."""
    for element in parent:
        if local_name(element) in ("sp", "graphicFrame"):
            yield element
        elif local_name(element) in ("cSld", "spTree", "grpSp"):
            yield from _shapes(element)


def _placeholder(shape: _Element) -> str:
    found = descendants(shape, "ph")
    return attribute(found[0], "type") if found else ""


def _paragraphs(shape: _Element) -> list[str]:
    """A body of several paragraphs is a list of points."""
    found = [(_level(each), text) for each in descendants(shape, "p") if (text := _text(each))]
    if len(found) < 2 or _placeholder(shape) in TITLES:
        return [text for _, text in found]
    return [f"{'  ' * level}- {text}" for level, text in found]


def _level(paragraph: _Element) -> int:
    level = next((attribute(each, "lvl") for each in children(paragraph, "pPr")), "")
    return min(int(level), 8) if level.isdecimal() else 0


def _text(paragraph: _Element) -> str:
    parts = [
        " " if local_name(each) == "br" else (each.text or "")
        for each in paragraph.iter()
        if local_name(each) in ("t", "br")
    ]
    return " ".join("".join(parts).split())


def _table(frame: _Element) -> str:
    rows = [
        [" ".join(filter(None, map(_text, descendants(cell, "p")))) for cell in children(row, "tc")]
        for row in descendants(frame, "tr")
    ]
    return markdown_table(rows[0], rows[1:]) if rows else ""


def _notes(slide: _Element) -> str:
    bodies = [shape for shape in _shapes(slide) if _placeholder(shape) == "body"]
    return "\n\n".join(text for shape in bodies for each in descendants(shape, "p") if (text := _text(each)))
