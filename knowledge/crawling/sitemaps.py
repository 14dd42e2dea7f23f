"""Sitemaps and indexes of sitemaps (sitemaps.org): XML, packed XML, or one address a line. Pure."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from knowledge.crawling.addresses import read_address
from knowledge.loaders.base import Refusal

MOST_BYTES = 50_000_000  # unpacked, as the protocol has it
MOST_ENTRIES = 50_000  # of one file
MOST_LEVELS = 3  # an index of indexes is the last that is followed
PACKED = b"\x1f\x8b"


@dataclass(frozen=True)
class Listed:
    """`modified` is None when it is not said, or nothing that can be read."""

    url: str
    modified: datetime | None = None


@dataclass(frozen=True)
class Sitemap:
    """`sitemaps` are what an index lists. `cut`: it holds more than is taken."""

    pages: tuple[Listed, ...] = ()
    sitemaps: tuple[Listed, ...] = ()
    cut: bool = False


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """Raises Refusal when it is none. `url` is where it was found: what it lists may be relative to it."""
    text = _unpacked(body) if body.startswith(PACKED) else body
    if not text.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"\x00" not in text[:100]:
        return _lines(text, url)
    return _xml(text, url)


def _unpacked(body: bytes) -> bytes:
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        text = unpacking.decompress(body, MOST_BYTES)
    except zlib.error as error:
        raise Refusal("damaged") from error
    if unpacking.unconsumed_tail:
        raise Refusal("unpacks_too_large", most=MOST_BYTES // 1_000_000)
    return text


def _lines(text: bytes, url: str) -> Sitemap:
    """Every line has to be an address: an error page in plain text has none."""
    lines = [line for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    pages = [Listed(address) for line in lines[:MOST_ENTRIES] if (address := read_address(line, url))]
    if not lines or not all(
        line.strip().startswith(("http://", "https://")) for line in lines[:MOST_ENTRIES]
    ):
        raise Refusal("damaged")
    return Sitemap(tuple(pages), cut=len(lines) > MOST_ENTRIES)


def _xml(text: bytes, url: str) -> Sitemap:
    from lxml import etree

    found = _Found(url)
    parser = etree.XMLParser(
        target=found, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        etree.fromstring(text, parser)
    except _Enough:
        return found.sitemap(cut=True)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("damaged") from error
    if not found.root.endswith(("urlset", "sitemapindex")):
        raise Refusal("damaged")
    return found.sitemap(cut=False)


class _Enough(Exception):
    pass


@dataclass
class _Found:
    """What the parser tells, one sign after the other: a tree of 50 MB would take ten times as much."""

    url: str
    root: str = ""
    pages: list[Listed] = field(default_factory=list)
    sitemaps: list[Listed] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)
    _inside: str = ""

    def start(self, tag: str, _attributes: object) -> None:
        self.root = self.root or tag
        # Images, videos and news have elements of the same names in other namespaces.
        own = tag.removeprefix("{http://www.sitemaps.org/schemas/sitemap/0.9}")
        self._inside = own if own in ("loc", "lastmod") else ""
        if own in ("url", "sitemap"):
            self._texts = {}

    def data(self, text: str) -> None:
        if self._inside and len(self._texts.get(self._inside, "")) < 5000:
            self._texts[self._inside] = self._texts.get(self._inside, "") + text

    def end(self, tag: str) -> None:
        self._inside = ""
        kind = tag.rpartition("}")[2]
        if kind not in ("url", "sitemap"):
            return
        address = read_address(self._texts.get("loc", ""), self.url) if self._texts.get("loc") else None
        if address:
            listed = Listed(address, _time(self._texts.get("lastmod", "")))
            (self.pages if kind == "url" else self.sitemaps).append(listed)
        if len(self.pages) + len(self.sitemaps) >= MOST_ENTRIES:
            raise _Enough

    def doctype(self, *_: object) -> None:
        """No sitemap has one, and entities ("billion laughs") need it."""
        raise ValueError("a document type")

    def close(self) -> None:
        pass

    def sitemap(self, *, cut: bool) -> Sitemap:
        return Sitemap(tuple(self.pages), tuple(self.sitemaps), cut)


def _time(text: str) -> datetime | None:
    """W3C's dates: `2024-05`, `2024-05-01`, `2024-05-01T10:00:00+02:00`. Without a zone it is UTC."""
    text = text.strip()
    try:
        moment = datetime.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
