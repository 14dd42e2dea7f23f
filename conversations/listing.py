"""The staff's list of conversations: which are shown, in which order, and how many there are of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from conversations import guidance_counts
from conversations.by_step import AtStep
from conversations.models import Conversation, ConversationQuerySet, Message, Owner, Status

PAGE = 50
LONGEST = 500
MOST_WORDS = 6
LONGEST_NUMBER = 6  # digits: Python refuses to read thousands of them

SHOWS: dict[str, Promise] = {
    "active": _("Active"),
    "waiting": _("Waiting"),
    "mine": _("Mine"),
    "resolved": pgettext_lazy("conversations", "Resolved"),
    "all": _("All"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list says. Anything that it does not understand is as if it were not there."""

    show: str = "active"
    words: str = ""
    limit: int = PAGE
    step: AtStep | None = None  # of a flow
    guidance: int = 0  # a row of it that was followed

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> Filters:
        show = str(query.get("show", ""))
        limit = _number(query.get("limit", ""))
        return cls(
            show=show if show in SHOWS else "active",
            words=str(query.get("q", "")).replace("\x00", "").strip()[:200],
            limit=min(limit, LONGEST) if limit else PAGE,
            step=AtStep.read(str(query.get("step", "")), str(query.get("days", ""))),
            guidance=_number(query.get("guidance", "")),
        )

    def query(self, **changes: Any) -> str:
        """The same filters, with changes, as a query string."""
        said: dict[str, Any] = {"show": self.show, "q": self.words, "limit": self.limit}
        said |= {"step": self.step.line, "days": self.step.days} if self.step else {}
        said |= {"guidance": self.guidance} | changes
        default = {"show": "active", "q": "", "limit": PAGE, "step": "", "days": "", "guidance": 0}
        return urlencode({name: value for name, value in said.items() if value != default[name]})


def _number(said: Any) -> int:
    """0 for anything else."""
    digits = str(said)[:LONGEST_NUMBER]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def shown(conversations: ConversationQuerySet, filters: Filters, *, user: User) -> ConversationQuerySet:
    """Those that the filters let through: who waits longest first, then the newest."""
    found = conversations.begun().filter(_condition(filters.show, user))
    if filters.step:
        found = found.filter(filters.step.condition())
    if filters.guidance:
        found = found.filter(guidance_counts.behind(filters.guidance))
    for word in filters.words.split()[:MOST_WORDS]:
        found = found.filter(_has(word))
    return found.order_by(F("waiting_since").asc(nulls_last=True), "-last_message_at")


def _condition(show: str, user: User) -> Q:
    return {
        "active": ~Q(status=Status.RESOLVED),
        "waiting": Q(status=Status.WAITING),
        "mine": Q(assignee=user, owner=Owner.PERSON) & ~Q(status=Status.RESOLVED),
        "resolved": Q(status=Status.RESOLVED),
        "all": Q(),
    }[show]


def _has(word: str) -> Q:
    said = Message.objects.filter(conversation=OuterRef("pk"), text__icontains=word)
    return Exists(said) | Q(customer__name__icontains=word) | Q(customer__email__icontains=word)


def counts(conversations: ConversationQuerySet, *, user: User) -> dict[str, int]:
    """How many there are of each kind, whatever is searched for."""
    kinds = {show: Count("pk", filter=_condition(show, user)) for show in ("active", "waiting", "mine")}
    return conversations.begun().aggregate(**kinds)


def earlier(conversation: Conversation, *, limit: int = 5) -> list[Conversation]:
    """What else this customer has talked about, newest first."""
    others = (
        Conversation.objects.begun().filter(customer=conversation.customer_id).exclude(pk=conversation.pk)
    )
    return list(others.order_by("-last_message_at")[:limit])
