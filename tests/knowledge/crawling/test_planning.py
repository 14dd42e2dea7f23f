"""Which page is visited next, and when."""

from __future__ import annotations

import pytest

from knowledge.crawling.planning import (
    MOST_FAILURES,
    Next,
    Pace,
    Page,
    Scope,
    Site,
    after_answer,
    again,
    is_wanted,
    new_pages,
    next_visit,
)

START = "https://a.org/help/"
NOW = 1_000_000.0


@pytest.mark.parametrize(
    ("scope", "wanted"),
    [
        (Scope.PAGE, set()),
        (Scope.SITE, {"https://a.org/help/x", "https://a.org/help/x.pdf"}),
        (Scope.SITEMAP, {"https://a.org/help/x", "https://a.org/help/x.pdf", "https://a.org/other"}),
        (Scope.FEED, {"https://a.org/help/x", "https://a.org/help/x.pdf", "https://a.org/other"}),
    ],
)
def test_a_scope_says_what_is_wanted(scope: Scope, wanted: set[str]) -> None:
    addresses = [
        *("https://a.org/help/x", "https://a.org/help/x.pdf", "https://a.org/other"),
        *("https://b.org/help/", "https://a.org/help/x.jpg", "https://a.org/help/a/a/a/"),
    ]
    site = Site(START, scope)
    assert {url for url in addresses if is_wanted(site, url)} == wanted
    assert is_wanted(site, START)


def test_paths_are_included_and_excluded() -> None:
    site = Site(START, include=("/help/fr", "/help/en"), exclude=("/help/en/old",))
    found = [
        "https://a.org/help/fr/x",
        "https://a.org/help/en/old/x",
        "https://a.org/help/en",
        "https://a.org/help/de",
    ]
    assert [page.url for page in new_pages(site, {START}, found, depth=1)] == [found[0], found[2]]
    assert is_wanted(Site(START, exclude=("/help",)), START)


def test_only_what_is_not_yet_known_is_new() -> None:
    found = ["https://a.org/help/b", "https://a.org/help/a", "https://a.org/help/b", START]
    pages = new_pages(Site(START), {START, "https://a.org/help/a"}, found, depth=3)
    assert pages == (Page("https://a.org/help/b", 3),)


def test_what_robots_forbid_is_never_new() -> None:
    found = ["https://a.org/help/open", "https://a.org/help/shut"]
    pages = new_pages(Site(START), {START}, found, depth=1, allows=lambda url: "shut" not in url)
    assert [page.url for page in pages] == found[:1]


def test_there_is_an_end_in_number_and_in_depth() -> None:
    site = Site(START, max_pages=10, max_depth=2)
    found = [f"https://a.org/help/{n}" for n in range(100)]
    assert len(new_pages(site, {START}, found, depth=1)) == 9
    assert new_pages(site, {START, *found[:9]}, found, depth=1) == ()
    assert new_pages(site, {START}, found, depth=3) == ()


def test_breadth_comes_first() -> None:
    waiting = [Page("https://a.org/deep", 2), Page("https://a.org/one", 1), Page("https://a.org/two", 1)]
    assert next_visit(waiting, {}, NOW) == Next(waiting[1], NOW)
    assert next_visit([], {}, NOW) == Next()


def test_a_host_is_asked_no_more_often_than_it_likes() -> None:
    waiting = [Page("https://a.org/one", 1), Page("https://b.org/far", 5)]
    paces = {"a.org": Pace(delay=4, visited=NOW - 1)}
    assert next_visit(waiting, paces, NOW) == Next(waiting[1], NOW)
    assert next_visit(waiting[:1], paces, NOW) == Next(waiting[0], NOW + 3)
    assert next_visit(waiting[:1], {"a.org": Pace(delay=0, visited=NOW)}, NOW).at == NOW + 0.5


@pytest.mark.parametrize(
    ("status", "retry_after", "wait"),
    [(200, None, 0), (503, 120, 120), (429, None, 60), (503, 1e9, 86400), (404, None, 0), (500, None, 0)],
)
def test_a_server_that_asks_for_time_gets_it(status: int, retry_after: float | None, wait: float) -> None:
    pace = after_answer(Pace(), NOW, status=status, retry_after=retry_after)
    assert pace.ready == max(NOW + wait, NOW + 0.5)


def test_a_host_that_fails_again_and_again_is_given_up() -> None:
    pace = Pace()
    for _ in range(MOST_FAILURES):
        assert not pace.is_given_up
        pace = after_answer(pace, NOW, status=0)
    assert pace.is_given_up
    waiting = [Page("https://a.org/one"), Page("https://b.org/one")]
    assert next_visit(waiting, {"a.org": pace}, NOW).page == waiting[1]
    assert next_visit(waiting[:1], {"a.org": pace}, NOW) == Next()


def test_one_answer_makes_good() -> None:
    pace = after_answer(Pace(failures=9), NOW, status=404)
    assert pace.failures == 0


def test_a_page_is_tried_again_later_and_not_for_ever() -> None:
    first = Page("https://a.org/x")
    second = again(first, NOW)
    assert second == Page("https://a.org/x", due=NOW + 60, failures=1)
    assert next_visit([second], {}, NOW) == Next(second, NOW + 60)
    third = again(second, NOW)
    assert (third.due, again(third, NOW)) == (NOW + 600, None)
