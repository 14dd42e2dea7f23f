"""The conversations behind a number: what its link says, and the same condition that it was counted by.

A link names the days and the time zone of whoever counted, so that a colleague elsewhere who follows it sees
the same conversations: "alone 2026-11-23 2026-11-29 Europe/Paris 0 -".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from conversations.event_lines import REASONS
from conversations.inbox.few import found_in
from insights import spans
from insights.definitions import MEASURES
from insights.models import Tally
from insights.period import Period, day, is_zone, number

# What is counted beside the measures, each with something that it is of: SQL about a row `t` of the tally.
DETAILED: dict[str, str] = {
    "handoff": "%(detail)s = ANY(t.handoffs)",
    "topic": "t.topic_id = %(detail)s::bigint",
    "model": (
        "EXISTS (SELECT FROM insights_spent s WHERE s.tally_id = t.conversation_id AND s.model = %(detail)s)"
    ),
    "hour": (
        "(extract(isodow FROM t.began_at AT TIME ZONE %(zone)s) * 100 "
        "+ extract(hour FROM t.began_at AT TIME ZONE %(zone)s)) = %(detail)s::int"
    ),
    "slow_first": "%(detail)s::int <= ANY(t.first_words)",
    "slow_full": "%(detail)s::int <= ANY(t.full_answers)",
    **{key: which for key, (which, _well) in spans.CONDITIONS.items()},
    **{f"{key}_badly": f"{which} AND NOT ({well})" for key, (which, well) in spans.CONDITIONS.items()},
    "gap": (
        "EXISTS (SELECT FROM evaluation_gapquestion q JOIN conversations_message m ON m.id = q.message_id "
        "WHERE m.conversation_id = t.conversation_id AND q.gap_id = %(detail)s::bigint)"
    ),
}
OF_TOPIC = "t.topic_id = %(topic)s"
WITHIN = "t.began_at >= %(begin)s AND t.began_at < %(end)s"
SPANS = {f"{key}{which}" for key in spans.CONDITIONS for which in ("", "_badly")}
NUMBERED = {"topic", "hour", "gap", "slow_first", "slow_full"}


@dataclass(frozen=True, slots=True)
class Behind:
    """`key` of MEASURES or of DETAILED; `topic` narrows a measure to one topic."""

    key: str
    period: Period
    topic: int = 0
    detail: str = ""

    def __str__(self) -> str:
        said = (self.key, self.period.first, self.period.last, self.period.zone, self.period.assistant)
        more = (self.period.language or "-", self.topic)
        return " ".join(map(str, (*said, *more, self.detail))).strip()

    def on(self, first: date, last: date | None = None) -> Behind:
        return replace(self, period=replace(self.period, first=first, last=last or first))

    @property
    def words(self) -> str:
        first, last = date_format(self.period.first), date_format(self.period.last)
        days = first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
        return " · ".join([self._named(), days])

    def _named(self) -> str:
        if self.key in MEASURES:
            return str(MEASURES[self.key].name)
        named: dict[str, Callable[[], str]] = {
            "handoff": lambda: str(REASONS.get(self.detail, self.detail)),
            "topic": lambda: _("One topic"),
            "model": lambda: _("Model %(name)s") % {"name": self.detail},
            "hour": lambda: _("Begun in one hour of the week"),
            "gap": lambda: _("Questions of one gap"),
            "slow_first": lambda: _("First words that came late"),
            "slow_full": lambda: _("Answers that took long"),
        }
        if self.key in SPANS:
            bad = self.key.endswith("_badly")
            return _("What a change concerns, and did not go well") if bad else _("What a change concerns")
        return named[self.key]()

    def where(self) -> tuple[str, dict[str, Any]]:
        """SQL about a row `t` of the tally, and its parameters."""
        measure = MEASURES.get(self.key)
        conditions = [WITHIN, f"({measure.where if measure else DETAILED[self.key]})"]
        period = self.period
        if period.assistant:
            conditions.append("t.assistant_id = %(assistant)s")
        if period.language:
            conditions.append("t.language = %(language)s")
        if self.topic:
            conditions.append(OF_TOPIC)
        return " AND ".join(conditions), parameters(period) | {"topic": self.topic, "detail": self.detail}

    def condition(self) -> Q:
        where, given = self.where()
        names, template = _in_order(where)
        found = RawSQL(  # noqa: S611  (written above; what an address says comes as parameters)
            f"SELECT t.conversation_id FROM insights_tally t WHERE {template}",  # noqa: S608
            [given[name] for name in names],
        )
        keys = Tally.objects.filter(pk__in=found).values_list("pk", flat=True)
        return found_in(keys, lambda: Q(pk__in=found))


def parameters(period: Period) -> dict[str, Any]:
    return {
        "begin": period.begin,
        "end": period.end,
        "zone": period.zone,
        "assistant": period.assistant,
        "language": period.language,
    }


def _in_order(where: str) -> tuple[list[str], str]:
    """Django's raw expressions take their parameters in order."""
    names: list[str] = []
    rest, template = where, ""
    while "%(" in rest:
        before, _open, rest = rest.partition("%(")
        name, _close, rest = rest.partition(")s")
        names.append(name)
        template += f"{before}%s"
    return names, template + rest


def reader(said: str) -> Behind | None:
    """Of an address; None for what is none of ours."""
    parts = said.split(" ", 7)
    if len(parts) < 7:
        return None
    key, first, last, zone, assistant, language, topic = parts[:7]
    detail = parts[7] if len(parts) > 7 else ""
    begun, ended = day(first), day(last)
    known = key in MEASURES or (key in DETAILED and bool(detail) and _is_meant(key, detail))
    if not known or begun is None or ended is None or begun > ended or not is_zone(zone):
        return None
    language = language if language in dict(settings.LANGUAGES) else ""
    return Behind(key, Period(begun, ended, zone, number(assistant), language), number(topic), detail)


def _is_meant(key: str, detail: str) -> bool:
    if key in SPANS:
        return spans.is_span(detail, key.removesuffix("_badly"))
    return key not in NUMBERED or bool(number(detail))
