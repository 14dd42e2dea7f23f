"""What an answer is, whatever the server calls it."""

from __future__ import annotations

import time

import pytest

from knowledge.crawling.kinds import kind_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("type_", "body", "name", "kind"),
    [
        ("text/html", b"<p>x</p>", "", "html"),
        ("application/xhtml+xml", b"<?xml version='1.0'?><html>", "", "html"),
        ("", b"<!DOCTYPE html><title>x</title>", "page", "html"),
        ("text/plain", b"<html><body>", "page", "html"),
        ("text/html", b"<html>a viewer", "guide.pdf", "html"),
        ("text/html", b"%PDF-1.7", "guide", "pdf"),
        ("application/pdf", b"%PDF-1.4", "x", "pdf"),
        ("application/pdf", b"Not found", "x.pdf", "other"),
        (WORD, b"PK\x03\x04", "x", "docx"),
        ("application/octet-stream", b"PK\x03\x04", "x.XLSX", "xlsx"),
        ("application/zip", b"PK\x03\x04..word/document.xml", "x", "docx"),
        ("application/zip", b"PK\x03\x04..photo.jpg", "x", "other"),
        (WORD, b"<html>", "x.docx", "other"),
        ("text/plain; charset", b"hello", "x.md", "markdown"),
        ("text/plain", b"hello", "x", "text"),
        ("text/csv", b"a,b", "x", "csv"),
        ("application/json", b"{}", "x", "json"),
        ("application/rss+xml", b"<?xml version='1.0'?>\n<!-- <feed> --><rss version='2.0'>", "x", "feed"),
        ("text/html", b"\xef\xbb\xbf <feed xmlns='x'>", "x", "feed"),
        ("text/xml", b"<rdf:RDF xmlns='x'>", "x", "feed"),
        ("application/xml", "<urlset xmlns='x'>".encode("utf-16"), "x", "sitemap"),
        ("text/xml", b"<sitemapindex >", "x", "sitemap"),
        ("application/gzip", b"\x1f\x8b..", "sitemap.xml.gz", "sitemap"),
        ("application/gzip", b"\x1f\x8b..", "backup.gz", "other"),
        ("text/xml", b"<something>", "x", "other"),
        ("text/html", b"<p>\x00\x01", "x", "other"),
        ("image/png", b"\x89PNG\r\n\x1a\n\x00", "x", "other"),
        ("image/svg+xml", b"<svg>", "x", "other"),
        ("", b"", "x", "other"),
    ],
)
def test_a_kind_is_what_it_begins_with(type_: str, body: bytes, name: str, kind: str) -> None:
    assert kind_of(type_, body, f"https://a.org/{name}?x=1") == kind


def test_a_long_way_to_the_first_element_takes_no_time() -> None:
    started = time.monotonic()
    for piece in (b"<!-- -->", b"<!x>", b" ", b"<?a?>", b"<!--"):
        kind_of("", piece * 1000, "https://a.org/")
    assert time.monotonic() - started < 1
