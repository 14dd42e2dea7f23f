"""Visits to a real site on this machine: what is asked, what is made of the answer, and whole crawls."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from chatbot import outgoing
from knowledge.crawling.planning import Pace, Page, Scope, Site, after_answer, host_of, new_pages, next_visit
from knowledge.crawling.sitemaps import read_sitemap
from knowledge.crawling.visiting import Visit, visit, visit_robots
from tests import webserver
from tests.webserver import Asked, WebServer, serving


@pytest.fixture
def web(settings) -> Iterator[WebServer]:
    with serving() as web:
        settings.OUTGOING_ALLOWED = [f"127.0.0.1:{web.port}"]
        yield web


def page(*links: str, **options) -> webserver.Page:
    return webserver.Page("".join(f'<a href="{link}">x</a>' for link in links), **options)


def crawl(site: Site) -> list[Visit]:
    """As the product does it, but with the clock put forward instead of waiting."""
    robots = visit_robots(site.start)
    known, waiting, visits = {site.start}, [Page(site.start)], list[Visit]()
    paces = {host_of(site.start): Pace(delay=robots.delay)}
    now = 0.0

    def follows(url: str) -> bool:
        return bool(new_pages(site, set(), [url], depth=0, allows=robots.allows))

    while (upcoming := next_visit(waiting, paces, now)).page:
        now, current = upcoming.at, upcoming.page
        waiting.remove(current)
        seen = visit(current.url, follow=follows)
        visits.append(seen)
        host = host_of(current.url)
        paces[host] = after_answer(paces.get(host, Pace()), now, status=seen.status)
        known.add(seen.final_url)
        new = new_pages(site, known, seen.links, depth=current.depth + 1, allows=robots.allows)
        known |= {found.url for found in new}
        waiting += new
    return visits


def paths(web: WebServer) -> list[str]:
    return [path for path in web.paths if path != "/robots.txt"]


# --- One visit ----------------------------------------------------------------------------------------------


def test_a_page_is_read(web: WebServer) -> None:
    web.pages["/"] = webserver.Page(
        '<html lang="fr"><link rel="canonical" href="/x"><a href="/a">A</a>',
        headers={"ETag": '"1"', "Last-Modified": "Mon, 06 May 2024 08:00:00 GMT"},
    )
    seen = visit(f"{web.url}/")
    assert (seen.status, seen.kind, seen.charset, seen.language) == (200, "html", "utf-8", "fr")
    assert (seen.etag, seen.last_modified) == ('"1"', "Mon, 06 May 2024 08:00:00 GMT")
    assert (seen.links, seen.canonical) == ((f"{web.url}/a",), f"{web.url}/x")
    assert web.asked[0].headers["user-agent"].startswith("Causerie/")


def test_a_page_that_has_not_changed_is_not_sent_again(web: WebServer) -> None:
    def conditional(asked: Asked) -> webserver.Page:
        known = asked.headers.get("if-none-match") == '"1"' and "if-modified-since" in asked.headers
        return webserver.Page(status=304) if known else page("/a", headers={"ETag": '"1"'})

    web.pages["/"] = conditional
    first = visit(f"{web.url}/")
    second = visit(f"{web.url}/", etag=first.etag, last_modified="Mon, 06 May 2024 08:00:00 GMT")
    assert (second.status, second.unchanged, second.kind, second.etag) == (304, True, "", '"1"')


@pytest.mark.parametrize(("status", "gone"), [(404, True), (410, True), (403, False), (500, False)])
def test_a_page_of_an_error_is_not_read(web: WebServer, status: int, gone: bool) -> None:
    web.pages["/"] = page("/a", status=status)
    seen = visit(f"{web.url}/")
    assert (seen.kind, seen.body, seen.links, seen.is_gone) == ("", b"", (), gone)


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("120", 120, 120),
        ("Fri, 31 Dec 2100 23:59:59 GMT", 1e6, 1e10),
        ("Mon, 06 May 2024 08:00:00 GMT", 0, 0),
    ],
)
def test_it_is_told_how_long_to_wait(web: WebServer, said: str, low: float, high: float) -> None:
    web.pages["/"] = page(status=503, headers={"Retry-After": said})
    assert low <= visit(f"{web.url}/").retry_after <= high
    web.pages["/"] = page(status=503, headers={"Retry-After": "soon"})
    assert visit(f"{web.url}/").retry_after is None


def test_a_header_keeps_a_file_out(web: WebServer) -> None:
    web.pages["/x.pdf"] = webserver.Page(b"%PDF-1.7", "application/pdf", headers={"X-Robots-Tag": "noindex"})
    seen = visit(f"{web.url}/x.pdf")
    assert (seen.kind, seen.noindex) == ("pdf", True)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (webserver.Page("<a href='/é'>é".encode("latin-1"), "text/html; charset=utf-8"), "html"),
        (webserver.Page("<a href='/é'>é".encode("latin-1"), "text/html; charset=klingon"), "html"),
        (webserver.Page(b"\x00\x01" * 1000, "text/html"), "other"),
        (webserver.Page(b"\x89PNG\r\n\x1a\n\x00", "text/html"), "other"),
        (webserver.Page(b"", "text/html"), "html"),
        (webserver.Page(b"hello", ""), "other"),
    ],
)
def test_hostile_pages_are_survived(web: WebServer, answer: webserver.Page, kind: str) -> None:
    web.pages["/"] = answer
    assert visit(f"{web.url}/").kind == kind


def test_a_huge_page_and_a_slow_page_are_left(web: WebServer) -> None:
    web.pages["/huge"] = webserver.Page(b"x" * 2_000_000)
    web.by_hand["/slow"] = lambda _connection: time.sleep(2)
    for path, code in (("/huge", "too_large"), ("/slow", "too_slow")):
        with pytest.raises(outgoing.OutgoingError) as caught:
            visit(f"{web.url}{path}", limit_bytes=1_000_000, seconds=0.5)
        assert caught.value.code == code


# --- robots.txt ---------------------------------------------------------------------------------------------


def test_robots_that_cannot_be_asked_allow_nothing(settings, web: WebServer) -> None:
    assert visit_robots(f"{web.url}/help").allows(f"{web.url}/help")  # 404
    web.pages["/robots.txt"] = page(status=500)
    assert not visit_robots(f"{web.url}/help").allows(f"{web.url}/help")
    settings.OUTGOING_ALLOWED = []
    assert not visit_robots(f"{web.url}/help").allows(f"{web.url}/help")


def test_robots_that_lead_round_in_circles_are_missing(web: WebServer) -> None:
    web.pages["/robots.txt"] = page(status=302, headers={"Location": "/robots.txt"})
    assert visit_robots(web.url).allows(web.url)


# --- Whole crawls -------------------------------------------------------------------------------------------


def test_a_site_is_read_breadth_first_and_each_page_once(web: WebServer) -> None:
    web.pages |= {
        "/": page("/a", "/b", "https://elsewhere.example.org/", "/photo.jpg"),
        "/a": page("/deep", "/", "/a#x", "/b"),
        "/b": page("/a", "/b?utm_source=x"),
        "/deep": page("/"),
    }
    crawl(Site(f"{web.url}/"))
    assert paths(web) == ["/", "/a", "/b", "/deep"]


def test_what_robots_forbid_is_not_visited(web: WebServer) -> None:
    web.pages |= {
        "/robots.txt": webserver.Page("User-agent: *\nDisallow: /private", "text/plain"),
        "/": page("/private/a", "/open", "/sly"),
        "/open": page(),
        "/sly": page(status=302, headers={"Location": "/private/b"}),
    }
    crawl(Site(f"{web.url}/"))
    assert paths(web) == ["/", "/open", "/sly"]


def test_what_pages_keep_to_themselves_is_left(web: WebServer) -> None:
    web.pages |= {
        "/": webserver.Page('<a href="/a">A</a><a rel="nofollow" href="/login">in</a>'),
        "/a": webserver.Page('<meta name="robots" content="noindex, nofollow"><a href="/b">B</a>'),
    }
    visits = crawl(Site(f"{web.url}/"))
    assert [(seen.noindex, len(seen.links)) for seen in visits] == [(False, 1), (True, 0)]


def test_a_redirect_out_of_the_site_is_not_followed(web: WebServer) -> None:
    web.pages |= {
        "/help/": page("in", "out", "away"),
        "/help/in": page(status=301, headers={"Location": "/help/there"}),
        "/help/there": page(),
        "/help/out": page(status=302, headers={"Location": "/shop/"}),
        "/help/away": page(status=302, headers={"Location": "https://elsewhere.example.org/"}),
    }
    visits = {seen.url.rpartition("/")[2]: seen for seen in crawl(Site(f"{web.url}/help/"))}
    assert paths(web) == ["/help/", "/help/in", "/help/there", "/help/out", "/help/away"]
    assert visits["in"].final_url == f"{web.url}/help/there"
    assert (visits["out"].status, visits["out"].kind, visits["out"].links) == (302, "", (f"{web.url}/shop/",))


def test_a_redirect_that_leads_to_itself_ends(web: WebServer) -> None:
    web.pages["/"] = page(status=302, headers={"Location": "/?again"})
    web.pages["/?again"] = page(status=302, headers={"Location": "/"})
    with pytest.raises(outgoing.OutgoingError) as caught:
        visit(f"{web.url}/")
    assert caught.value.code == "too_many_redirects"


def test_a_calendar_without_an_end_is_bounded(web: WebServer) -> None:
    web.pages["/"] = page("/calendar?day=0")
    for day in range(100):
        web.pages[f"/calendar?day={day}"] = page(f"/calendar?day={day + 1}", f"/calendar?day={day - 1}")
    crawl(Site(f"{web.url}/", max_pages=12, max_depth=50))
    assert len(paths(web)) == 12
    web.asked.clear()
    crawl(Site(f"{web.url}/", max_depth=5))
    assert len(paths(web)) == 7  # the start, five days, and the day before the first


def test_a_sitemap_names_sitemaps_that_name_pages(web: WebServer) -> None:
    index = f"<sitemapindex><sitemap><loc>{web.url}/pages.xml</loc></sitemap></sitemapindex>"
    urls = "".join(f"<url><loc>{web.url}/{name}</loc></url>" for name in ("a", "b", "c.jpg"))
    web.pages |= {
        "/robots.txt": webserver.Page(f"Sitemap: {web.url}/sitemap.xml", "text/plain"),
        "/sitemap.xml": webserver.Page(index, "application/xml"),
        "/pages.xml": webserver.Page(f"<urlset>{urls}</urlset>", "text/xml"),
    }
    [address] = visit_robots(web.url).sitemaps
    first = visit(address)
    [listed] = read_sitemap(first.body, first.final_url).sitemaps
    second = visit(listed.url)
    found = [entry.url for entry in read_sitemap(second.body, second.final_url).pages]
    pages = new_pages(Site(address, Scope.SITEMAP), {address}, found, depth=1)
    assert (first.kind, second.kind) == ("sitemap", "sitemap")
    assert [new.url for new in pages] == [f"{web.url}/a", f"{web.url}/b"]
