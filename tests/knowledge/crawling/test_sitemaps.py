"""Sitemaps, their indexes, and files that only look like them."""

from __future__ import annotations

import gzip
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from knowledge.crawling import sitemaps
from knowledge.crawling.sitemaps import Listed, read_sitemap
from knowledge.loaders.base import Refusal

URL = "https://a.org/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PAGES = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {SPACE} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://a.org/one?a=1&amp;b=2 </loc><lastmod>2024-05-01T10:00:00+02:00</lastmod>
    <image:image><image:loc>https://a.org/photo.jpg</image:loc></image:image></url>
  <url><lastmod>2024-05</lastmod><loc><![CDATA[https://a.org/two]]></loc></url>
  <url><loc>/three</loc><lastmod>yesterday</lastmod></url>
  <url><loc>mailto:x@a.org</loc></url>
  <url></url>
</urlset>"""


def test_the_pages_of_a_sitemap_are_read() -> None:
    assert read_sitemap(PAGES.encode(), URL).pages == (
        Listed("https://a.org/one?a=1&b=2", datetime(2024, 5, 1, 8, tzinfo=UTC)),
        Listed("https://a.org/two", datetime(2024, 5, 1, tzinfo=UTC)),
        Listed("https://a.org/three"),
    )


def test_an_index_lists_sitemaps() -> None:
    index = f"<sitemapindex {SPACE}><sitemap><loc>https://a.org/a.xml.gz</loc></sitemap></sitemapindex>"
    sitemap = read_sitemap(index.encode(), URL)
    assert (sitemap.pages, sitemap.sitemaps) == ((), (Listed("https://a.org/a.xml.gz"),))


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(PAGES.encode(), mtime=0),
        PAGES.replace("UTF-8", "UTF-16").encode("utf-16"),
        PAGES.replace(SPACE, "").encode(),
        b"\n\n" + PAGES.partition("?>")[2].encode(),
        PAGES.replace("</urlset>", "").encode(),  # cut in transfer
    ],
    ids=["packed", "utf-16", "without namespace", "without declaration", "cut"],
)
def test_sitemaps_as_they_are_found(body: bytes) -> None:
    assert [page.url for page in read_sitemap(body, URL).pages] == [
        "https://a.org/one?a=1&b=2",
        "https://a.org/two",
        "https://a.org/three",
    ]


def test_a_list_of_addresses_is_a_sitemap() -> None:
    body = b"\xef\xbb\xbfhttps://a.org/one\r\n\r\nhttps://a.org/two#x\r\n"
    assert [page.url for page in read_sitemap(body.removeprefix(b"\xef\xbb\xbf"), URL).pages] == [
        "https://a.org/one",
        "https://a.org/two",
    ]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Not found",
        b"<html><body>Not found</body></html>",
        b"<url",
        gzip.compress(PAGES.encode(), mtime=0)[:40],
        b"\x1f\x8bnot packed",
        b"\x00\x01\x02",
        f"<!DOCTYPE x [{LAUGHS}]><urlset {SPACE}><url><loc>&l9;</loc></url></urlset>".encode(),
        f"<!DOCTYPE x [{LAUGHS}]><urlset><url><loc>&l9;</loc></url></urlset>".encode("utf-16"),
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>&f;</loc></url></urlset>',
        b'<!DOCTYPE urlset SYSTEM "http://127.0.0.1/x.dtd"><urlset></urlset>',
    ],
)
def test_what_is_no_sitemap_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal):
        read_sitemap(body, URL)


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST_BYTES", 1_000_000)
    with pytest.raises(Refusal) as caught:
        read_sitemap(gzip.compress(b"<urlset>" + b" " * 20_000_000, mtime=0), URL)
    assert caught.value.code == "unpacks_too_large"


def test_a_sitemap_without_an_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST_ENTRIES", 10)
    many = "".join(f"<url><loc>https://a.org/{n}</loc></url>" for n in range(50))
    for body in (f"<urlset>{many}</urlset>", "\n".join(f"https://a.org/{n}" for n in range(50))):
        sitemap = read_sitemap(body.encode(), URL)
        assert (len(sitemap.pages), sitemap.cut) == (10, True)


@pytest.mark.parametrize(
    "body",
    [
        b"<urlset>" + b"<url>" * 500_000,
        b"<urlset><url><loc>" + b"x" * 9_000_000,
        b"<urlset " + b"a" * 9_000_000,
        b"<urlset>" + b"<!-- -->" * 500_000,
        b"<urlset>" + b"&amp;" * 1_000_000,
    ],
    ids=["deep", "long", "name", "comments", "references"],
)
def test_hostile_sitemaps_take_no_time(body: bytes) -> None:
    started = time.monotonic()
    with suppress(Refusal):
        assert read_sitemap(body, URL).pages == ()
    assert time.monotonic() - started < 5
