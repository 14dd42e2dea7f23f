"""Which page is visited next, and when. Pure: what is known of pages and hosts comes in, decisions go out.

Times are seconds since the epoch. Breadth first, one host never more often than it likes, and always an end:
a calendar has a link to tomorrow for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit

from knowledge.crawling.addresses import is_readable, is_within, looks_endless, site_of

SHORTEST_DELAY = 0.5  # between two requests to one host
LONGEST_WAIT = 24 * 3600.0  # that a Retry-After is believed
BUSY_WAIT = 60.0  # when a server wants less of us and does not say until when
MOST_FAILURES = 10  # of a host, one after the other
RETRIES = (60.0, 600.0)  # seconds after a page's first and second failure; then it has failed


class Scope(StrEnum):
    PAGE = "page"  # the start alone
    SITEMAP = "sitemap"  # what its sitemap lists
    SITE = "site"  # what is linked at or below the start
    FEED = "feed"  # what its feed names


@dataclass(frozen=True)
class Site:
    """`start` is in the spelling of `read_address`; `include` and `exclude` are beginnings of paths."""

    start: str
    scope: Scope = Scope.SITE
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_pages: int = 500
    max_depth: int = 10


@dataclass(frozen=True)
class Page:
    """A page that waits. `due` is when it may be visited, `depth` how many links from the start it is."""

    url: str
    depth: int = 0
    due: float = 0.0
    failures: int = 0


@dataclass(frozen=True)
class Pace:
    """How one host is treated: `visited` is the last request, `free` when it wants the next one."""

    delay: float = SHORTEST_DELAY
    visited: float = 0.0
    free: float = 0.0
    failures: int = 0

    @property
    def is_given_up(self) -> bool:
        return self.failures >= MOST_FAILURES

    @property
    def ready(self) -> float:
        return max(self.visited + max(self.delay, SHORTEST_DELAY), self.free)


@dataclass(frozen=True)
class Next:
    """`page` is to be visited at the time `at`; None when nothing is left to be visited."""

    page: Page | None = None
    at: float = 0.0


def is_wanted(site: Site, url: str) -> bool:
    """Whether a page belongs to the site. The start does, whatever is excluded: it leads to the others."""
    if url == site.start:
        return True
    path = urlsplit(url).path
    chosen = (not site.include or path.startswith(site.include)) and not path.startswith(site.exclude or "\0")
    return chosen and _in_scope(site, url) and is_readable(url) and not looks_endless(url)


def _in_scope(site: Site, url: str) -> bool:
    match site.scope:
        case Scope.PAGE:
            return False
        case Scope.SITE:
            return is_within(url, site.start)
    return site_of(url) == site_of(site.start)  # a sitemap or a feed says itself which pages, but not whose


def new_pages(
    site: Site,
    known: Collection[str],
    found: Iterable[str],
    *,
    depth: int,
    allows: Callable[[str], bool] = lambda _url: True,
) -> tuple[Page, ...]:
    """Those of `found` that have to be visited, too. `depth` is theirs; `allows` asks robots.txt."""
    if depth > site.max_depth:
        return ()
    seen, pages = set(known), []
    for url in found:
        if len(seen) >= site.max_pages:
            break
        if url not in seen and is_wanted(site, url) and allows(url):
            seen.add(url)
            pages.append(Page(url, depth))
    return tuple(pages)


def next_visit(waiting: Iterable[Page], paces: Mapping[str, Pace], now: float) -> Next:
    """The first in breadth that may be visited now, else the one that may be first. `paces` are by host."""
    best: tuple[float, int, int] | None = None
    chosen = Next()
    for number, page in enumerate(waiting):
        pace = paces.get(host_of(page.url), Pace())
        at = max(page.due, pace.ready, now)
        if not pace.is_given_up and (best is None or (at, page.depth, number) < best):
            best, chosen = (at, page.depth, number), Next(page, at)
    return chosen


def host_of(url: str) -> str:
    return urlsplit(url).netloc


def after_answer(pace: Pace, now: float, *, status: int, retry_after: float | None = None) -> Pace:
    """The host's pace after an answer; `status` is 0 when there was none."""
    busy = status in (429, 503)
    wait = min(retry_after if retry_after is not None else BUSY_WAIT if busy else 0.0, LONGEST_WAIT)
    failed = status == 0 or status == 429 or status >= 500
    return replace(
        pace, visited=now, free=max(pace.free, now + wait), failures=pace.failures + 1 if failed else 0
    )


def again(page: Page, now: float) -> Page | None:
    """When a page is tried once more that could not be had for now; None: it has failed."""
    if page.failures >= len(RETRIES):
        return None
    return replace(page, failures=page.failures + 1, due=now + RETRIES[page.failures])
