"""XML from a file that came from anywhere: no entities, nothing fetched, no endless depth. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.loaders.base import Refusal

if TYPE_CHECKING:
    from lxml.etree import _Element

# Office files and e-books need none; in UTF-16 the letters stand apart.
ENTITIES = (b"<!ENTITY", "<!ENTITY".encode("utf-16-le"), "<!ENTITY".encode("utf-16-be"))
SEEN = 100_000  # bytes: a document type stands at the beginning


def parse_xml(data: bytes) -> _Element:
    from lxml import etree

    refuse_entities(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("damaged") from error


def refuse_entities(data: bytes) -> None:
    """Entities that name each other make a small file endless ("billion laughs")."""
    if any(mark in data[:SEEN] for mark in ENTITIES):
        raise Refusal("xml_entities")


def local_name(element: _Element) -> str:
    """The name without its namespace; comments and instructions have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str:
    """An attribute by its local name, whatever its namespace."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def children(element: _Element, name: str) -> list[_Element]:
    return [child for child in element if local_name(child) == name]


def descendants(element: _Element, name: str) -> list[_Element]:
    return [inner for inner in element.iter() if local_name(inner) == name]
