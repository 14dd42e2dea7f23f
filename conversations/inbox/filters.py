"""What the address of the staff's list says: which conversations are shown, in which order.

Anything that it does not understand is as if it were not there, since addresses are kept and shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assistant.events import HandoffReason
from conversations.by_step import AtStep
from conversations.inbox import behind

PAGE = 50
LONGEST = 500
LONGEST_NUMBER = 9  # digits: Python refuses to read thousands of them
NOBODY = "none"

SHOWS: dict[str, Promise] = {
    "active": _("Active"),
    "waiting": _("Waiting"),
    "mine": _("Mine"),
    "mentions": _("Mentions"),
    "snoozed": pgettext_lazy("conversations", "Put off"),
    "resolved": pgettext_lazy("conversations", "Resolved"),
    "all": _("All"),
}
RATED: dict[str, Promise] = {
    "down": _("An answer was not helpful"),
    "up": _("An answer was helpful"),
    "unhappy": _("Unhappy at the end"),
}
ORDERS: dict[str, Promise] = {
    "": _("Longest waiting first"),
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
    "due": _("Due first"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """`assignee` and `team` are a key, NOBODY or ""; `labels` keys, all of which it has."""

    show: str = "active"
    words: str = ""
    assignee: str = ""
    team: str = ""
    labels: tuple[int, ...] = ()
    reason: str = ""
    language: str = ""
    assistant: int = 0
    rated: str = ""
    since: date | None = None
    until: date | None = None
    order: str = ""
    after: str = ""  # where the page begins: see places.py
    step: AtStep | None = None  # of a flow
    guidance: int = 0  # a row of it that was followed
    behind: str = ""  # a number of the insights: see behind.py

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> Filters:
        def said(name: str) -> str:
            return str(query.get(name, "")).replace("\x00", "").strip()[:200]

        return cls(
            show=_one_of(said("show"), SHOWS) or "active",
            words=said("q"),
            assignee=_key(said("assignee")),
            team=_key(said("team")),
            labels=tuple(dict.fromkeys(filter(None, map(number, _several(query, "labels")))))[:5],
            reason=said("reason") if said("reason") in set(HandoffReason) else "",
            language=_one_of(said("language"), dict(settings.LANGUAGES)),
            assistant=number(said("assistant")),
            rated=_one_of(said("rated"), RATED),
            since=_day(said("since")),
            until=_day(said("until")),
            order=_one_of(said("order"), ORDERS),
            after=said("after"),
            step=AtStep.read(said("step"), said("days")),
            guidance=number(said("guidance")),
            behind=said("behind") if behind.read(said("behind")) else "",
        )

    def query(self, **changes: Any) -> str:
        """The same filters, with changes, as a query string. What is as it is without saying is left out.
        With a change it is another list, which begins at its first page."""
        first = {"after": ""} if changes else {}
        values = self._said() | first | {name: str(value) for name, value in changes.items()}
        default = Filters()._said()
        return urlencode({name: value for name, value in values.items() if value != default.get(name, "")})

    def _said(self) -> dict[str, str]:
        said = {one.name: _in_address(getattr(self, one.name)) for one in fields(self)}
        said["q"] = said.pop("words")
        said["step"], said["days"] = (str(self.step.line), str(self.step.days)) if self.step else ("", "")
        return said

    @property
    def is_gathered(self) -> bool:
        """Whether it depends on words or numbers that are gathered in the background."""
        return bool(self.words or self.behind or self.step or self.guidance)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What a form that searches carries along, beside the words."""
        default = Filters()._said()
        said = {name: value for name, value in self._said().items() if name not in ("q", "after")}
        return [(name, value) for name, value in said.items() if value != default.get(name, "")]

    @property
    def narrowing(self) -> dict[str, str]:
        """What is chosen beside the kind, the words and the order."""
        names = ("assignee", "team", "labels", "reason", "language", "assistant", "rated", "since", "until")
        said = self._said()
        return {name: said[name] for name in names if said[name] not in ("", "0")}


def _several(query: Mapping[str, Any], name: str) -> list[str]:
    """“1,2” of an address; of a form with several boxes, each by itself."""
    said = query.getlist(name) if isinstance(query, QueryDict) else [query.get(name, "")]
    return ",".join(map(str, said[:LONGEST]))[:200].split(",")


def _in_address(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return "" if value is None else str(value)


def _one_of(said: str, known: Mapping[str, Any]) -> str:
    return said if said in known else ""


def _key(said: str) -> str:
    return said if said == NOBODY or number(said) else ""


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if len(said) == len("2026-11-29") else None
    except ValueError:
        return None


def number(said: str) -> int:
    """0 for anything else."""
    digits = said[:LONGEST_NUMBER]
    return int(digits) if digits.isascii() and digits.isdigit() else 0
