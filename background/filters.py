"""What the address of the page says: which kind, which state, from where on.

What it does not understand is as if it were not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from chatbot import jobs

# What is shown unasked: whatever is still to be done, and what went wrong.
OPEN = "open"
STATES: dict[str, tuple[str, ...]] = {
    OPEN: (jobs.QUEUED, jobs.RUNNING, jobs.FAILED),
    "waiting": (jobs.QUEUED,),
    "running": (jobs.RUNNING,),
    "failed": (jobs.FAILED,),
    "ended": (jobs.DONE, jobs.CANCELLED),
}


@dataclass(frozen=True, slots=True)
class Place:
    """After which row a page begins: they go by the time they were asked for, the newest first."""

    at: datetime
    kind: str
    key: str

    @classmethod
    def read(cls, text: str) -> Place | None:
        at, _bar, rest = text.partition("|")
        kind, _bar, key = rest.partition("|")
        try:
            moment = parse_datetime(at)
        except ValueError:
            return None
        return cls(moment, kind, key) if moment and is_aware(moment) and moment.year > 1900 and key else None

    def __str__(self) -> str:
        return f"{self.at.isoformat()}|{self.kind}|{self.key}"


@dataclass(frozen=True, slots=True)
class Filters:
    state: str = OPEN
    kind: str = ""
    after: Place | None = None

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> Filters:
        def said(name: str) -> str:
            return str(query.get(name, "")).replace("\x00", "").strip()[:200]

        state, kind = said("state"), said("kind")
        return cls(
            state=state if state in STATES else OPEN,
            kind=kind if jobs.find(kind) else "",
            after=Place.read(said("after")),
        )

    @property
    def states(self) -> tuple[str, ...]:
        return STATES[self.state]

    @property
    def narrows(self) -> bool:
        return bool(self.kind)

    def query(self, *, after: Place | None = None, **more: str) -> str:
        """The address of the same page with something else in it, from its beginning unless `after` says."""
        values = {"state": self.state, "kind": self.kind, **more}
        said = {name: value for name, value in values.items() if value and value != OPEN}
        return urlencode(said | ({"after": str(after)} if after else {}))

    def here(self) -> str:
        return self.query(after=self.after)
