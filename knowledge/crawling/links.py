"""What a page says about others and about itself: links, its own address, what robots may do. Pure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from knowledge.crawling.addresses import read_address
from knowledge.crawling.robots import ROBOT

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 5_000_000  # of HTML are read for links
MOST_LINKS = 2000
MOST_TAGS = 20_000  # that are looked at
# Who is meant, and no directive that has a value.
WHOM = re.compile(r"\*|(?!max-|unavailable_)[a-z0-9_.-]+")
REFRESH = re.compile(r"\s*\d+(?:\.\d*)?\s*[;,]\s*url\s*=\s*[\"']?([^\"']*)", re.IGNORECASE)


@dataclass(frozen=True)
class Links:
    """`links` in the order of the page, each once, without those that robots shall not follow.

    `canonical` is the address that the page gives itself, `alternates` those of its translations by language.
    """

    links: tuple[str, ...] = ()
    canonical: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    language: str = ""
    noindex: bool = False


def read_links(html: bytes, url: str, *, charset: str = "", robots: str = "") -> Links:
    """`robots` is the X-Robots-Tag of the answer."""
    root = _parsed(html[:MOST_BYTES], charset)
    if root is None:
        return Links(noindex="noindex" in directives(robots, of_header=True))
    base = next(
        (read for tag in root.iter("base") if (read := read_address(tag.get("href") or "", url))), url
    )
    said = directives(robots, of_header=True) | _meta(root)
    links = Links(
        canonical=next(iter(_related(root, base, "canonical")), ("", ""))[1],
        alternates=tuple(pair for pair in _related(root, base, "alternate") if pair[0]),
        language=(root.get("lang") or "").strip()[:35],
        noindex="noindex" in said,
    )
    return links if "nofollow" in said else replace(links, links=_followed(root, base))


def directives(text: str, *, of_header: bool = False) -> set[str]:
    """`noindex` and `nofollow`, where they are said to us; a header may begin with whom it is for."""
    said: set[str] = set()
    ours = True
    for part in text.lower().split(","):
        name, colon, word = (piece.strip() for piece in part.partition(":"))
        if of_header and colon and WHOM.fullmatch(name):
            ours = name in ("*", ROBOT.lower())
        if ours:
            said.add(word if colon else name)
    return said | ({"noindex", "nofollow"} if "none" in said else set())


def _parsed(html: bytes, charset: str) -> _Element | None:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding=_encoding(html, charset),
        recover=True,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        return etree.fromstring(html, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _encoding(html: bytes, charset: str) -> str | None:
    """What the server says, else UTF-8 when it can be, else what the page says."""
    try:
        said = codecs.lookup(charset).name if charset else ""
    except LookupError:
        said = ""
    return said or ("utf-8" if _is_utf8(html) else None)


def _is_utf8(html: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(html)  # it may be cut inside a letter
    except UnicodeDecodeError:
        return False
    return True


def _meta(root: _Element) -> set[str]:
    named = (tag for tag in root.iter("meta") if (tag.get("name") or "").lower() in ("robots", ROBOT.lower()))
    return {word for tag in named for word in directives(tag.get("content") or "")}


def _related(root: _Element, base: str, kind: str) -> list[tuple[str, str]]:
    """(language, address) of the page's links to itself in another form."""
    tags = (
        tag for tag in islice(root.iter("link"), MOST_TAGS) if kind in (tag.get("rel") or "").lower().split()
    )
    read = ((tag.get("hreflang") or "", read_address(tag.get("href") or "", base)) for tag in tags)
    return [(language.strip().lower()[:35], address) for language, address in read if address][:MOST_LINKS]


def _followed(root: _Element, base: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for link in dict.fromkeys(islice(_written(root), MOST_TAGS)):
        address = read_address(link, base)
        if address:
            found[address] = None
        if len(found) >= MOST_LINKS:
            break
    return tuple(found)


def _written(root: _Element) -> Iterable[str]:
    for tag in root.iter("a", "area", "meta"):
        if tag.tag == "meta":
            refresh = REFRESH.match(tag.get("content") or "")
            if refresh and (tag.get("http-equiv") or "").lower() == "refresh":
                yield refresh[1]
        elif tag.get("href") and "nofollow" not in (tag.get("rel") or "").lower().split():
            yield tag.get("href")
