"""A Word document: headings, lists, tables, links and notes as Markdown, by way of mammoth's HTML. Pure.

Mammoth gets a copy of the document made here, of its text parts only: no pictures to decode, no XML that was
not parsed with care, and without what the author took back or hid (tracked deletions, hidden text, comments).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from knowledge.loaders.base import Found, Place, RawFile, Refusal, Refused
from knowledge.loaders.naming import sensible_title, title_of_file
from knowledge.loaders.parts import first_heading, records
from knowledge.loaders.xml_parts import attribute, children, descendants, local_name, parse_xml
from untrusted.archive import Package, open_package

if TYPE_CHECKING:
    from lxml.etree import _Element

TEXT_PART = re.compile(
    r"word/(?:_rels/)?(?:document|styles|numbering|footnotes|endnotes)\d*\.xml(?:\.rels)?"
    r"|\[Content_Types\]\.xml|_rels/\.rels"
)
UNSEEN = {"del", "moveFrom", "commentReference", "delText", "blip", "imagedata"}
OFF = {"0", "false", "off"}
DEEPEST = 6
# What mammoth raises for a document that is not put together as it should be.
DAMAGE = (OSError, LookupError, ValueError, AttributeError, TypeError, ExpatError)
STYLES = (
    "p[style-name='Title'] => h1.title:fresh",
    "p[style-name='Subtitle'] => p:fresh",
    "p[style-name='TOC Heading'] => !",
    *(f"p[style-name='toc {level}'] => !" for level in range(1, 10)),
)
TITLE = re.compile(r'<h1 class="title">(.*?)</h1>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
BACK_TO_NOTE = re.compile(r'<a href="#[^"]*">↑</a>')
INNER_LINK = re.compile(r'<a (?:id="[^"]*" ?|href="#[^"]*" ?)+>(.*?)</a>', re.DOTALL)
BOLD_LINE = re.compile(r"^\*\*([^*\n]{3,90}?)[ :]*\*\*[ :]*$", re.MULTILINE)


def load(file: RawFile) -> Iterator[Found]:
    try:
        with open_package(file.data) as package:
            yield from _records(package, file.name)
    except Refusal as refusal:
        yield Refused.by(refusal, Place(file.name))


def _records(package: Package, name: str) -> Iterator[Found]:
    from knowledge.loaders.markup import html_to_markdown

    html = _html(package)
    named = TITLE.search(html)
    body = html_to_markdown(_with_table_heads(html)).strip()
    if not body:
        raise Refusal("no_text")
    if not re.search(r"^#{1,6} ", TITLE.sub("", body), re.MULTILINE):
        body = BOLD_LINE.sub(r"## \1", body)  # who knows no styles writes headings in bold
    title = sensible_title(TAG.sub("", named[1])) if named else ""
    title = title or first_heading(body) or _property(package, "title")
    yield from records(Place(name), title or title_of_file(name), body, lang=_property(package, "language"))


def _html(package: Package) -> str:
    from mammoth import convert_to_html

    copy, styles = _copy(package)
    wanted = "\n".join([*STYLES, *styles])
    try:
        result = convert_to_html(copy, style_map=wanted, convert_image=lambda _image: [])
    except DAMAGE as error:
        raise Refusal("damaged") from error
    return INNER_LINK.sub(r"\1", BACK_TO_NOTE.sub("", str(result.value)))


def _with_table_heads(html: str) -> str:
    """A Markdown table has a header; Word does not say which row that is, and the first mostly is."""
    return re.sub(r"(<table>)(<tr>)(.*?)(</tr>)", _head, html, flags=re.DOTALL)


def _head(match: re.Match[str]) -> str:
    cells = re.sub(r"<(/?)td\b", r"<\1th", match[3]) if "<table" not in match[3] else match[3]
    return f"{match[1]}{match[2]}{cells}{match[4]}"


def _copy(package: Package) -> tuple[io.BytesIO, list[str]]:
    """The text parts, cleaned, and how the styles of this document map to headings."""
    from lxml import etree

    copy, styles = io.BytesIO(), []
    with zipfile.ZipFile(copy, "w") as out:
        for name in filter(TEXT_PART.fullmatch, package.names):
            root = parse_xml(package.read(name))
            if "styles" in name:
                styles = _headings(root)
            _clean(root)
            out.writestr(name, etree.tostring(root))
    return copy, styles


def _clean(root: _Element) -> None:
    for element in list(root.iter()):
        parent = element.getparent()
        if parent is not None and (local_name(element) in UNSEEN or _is_hidden(element)):
            parent.remove(element)


def _is_hidden(element: _Element) -> bool:
    if local_name(element) not in ("r", "tr"):
        return False
    looks = children(element, "rPr" if local_name(element) == "r" else "trPr")
    marks = [mark for look in looks for mark in look if local_name(mark) in ("vanish", "webHidden", "del")]
    return any(attribute(mark, "val") not in OFF for mark in marks)


def _headings(styles: _Element) -> list[str]:
    """Styles of an author's own that say at which level of the outline they stand."""
    found = []
    for style in descendants(styles, "style"):
        name = next((attribute(each, "val") for each in children(style, "name")), "")
        level = next((attribute(each, "val") for each in descendants(style, "outlineLvl")), "")
        plain = "'" not in name and "\\" not in name and not name.lower().startswith("heading ")
        if (
            level.isdecimal()
            and int(level) < DEEPEST
            and name
            and plain
            and name not in ("Title", "Subtitle")
        ):
            found.append(f"p[style-name='{name}'] => h{int(level) + 1}:fresh")
    return found


def _property(package: Package, name: str) -> str:
    if "docProps/core.xml" not in package:
        return ""
    found = descendants(parse_xml(package.read("docProps/core.xml")), name)
    text = (found[0].text or "") if found else ""
    return sensible_title(text) if name == "title" else text.strip()
