"""What a page says about others and about itself."""

from __future__ import annotations

import time

import pytest

from knowledge.crawling.links import MOST_LINKS, directives, read_links

URL = "https://a.org/help/"


def links(html: str, **options: str) -> tuple[str, ...]:
    return read_links(html.encode(), URL, **options).links


def test_links_come_in_order_and_once() -> None:
    html = """<nav><a href="b">B</a><a href="a#x">A</a><a href="b#y">B</a></nav>
    <a>none</a><a href="">self</a><a href="mailto:x@a.org">mail</a><a href="javascript:x()">js</a>
    <map><area href="/c?utm_source=x"></map><!-- <a href="hidden">x</a> --><A HREF=d>D</A>"""
    assert links(html) == (f"{URL}b", f"{URL}a", "https://a.org/c", f"{URL}d")


def test_a_base_is_what_links_are_relative_to() -> None:
    assert links('<base href="/docs/"><a href="x">') == ("https://a.org/docs/x",)
    assert links('<base href="https://cdn.org"><a href="x">') == ("https://cdn.org/x",)
    assert links('<base href="javascript:x"><a href="x">') == (f"{URL}x",)


def test_a_page_that_sends_on_leads_there() -> None:
    assert links('<meta http-equiv="Refresh" content="0; URL=\'/en/\'">') == ("https://a.org/en/",)


def test_links_that_shall_not_be_followed_are_left_out() -> None:
    assert links('<a href="a" rel="noopener NoFollow">A</a><a href="b" rel="noopener">B</a>') == (f"{URL}b",)


@pytest.mark.parametrize(
    ("content", "noindex", "followed"),
    [
        ("index, follow", False, True),
        ("NOINDEX", True, True),
        ("nofollow", False, False),
        ("noindex,nofollow", True, False),
        ("none", True, False),
        ("max-snippet:-1", False, True),
    ],
)
def test_robots_are_told_by_the_page_and_by_the_server(content: str, noindex: bool, followed: bool) -> None:
    for name in ("robots", "Causerie"):
        page = read_links(f'<meta name="{name}" content="{content}"><a href="x">'.encode(), URL)
        assert (page.noindex, bool(page.links)) == (noindex, followed)
    page = read_links(b'<a href="x">', URL, robots=content)
    assert (page.noindex, bool(page.links)) == (noindex, followed)
    assert read_links(f'<meta name="googlebot" content="{content}"><a href="x">'.encode(), URL).links


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("googlebot: noindex, nofollow", set()),
        ("googlebot: nofollow, causerie: noindex", {"noindex"}),
        ("unavailable_after: Sat, 25 Jun 2044 15:00:00 PST, noindex", {"noindex"}),
        ("max-image-preview:large, noindex", {"noindex"}),
    ],
)
def test_a_header_may_be_for_somebody_else(header: str, said: set[str]) -> None:
    assert directives(header, of_header=True) & {"noindex", "nofollow"} == said


def test_a_page_knows_its_own_address_and_its_translations() -> None:
    page = read_links(
        b"""<html lang="en-GB"><link rel="canonical" href="/help?utm_source=x">
        <link rel="alternate" hreflang="fr" href="/fr/aide"><link rel=alternate hreflang=x-default href=/help>
        <link rel="alternate" type="application/rss+xml" href="/feed">""",
        URL,
    )
    assert (page.canonical, page.language) == ("https://a.org/help", "en-GB")
    assert page.alternates == (("fr", "https://a.org/fr/aide"), ("x-default", "https://a.org/help"))


@pytest.mark.parametrize(
    ("html", "charset"),
    [
        ("<a href='/é'>".encode(), ""),
        ("<a href='/é'>".encode("latin-1"), "ISO-8859-1"),
        ("<a href='/é'>".encode("latin-1"), ""),
        ("<meta charset=latin1><a href='/é'>".encode("latin-1"), "no-such-encoding"),
        ("<a href='/é'>".encode("utf-16"), "utf-16"),
        ("<meta charset=latin1><a href='/é'>".encode(), "utf-8"),
    ],
)
def test_the_encoding_is_found(html: bytes, charset: str) -> None:
    assert read_links(html, URL, charset=charset).links == ("https://a.org/%C3%A9",)


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b"\x00" * 1000,
        b"\xff\xfe\xff",
        b"<a href=x>" * 300_000,
        b"<div>" * 500_000,
        b"<a href='" + b"x" * 3_000_000,
        b"<a href='" + b"../" * 1_000_000 + b"'>",
        b"<meta http-equiv=refresh content='" + b"0 " * 1_000_000 + b"'>",
        b"<!--" * 1_000_000,
        b"&amp" * 1_000_000,
        b"<!DOCTYPE html [" + b'<!ENTITY a "aaaaaaaaaa">' * 1000 + b"]><p>&a;</p>",
        "".join(f"<a href={n}>" for n in range(20_000)).encode(),
    ],
)
def test_hostile_pages_take_no_time(html: bytes) -> None:
    started = time.monotonic()
    assert len(read_links(html, URL).links) <= MOST_LINKS
    assert time.monotonic() - started < 5
