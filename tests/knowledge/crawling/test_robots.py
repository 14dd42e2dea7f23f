"""What robots.txt allows us."""

from __future__ import annotations

import pickle

import pytest

from chatbot import outgoing
from knowledge.crawling.robots import ROBOT, read_robots, robots_address

TEXT = b"""\xef\xbb\xbf# hello
User-agent: *
Disallow: /

User-agent: causerie
Disallow: /private/
Disallow: /*?print=
Allow: /private/open$
Crawl-delay: 4
Sitemap: https://a.org/sitemap.xml
Sitemap: https://a.org/news.xml.gz
"""


def test_the_rules_for_us_count() -> None:
    robots = read_robots(200, TEXT)
    assert robots.allows("https://a.org/help")
    assert not robots.allows("https://a.org/private/x")
    assert not robots.allows("https://a.org/help?print=1")
    assert robots.allows("https://a.org/private/open")


def test_it_says_how_slowly_and_where_the_sitemaps_are() -> None:
    robots = read_robots(200, TEXT)
    assert robots.delay == 4
    assert robots.sitemaps == ("https://a.org/sitemap.xml", "https://a.org/news.xml.gz")


@pytest.mark.parametrize(
    ("line", "delay"),
    [("Crawl-delay: 1e9", 60), ("Crawl-delay: soon", 0), ("Request-rate: 1/5s", 5), ("Crawl-delay: -1", 0)],
)
def test_a_delay_has_an_end(line: str, delay: float) -> None:
    assert read_robots(200, f"User-agent: *\n{line}\n".encode()).delay == delay


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_missing_file_allows_all(status: int) -> None:
    robots = read_robots(status, b"User-agent: *\nDisallow: /")
    assert robots.allows("https://a.org/") and robots.available and robots.sitemaps == ()


@pytest.mark.parametrize("status", [0, 429, 500, 503])
def test_a_server_in_trouble_allows_nothing_for_now(status: int) -> None:
    robots = read_robots(status, b"")
    assert not robots.allows("https://a.org/") and not robots.available


@pytest.mark.parametrize("body", [b"", b"<html>Not found</html>", b"\x00\xff\xfe" * 1000, b"Disallow: /"])
def test_a_file_without_rules_allows_all(body: bytes) -> None:
    assert read_robots(200, body).allows("https://a.org/")


def test_a_huge_file_is_read_as_far_as_the_rfc_says() -> None:
    body = b"User-agent: *\nDisallow: /first\n" + b"#" * 600_000 + b"\nDisallow: /last\n"
    robots = read_robots(200, body)
    assert not robots.allows("https://a.org/first") and robots.allows("https://a.org/last")


def test_wildcards_take_no_time() -> None:
    body = b"User-agent: *\nDisallow: /" + b"*a" * 500 + b"b\n"
    assert read_robots(200, body).allows("https://a.org/" + "a" * 1900)


def test_it_can_be_kept() -> None:
    kept = pickle.loads(pickle.dumps(read_robots(200, TEXT)))
    assert not kept.allows("https://a.org/private/x")


def test_it_is_asked_of_the_host() -> None:
    assert robots_address("https://a.org:8443/a/b?c") == "https://a.org:8443/robots.txt"
    assert ROBOT == outgoing.NAME
