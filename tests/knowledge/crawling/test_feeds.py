"""RSS and Atom feeds: what an entry is called, where it is, what it says."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from knowledge.crawling import feeds
from knowledge.crawling.feeds import read_feed
from knowledge.loaders.base import Refusal

URL = "https://a.org/blog/feed.xml"
ARTICLE = "<p>Parcels are sent <a href='/terms'>every day</a>.</p>" + "<p>All of it is told here.</p>" * 30

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="style.xsl"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>News &amp; more</title><language>fr</language><link>https://a.org</link>
<atom:link rel="self" href="https://a.org/blog/feed.xml"/>
<item><title>Caf&eacute; &amp; <![CDATA[<b>cr&egrave;me</b>]]></title><link>/blog/one?utm_source=rss</link>
<description>A teaser</description><content:encoded><![CDATA[{ARTICLE}]]></content:encoded>
<pubDate>Mon, 06 May 2024 10:00:00 +0200</pubDate></item>
<item><title>Two</title><link>https://a.org/blog/two</link><description>{"long " * 200}</description></item>
<item><title>Nowhere</title><description>x</description></item>
<item><title>Mail</title><link>mailto:x@a.org</link></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.org/x/" xml:lang="en">
<title>B</title>
<entry><title type="html">A &lt;i&gt;title&lt;/i&gt;</title><link rel="alternate" href="one"/>
<link rel="enclosure" href="sound.mp3"/><updated>2024-05-06T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{ARTICLE}</div></content></entry>
<entry><title>Cut</title><link href="two"/><content type="html">{"long " * 200} Read more »</content></entry>
</feed>"""


def test_an_rss_feed_is_read() -> None:
    feed = read_feed(RSS.encode(), URL)
    one, two = feed.entries
    assert (feed.title, feed.language) == ("News & more", "fr")
    assert (one.url, one.title) == ("https://a.org/blog/one", "Café & crème")
    assert one.updated == datetime(2024, 5, 6, 8, tzinfo=UTC)
    assert (one.whole, one.html, one.base) == (True, ARTICLE, URL)
    assert (two.url, two.whole) == ("https://a.org/blog/two", False)


def test_an_atom_feed_is_read() -> None:
    one, two = read_feed(ATOM.encode(), URL).entries
    assert (one.url, one.title, one.whole) == ("https://b.org/x/one", "A title", True)
    assert one.updated == datetime(2024, 5, 6, 10, tzinfo=UTC)
    assert "every day" in one.html and one.base == "https://b.org/x/"
    assert (two.url, two.whole) == ("https://b.org/x/two", False)


@pytest.mark.parametrize(
    "body",
    [
        RSS.replace("UTF-8", "ISO-8859-1").replace("News", "Nouveautés").encode("latin-1"),
        RSS.replace("UTF-8", "UTF-16").encode("utf-16"),
        RSS.replace("</channel></rss>", "").encode(),
        RSS.replace("A teaser", "A & B < C").encode(),
        RSS.replace("A teaser", "<foo:bar>A</foo:bar>").encode(),
        RSS.replace("A teaser", "\x01\x02").encode(),
        RSS.replace("News", "N\xe9ws").encode("latin-1"),
    ],
    ids=["latin-1", "utf-16", "cut", "not escaped", "unknown prefix", "control signs", "wrong encoding"],
)
def test_feeds_as_they_are_found(body: bytes) -> None:
    assert read_feed(body, URL).entries[0].url == "https://a.org/blog/one"


@pytest.mark.parametrize("body", [b"", b"Not found", b"<html><p>x</p></html>", b"\x00\x01", b"<r"])
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal):
        read_feed(body, URL)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


def test_entities_stay_what_they_are(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    types = f'<!DOCTYPE rss [{LAUGHS}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    item = "<item><title>&l9;&f;</title><link>/x</link></item>"
    feed = read_feed(f'{types}<rss version="2.0"><channel>{item}</channel></rss>'.encode(), URL)
    assert all("ha" not in entry.title and "secret" not in entry.title for entry in feed.entries)


def test_a_huge_feed_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        read_feed(RSS.encode() + b" " * feeds.MOST_BYTES, URL)
    assert caught.value.code == "file_too_large"


def test_a_feed_without_an_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 10)
    items = "".join(f"<item><link>/{n}</link></item>" for n in range(50))
    feed = read_feed(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), URL)
    assert [entry.url for entry in feed.entries] == [f"https://a.org/{n}" for n in range(10)]


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel>" + b"<a" * 500_000,
        b"<rss><channel><item>" + b"<b>" * 500_000,
        b"<rss><channel><item><link>/</link><title>" + b"&lt;a" * 200_000 + b"</title></item>",
        b"<rss><channel><item><link>/</link><description><![CDATA[" + b"<a href='" * 200_000,
        b"<rss><channel><item><link>/</link><pubDate>" + b"1" * 1_000_000,
        b"<rss><channel><item><link>/</link><author>" + b"a@" * 500_000,
        b"<rss><channel><item><u:x/><link>/</link><description>" + b"&amp;lt;a" * 150_000,
        b"<!ENTITY " * 200_000,
        b'<rss version="2.0" xmlns:x="http://&#xD800;"><channel><x:y a:b=""/></channel></rss>',
        b"<rss><channel><item><link>/</link><pubDate>Mon, 99 Foo 99999 99:99:99</pubDate></item>",
    ],
)
def test_hostile_feeds_take_no_time(body: bytes) -> None:
    started = time.monotonic()
    with suppress(Refusal):
        read_feed(body, URL)
    assert time.monotonic() - started < 8
