"""What narrows the list, in words, each with the address of the list without it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assistant.models import Assistant
from conversations.event_lines import REASONS
from conversations.inbox.filters import NOBODY, ORDERS, RATED, Filters, number
from conversations.models import Label, Team

Names = dict[tuple[str, int], str]
GONE = gettext_lazy("no longer there")


@dataclass(frozen=True, slots=True)
class Chip:
    words: str
    without: str  # the address behind the “?”


def chips(filters: Filters) -> list[Chip]:
    said = filters.narrowing
    names = _names(filters)
    found = [Chip(words, filters.query(**{name: ""})) for name, words in _words(filters, said, names)]
    for label in filters.labels:
        others = ",".join(str(one) for one in filters.labels if one != label)
        name = names.get(("labels", label), GONE)
        found.append(Chip(_("Label: %(name)s") % {"name": name}, filters.query(labels=others)))
    if filters.order:
        found.append(Chip(str(ORDERS[filters.order]), filters.query(order="")))
    return found


def _words(filters: Filters, said: dict[str, str], names: Names) -> list[tuple[str, str]]:
    words: dict[str, str | Promise] = {
        "assignee": _for(_("Assigned: %(name)s"), "assignee", filters.assignee, names),
        "team": _for(_("Team: %(name)s"), "team", filters.team, names),
        "reason": REASONS.get(filters.reason, ""),
        "language": dict(settings.LANGUAGES).get(filters.language, ""),
        "assistant": names.get(("assistant", filters.assistant), GONE),
        "rated": RATED.get(filters.rated, ""),
        "since": _("From %(day)s") % {"day": date_format(filters.since)} if filters.since else "",
        "until": _("Until %(day)s") % {"day": date_format(filters.until)} if filters.until else "",
    }
    return [(name, str(words[name])) for name in said if name in words]


def _for(pattern: str, kind: str, key: str, names: Names) -> str:
    name = _("nobody") if key == NOBODY else names.get((kind, number(key)), GONE)
    return pattern % {"name": name}


def _names(filters: Filters) -> Names:
    """Of everybody and everything that is named by its key, in one statement."""
    full = Trim(Concat("first_name", Value(" "), "last_name"))
    called = Coalesce(NullIf(full, Value("")), "username")
    rows: dict[
        str, tuple[QuerySet[User] | QuerySet[Team] | QuerySet[Label] | QuerySet[Assistant], set[int]]
    ] = {
        "assignee": (User.objects.annotate(called=called), {number(filters.assignee)}),
        "team": (Team.objects.annotate(called=F("name")), {number(filters.team)}),
        "labels": (Label.objects.annotate(called=F("name")), set(filters.labels)),
        "assistant": (Assistant.objects.annotate(called=F("name")), {filters.assistant}),
    }
    wanted = [
        found.filter(pk__in=keys).order_by().annotate(kind=Value(kind)).values_list("kind", "pk", "called")
        for kind, (found, keys) in rows.items()
        if keys - {0}
    ]
    if not wanted:
        return {}
    first, *others = wanted
    return {(kind, pk): name for kind, pk, name in first.union(*others, all=True)}
