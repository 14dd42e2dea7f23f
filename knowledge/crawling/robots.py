"""What a site's robots.txt allows us (RFC 9309). Pure; whoever asks keeps the answer for a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from protego import Protego

ROBOT = "Causerie"
MOST_BYTES = 500 * 1024  # as the RFC has it
MOST_SITEMAPS = 50
LONGEST_DELAY = 60.0  # seconds; a site that asks for more gets it more slowly than it asked, but in the end


@dataclass(frozen=True)
class Robots:
    """`available`: False while the site cannot say what it allows; then nothing is, for now."""

    available: bool = True
    rules: Protego | None = None

    def allows(self, address: str) -> bool:
        return self.available and (self.rules is None or self.rules.can_fetch(address, ROBOT))

    @property
    def delay(self) -> float:
        """Seconds that it wants between two requests; 0 when it does not say."""
        if self.rules is None:
            return 0.0
        rate = self.rules.request_rate(ROBOT)
        each = rate.seconds / rate.requests if rate else 0.0
        return min(max(self.rules.crawl_delay(ROBOT) or 0.0, each), LONGEST_DELAY)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        return () if self.rules is None else tuple(self.rules.sitemaps)[:MOST_SITEMAPS]


def robots_address(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def read_robots(status: int, body: bytes) -> Robots:
    """A file that is missing allows all. A server in trouble, or that wants less of us, allows nothing yet.

    `status` is 0 when there was no answer.
    """
    if status == 429 or status < 200 or status >= 500:
        return Robots(available=False)
    if status >= 300:
        return Robots()
    from protego import Protego

    text = body[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    return Robots(rules=Protego.parse(text))
