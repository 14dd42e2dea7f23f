"""Visit the pages of a site, politely and only where something may have changed, and keep them to be read.

Which pages wait stands in the database: a visit that is interrupted goes on, in this process or another.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.utils import timezone

from chatbot.outgoing import OutgoingError
from knowledge.crawling import planning
from knowledge.crawling.addresses import read_address
from knowledge.crawling.feeds import read_feed
from knowledge.crawling.planning import Pace, Page, Scope, Site
from knowledge.crawling.robots import Robots
from knowledge.crawling.sitemaps import read_sitemap
from knowledge.crawling.visiting import Visit, visit, visit_robots
from knowledge.intake import uploads
from knowledge.loaders.base import Refusal
from knowledge.models import ImportRun, SitePage, Source

LONGEST_WAIT = 60.0  # seconds for one page: what wants more time than that is not had this time
MOST_SITEMAPS = 50
LOOKED_AT = 200  # pages that wait, among which the next is chosen
State = SitePage.State
# What the start has to be where the pages stand in a list, and what is said when it is not.
LISTS = {Scope.FEED: "not_a_feed", Scope.SITEMAP: "not_a_sitemap"}
READ_AS_FILES = {"html", "pdf", "docx", "xlsx", "pptx", "odt", "epub", "markdown", "text", "csv", "json"}


def site_of(source: Source) -> Site:
    return Site(
        start=read_address(source.location) or source.location,
        scope=Scope(source.scope),
        include=tuple(source.include),
        exclude=tuple(source.exclude),
        max_pages=source.most_pages,
    )


@transaction.atomic
def prepare(source: Source) -> None:
    """Everything that is known of the site waits to be visited again; what was gone long ago is forgotten."""
    source.pages.filter(state=State.GONE).delete()
    source.pages.update(state=State.WAITING, failures=0, due=0, error="")
    SitePage.objects.get_or_create(source=source, url=first_address(source))


def first_address(source: Source) -> str:
    """Where the visit begins: for a site's map, where maps usually are unless it is named."""
    start = site_of(source).start
    named = urlsplit(start).path.endswith((".xml", ".gz", ".txt"))
    return start if source.scope != Source.Scope.SITEMAP or named else urljoin(start, "/sitemap.xml")


def visit_pages(run: ImportRun, goes_on: Callable[[], bool]) -> bool:
    """Visit what waits. False when the time of this run is over before that."""
    tour = _Tour(run)
    while (step := tour.next_step()) is not None:
        page, wait = step
        if wait > 0:
            time.sleep(min(wait, 1.0))
        else:
            tour.visit(page)
        if not goes_on():
            return False
    return True


@dataclass
class _Tour:
    """A visit of a site under way: how its hosts want to be treated is asked anew by each process."""

    run: ImportRun
    paces: dict[str, Pace] = field(default_factory=dict)
    robots: dict[str, Robots] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source = self.run.source
        self.site = site_of(self.source)
        self.known = set(self.source.pages.values_list("url", flat=True))

    def next_step(self) -> tuple[SitePage, float] | None:
        """The page that is next and the seconds until then; None when nothing can be had any more."""
        first = self.source.pages.filter(state=State.WAITING).order_by("due", "depth", "pk")[:LOOKED_AT]
        rows = {row.url: row for row in first}
        waiting = [Page(row.url, row.depth, row.due, row.failures) for row in rows.values()]
        now = time.time()
        chosen = planning.next_visit(waiting, self.paces, now)
        if chosen.page is None or chosen.at - now > LONGEST_WAIT:
            self._give_up()
            return None
        return rows[chosen.page.url], chosen.at - now

    def _give_up(self) -> None:
        left = self.source.pages.filter(state=State.WAITING)
        left.filter(error="").update(error="host_given_up")
        left.update(state=State.FAILED)

    def visit(self, row: SitePage) -> None:
        host = planning.host_of(row.url)
        robots = self._robots_of(row.url)
        if not robots.allows(row.url):
            return self._close(row, State.SKIPPED if robots.available else State.FAILED, "robots")
        pace = self.paces.get(host, Pace(delay=robots.delay))
        try:
            seen = visit(row.url, etag=row.etag, last_modified=row.modified, follow=self._may_follow)
        except OutgoingError as error:
            self.paces[host] = planning.after_answer(pace, time.time(), status=0)
            return self._fail(row, error.code, permanent=error.permanent)
        self.paces[host] = planning.after_answer(
            pace, time.time(), status=seen.status, retry_after=seen.retry_after
        )
        return self._take(row, seen)

    def _may_follow(self, url: str) -> bool:
        return planning.is_wanted(self.site, url) and self._robots_of(url).allows(url)

    def _robots_of(self, url: str) -> Robots:
        host = planning.host_of(url)
        if host not in self.robots:
            self.robots[host] = visit_robots(url)
            if self.site.scope == Scope.SITEMAP:
                self._add_sitemaps(self.robots[host].sitemaps)
        return self.robots[host]

    def _add_sitemaps(self, urls: Iterable[str]) -> None:
        for url in list(urls)[:MOST_SITEMAPS]:
            if (address := read_address(url)) is not None:
                SitePage.objects.get_or_create(source=self.source, url=address)

    def _take(self, row: SitePage, seen: Visit) -> None:
        if seen.unchanged:
            return self._close(row, State.UNCHANGED)
        if seen.is_gone:
            return self._close(row, State.GONE, str(seen.status))
        if seen.status >= 400:
            return self._fail(row, str(seen.status), permanent=seen.status < 500 and seen.status != 429)
        if not seen.kind:  # it leads elsewhere
            self._add(seen.links, depth=row.depth)
            return self._close(row, State.SKIPPED, "moved")
        return self._keep(row, seen)

    @transaction.atomic
    def _keep(self, row: SitePage, seen: Visit) -> None:
        """Its links are followed; its text waits to be read, unless it is the one that was read before."""
        row.seen_etag, row.seen_modified = seen.etag, seen.last_modified
        row.seen_digest = hashlib.sha256(seen.body).hexdigest()
        if seen.kind == "sitemap":
            return self._list_sitemap(row, seen)
        if seen.kind == "feed":
            return self._list_feed(row, seen)
        if row.depth == 0 and self.site.scope in LISTS:
            return self._close(row, State.FAILED, LISTS[self.site.scope])
        self._add(seen.links, depth=row.depth + 1)
        other = seen.canonical and seen.canonical != row.url and planning.is_wanted(self.site, seen.canonical)
        if other:
            self._add([seen.canonical], depth=row.depth)
        if seen.noindex or other or seen.kind not in READ_AS_FILES or self._is_known(seen.final_url, row):
            return self._close(row, State.SKIPPED)
        if row.seen_digest == row.digest:
            return self._close(row, State.UNCHANGED)
        uploads.keep_page(self.run, seen.body, url=seen.final_url, kind=seen.kind)
        return self._close(row, State.READ)

    def _is_known(self, final_url: str, row: SitePage) -> bool:
        """A redirect that was followed leads to a page which is visited for itself."""
        return final_url != row.url and self.source.pages.filter(url=final_url).exists()

    def _list_sitemap(self, row: SitePage, seen: Visit) -> None:
        try:
            listed = read_sitemap(seen.body, seen.final_url)
        except Refusal as refusal:
            return self._close(row, State.FAILED, refusal.code)
        self._add((each.url for each in listed.pages), depth=1)
        self._add_sitemaps(each.url for each in listed.sitemaps)
        return self._close(row, State.SKIPPED)

    def _list_feed(self, row: SitePage, seen: Visit) -> None:
        try:
            feed = read_feed(seen.body, seen.final_url)
        except Refusal as refusal:
            return self._close(row, State.FAILED, refusal.code)
        self._add((entry.url for entry in feed.entries if not entry.whole), depth=1)
        for entry in feed.entries:
            if entry.whole and planning.is_wanted(self.site, entry.url):
                uploads.keep_entry(self.run, entry)
        return self._close(row, State.SKIPPED)

    def _add(self, urls: Iterable[str], *, depth: int) -> None:
        found = planning.new_pages(self.site, self.known, urls, depth=depth)
        self.known.update(page.url for page in found)
        SitePage.objects.bulk_create(
            [SitePage(source=self.source, url=page.url, depth=page.depth) for page in found],
            ignore_conflicts=True,
        )

    def _fail(self, row: SitePage, error: str, *, permanent: bool) -> None:
        page = Page(row.url, row.depth, row.due, row.failures)
        mistyped = self.known <= {row.url}  # whoever gave the address waits to hear of it
        later = None if permanent or mistyped else planning.again(page, time.time())
        if later is None:
            return self._close(row, State.FAILED, error)
        row.due, row.failures, row.error = later.due, later.failures, error
        row.save(update_fields=["due", "failures", "error"])
        return None

    def _close(self, row: SitePage, state: str, error: str = "") -> None:
        row.state, row.error, row.visited_at = state, error[:40], timezone.now()
        row.save()
        done = self.source.pages.exclude(state=State.WAITING).count()
        ImportRun.objects.filter(pk=self.run.pk).update(
            pages=self.source.pages.count(), pages_visited=done, reading=row.url[:300]
        )
