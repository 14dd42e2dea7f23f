"""One visit to one page: asked only for what has changed, read only as far as links and kind need it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from chatbot import outgoing
from knowledge.crawling.addresses import read_address
from knowledge.crawling.kinds import kind_of
from knowledge.crawling.links import Links, read_links
from knowledge.crawling.robots import MOST_BYTES, Robots, read_robots, robots_address

SECONDS = 20.0
LIMIT_BYTES = 20_000_000
ACCEPTED = "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.9,*/*;q=0.5"


@dataclass(frozen=True)
class Visit:
    """`kind` is empty when there is nothing to read: an error, a redirect that was not followed, no change.

    `links` of a redirect that was not followed are where it leads. `retry_after` are the seconds that the
    server wants us to wait, `alternates` the page's translations by language.
    """

    url: str
    final_url: str
    status: int
    kind: str = ""
    body: bytes = b""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False
    links: tuple[str, ...] = ()
    noindex: bool = False
    canonical: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    language: str = ""
    retry_after: float | None = None

    @property
    def is_gone(self) -> bool:
        return self.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


def visit(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    follow: Callable[[str], bool] | None = None,
    seconds: float = SECONDS,
    limit_bytes: int = LIMIT_BYTES,
) -> Visit:
    """Raises OutgoingError when there is no answer. `follow` is asked before a redirect is followed."""
    asked = {"accept": ACCEPTED, "if-none-match": etag, "if-modified-since": last_modified}
    answer = outgoing.fetch(
        url,
        headers={name: value for name, value in asked.items() if value},
        limit_bytes=limit_bytes,
        seconds=seconds,
        follow=follow,
    )
    if answer.status != HTTPStatus.OK:
        return _unread(url, answer, etag=etag, last_modified=last_modified)
    return _read(url, answer)


def visit_robots(address: str) -> Robots:
    """The rules of that address's host. Never raises: what cannot be asked allows nothing for now."""
    try:
        answer = outgoing.fetch(robots_address(address), limit_bytes=10 * MOST_BYTES, max_redirects=5)
    except outgoing.OutgoingError as error:
        # Longer than anybody reads, or leading round in circles, is as good as missing; the RFC says so.
        return read_robots(404 if error.code in ("too_large", "too_many_redirects") else 0, b"")
    return read_robots(answer.status, answer.body)


def _unread(url: str, answer: outgoing.Fetched, *, etag: str, last_modified: str) -> Visit:
    unchanged = answer.status == HTTPStatus.NOT_MODIFIED
    return Visit(
        url=url,
        final_url=answer.url,
        status=answer.status,
        etag=answer.headers.get("etag", etag) if unchanged else "",
        last_modified=answer.headers.get("last-modified", last_modified) if unchanged else "",
        unchanged=unchanged,
        links=tuple(filter(None, [read_address(answer.location)] if answer.location else [])),
        retry_after=_seconds(answer.headers.get("retry-after", "")),
    )


def _read(url: str, answer: outgoing.Fetched) -> Visit:
    kind = kind_of(answer.content_type, answer.body, answer.url)
    robots = answer.headers.get("x-robots-tag", "")
    html = answer.body if kind == "html" else b""
    links: Links = read_links(html, answer.url, charset=answer.charset, robots=robots)
    return Visit(
        url=url,
        final_url=answer.url,
        status=answer.status,
        kind=kind,
        body=answer.body,
        charset=answer.charset,
        etag=answer.headers.get("etag", "")[:500],
        last_modified=answer.headers.get("last-modified", "")[:100],
        links=links.links,
        noindex=links.noindex,
        canonical=links.canonical,
        alternates=links.alternates,
        language=links.language or answer.headers.get("content-language", "")[:35],
    )


def _seconds(text: str) -> float | None:
    """Retry-After is a number of seconds or a date."""
    if text.strip().isdecimal():
        return float(text.strip()[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
