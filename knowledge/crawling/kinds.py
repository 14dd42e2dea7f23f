"""What an answer is, by what the server says and by what it begins with. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Endings and media types of what can be read; the names are those of `Visit.kind`.
ENDINGS = {
    "pdf": "pdf",
    "docx": "docx",
    "xlsx": "xlsx",
    "pptx": "pptx",
    "odt": "odt",
    "epub": "epub",
    "md": "markdown",
    "markdown": "markdown",
    "txt": "text",
    "csv": "csv",
    "json": "json",
}
TYPES = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/epub+zip": "epub",
    "text/markdown": "markdown",
    "text/csv": "csv",
    "application/json": "json",
}
ZIPPED = {"docx": b"word/", "xlsx": b"xl/", "pptx": b"ppt/", "odt": b"opendocument.text", "epub": b"epub+zip"}
# The first element of a feed or a sitemap, after declarations and comments.
ROOT = re.compile(
    rb"(?>\xef\xbb\xbf|\s+|<\?[^>]*>|<!--.*?-->|<![^>]*>)*+<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)[\s>]",
    re.DOTALL,
)
SITEMAPS = (b"urlset", b"sitemapindex")
HTML = re.compile(rb"<(?:!doctype html|html|head|body|title|meta|div|p|h1|a|table)[\s>]", re.IGNORECASE)
HTML_TYPES = ("text/html", "application/xhtml+xml")
UNSAID = ("", "text/plain", "application/octet-stream")
START = 2000  # bytes


def kind_of(content_type: str, body: bytes, url: str) -> str:
    """html, feed, sitemap, one of the values of ENDINGS, or other. How it begins counts most."""
    path = urlsplit(url).path.lower()
    said = TYPES.get(content_type) or ENDINGS.get(path.rpartition(".")[2], "")
    start = body[:START]
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _zipped(said, body)
    if start.startswith(b"\x1f\x8b"):
        return "sitemap" if path.endswith((".xml.gz", ".txt.gz")) else "other"
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.replace(b"\x00", b"")[2:]
    return "other" if b"\x00" in start else _text(content_type, said, start)


def _zipped(said: str, body: bytes) -> str:
    if said in ZIPPED:
        return said
    return next((kind for kind, mark in ZIPPED.items() if mark in body), "other")


def _text(content_type: str, said: str, start: bytes) -> str:
    if root := ROOT.match(start):
        return "sitemap" if root[1] in SITEMAPS else "feed"
    if content_type in HTML_TYPES or (content_type in UNSAID and not said and HTML.search(start)):
        return "html"
    if said in ("pdf", *ZIPPED):
        return "other"
    return said or ("text" if content_type == "text/plain" else "other")
