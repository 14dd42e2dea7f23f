"""RSS and Atom feeds: what each entry is called, where it is, and what it says. Pure."""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from html.entities import html5
from typing import TYPE_CHECKING, Any

from knowledge.crawling.addresses import read_address
from knowledge.loaders.base import Refusal

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 5_000_000
MOST_ENTRIES = 500
MOST_ELEMENTS = 50_000  # each costs the library 65 µs
WHOLE_CHARACTERS = 400  # of text; what is shorter is a teaser
ENTITY = re.compile(rb"&[a-zA-Z][a-zA-Z0-9]{1,30};")
KNOWN_TO_XML = (b"&amp;", b"&lt;", b"&gt;", b"&quot;", b"&apos;")
TAG = re.compile(r"<[^<>]*>")
TEASER = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|read more|lire la suite|continue reading)[\s»→>\]]*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Entry:
    """`html` is as the feed has it, not yet cleaned; `whole`: it is the article, so the page can be spared.
    Links in it are relative to `base`."""

    url: str
    title: str
    html: str
    base: str
    updated: datetime | None
    whole: bool


@dataclass(frozen=True)
class Feed:
    title: str
    language: str
    entries: tuple[Entry, ...]


def read_feed(body: bytes, url: str) -> Feed:
    """Raises Refusal when it is none. Entries without an address are left out."""
    import feedparser

    if len(body) > MOST_BYTES:
        raise Refusal("file_too_large", most=MOST_BYTES // 1_000_000)
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    # Cleaning is done where everything is cleaned, and the library's takes quadratic time.
    options = {"response_headers": headers, "resolve_relative_uris": False, "sanitize_html": False}
    try:
        read = feedparser.parse(io.BytesIO(_well_formed(body)), **options)
    except (ValueError, LookupError, TypeError, AttributeError) as error:  # what it was not written for
        raise Refusal("damaged") from error
    if not read.get("version"):
        raise Refusal("damaged")
    entries = [entry for raw in read.entries if (entry := _entry(raw, url))]
    return Feed(_text(read.feed.get("title")), str(read.feed.get("language") or ""), tuple(entries))


def _well_formed(body: bytes) -> bytes:
    """Without entities, and mended: the library's other parser, for broken feeds, takes quadratic time."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(ENTITY.sub(_as_number, body), parser)
        if root is None:
            raise Refusal("damaged")
        etree.strip_tags(root, etree.Entity)
        _shorten(root)
        return bytes(etree.tostring(root, encoding="utf-8"))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("damaged") from error


def _as_number(entity: re.Match[bytes]) -> bytes:
    """Feeds use the entities of HTML, which XML does not know."""
    signs = "" if entity[0] in KNOWN_TO_XML else html5.get(entity[0][1:].decode("ascii"), "")
    return "".join(f"&#{ord(sign)};" for sign in signs).encode("ascii") or entity[0]


def _shorten(root: _Element) -> None:
    """The first entries, and none of what would make the library call the feed broken."""
    for element in list(root.iter("{*}item", "{*}entry"))[MOST_ENTRIES:]:
        element.getparent().remove(element)
    elements = list(root.iter("{*}*"))
    if len(elements) > MOST_ELEMENTS:
        raise Refusal("damaged")
    for element in elements:
        for name in [name for name in element.attrib if _is_of_nobody(name)]:
            del element.attrib[name]
        if _is_of_nobody(element.tag):
            element.tag = element.tag.replace(":", "_")


def _is_of_nobody(name: str) -> bool:
    """Whether it has a prefix that stands for nothing."""
    return ":" in name and not name.startswith("{")


def _entry(raw: dict[str, Any], url: str) -> Entry | None:
    address = read_address(str(raw.get("link") or ""), url) if raw.get("link") else None
    if address is None:
        return None
    content = _content(raw)
    html = str(content.get("value") or "")
    return Entry(
        url=address,
        title=_text(raw.get("title")),
        html=html,
        base=str(content.get("base") or url),
        updated=_time(dict.get(raw, "updated_parsed") or dict.get(raw, "published_parsed")),
        whole=bool(raw.get("content")) and _is_whole(html),
    )


def _content(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The longest of its contents, else its summary."""
    contents = raw.get("content") or [raw.get("summary_detail") or {}]
    return max(contents, key=lambda content: len(content.get("value") or ""))


def _is_whole(html: str) -> bool:
    text = _text(html)
    return len(text) >= WHOLE_CHARACTERS and not TEASER.search(text[-60:])


def _text(html: Any) -> str:
    return " ".join(unescape(TAG.sub(" ", str(html or ""))).split())


def _time(parsed: Any) -> datetime | None:
    """Feeds name days that do not exist, and years that none of us will see."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None
