"""One spelling for each page's address, and what belongs to a site."""

from __future__ import annotations

import pytest

from knowledge.crawling.addresses import (
    MOST_CHARACTERS,
    is_readable,
    is_within,
    looks_endless,
    read_address,
    site_of,
)

BASE = "https://shop.example.org/help/index.html"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("returns", "https://shop.example.org/help/returns"),
        ("../about#team", "https://shop.example.org/about"),
        ("  /contact \n", "https://shop.example.org/contact"),
        ("//other.example.org", "https://other.example.org/"),
        ("HTTP://Shop.Example.ORG.:80/A", "http://shop.example.org/A"),
        ("https://shop.example.org:443/", "https://shop.example.org/"),
        ("https://shop.example.org:8443/", "https://shop.example.org:8443/"),
        ("http://[2606:4700::1]:80/", "http://[2606:4700::1]/"),
        ("/a/./b/../c/", "https://shop.example.org/a/c/"),
        ("https://shop.example.org/../../x/..", "https://shop.example.org/"),
        ("/caf%c3%a9?q=%7e", "https://shop.example.org/caf%C3%A9?q=~"),
        ("/café crème", "https://shop.example.org/caf%C3%A9%20cr%C3%A8me"),
        ("/100%", "https://shop.example.org/100%"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("/a?utm_source=x&page=2&UTM_Campaign=y&gclid=1", "https://shop.example.org/a?page=2"),
        ("/a?fbclid=1", "https://shop.example.org/a"),
        ("/a?", "https://shop.example.org/a"),
        ("/a;jsessionid=0A1B?x=1", "https://shop.example.org/a?x=1"),
        ("/a?PHPSESSID=abc&sid=0123456789abcdef0&x", "https://shop.example.org/a?x"),
        ("/a?sid=42", "https://shop.example.org/a?sid=42"),
        ("/a?lang=fr", "https://shop.example.org/a?lang=fr"),
        ("?page=2", "https://shop.example.org/help/index.html?page=2"),
    ],
)
def test_an_address_has_one_spelling(link: str, address: str) -> None:
    assert read_address(link, BASE) == address
    assert read_address(address) == address


@pytest.mark.parametrize(
    "link",
    [
        "mailto:help@example.org",
        "tel:+331",
        "javascript:void(0)",
        "data:text/html,x",
        "ftp://example.org/",
        "http://user:secret@example.org/",
        "http://",
        "http://[",
        "http://example.org:port/",
        "http://example.org:99999/",
        "http://ex\u2100mple.org/",
        f"http://{'ü' * 70}.example/",
        f"/{'a' * MOST_CHARACTERS}",
        "/\ud800",
    ],
)
def test_what_is_no_page_of_the_web_has_none(link: str) -> None:
    assert read_address(link, BASE) is None


@pytest.mark.parametrize(
    ("start", "address", "within"),
    [
        ("https://a.org/", "https://a.org/anything", True),
        ("https://a.org/", "http://www.a.org/anything", True),
        ("https://www.a.org/", "https://a.org/", True),
        ("https://a.org/", "https://b.a.org/", False),
        ("https://a.org/", "https://a.org:8443/", False),
        ("https://a.org/", "https://a.org.evil.org/", False),
        ("https://a.org/help", "https://a.org/help/x", True),
        ("https://a.org/help/", "https://a.org/help", True),
        ("https://a.org/help", "https://a.org/helpdesk", False),
        ("https://a.org/help/index.html", "https://a.org/help/x", True),
        ("https://a.org/docs/v1.2", "https://a.org/docs/other", False),
    ],
)
def test_a_site_is_what_lies_at_or_below_its_start(start: str, address: str, within: bool) -> None:
    assert is_within(address, start) == within


def test_www_makes_no_other_site() -> None:
    assert site_of("https://www.a.org/x") == site_of("http://a.org/") == "a.org"


@pytest.mark.parametrize("name", ["guide.pdf", "terms.DOCX", "page.php", "v1.2", "page", "", "a.zip.html"])
def test_what_may_be_a_text_is_kept(name: str) -> None:
    assert is_readable(f"https://a.org/{name}?x=y.png")


@pytest.mark.parametrize(
    "name", ["photo.JPG", "app.min.js", "style.css", "all.tar.gz", "film.mp4", "a.woff2"]
)
def test_what_is_no_text_is_skipped(name: str) -> None:
    assert not is_readable(f"https://a.org/{name}?v=2")


def test_a_path_that_repeats_itself_looks_endless() -> None:
    assert looks_endless("https://a.org/en/help/en/help/en/")
    assert looks_endless(f"https://a.org/{'/'.join(map(str, range(20)))}")
    assert not looks_endless("https://a.org/2024/05/05/news")
