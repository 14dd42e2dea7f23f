"""The page of figures."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.permissions import role_required
from insights import cards, charts, summary, tables, topic_search, words
from insights.definitions import OTHERS
from insights.marks import Mark, marks
from insights.named import Names, names
from insights.period import Period
from insights.reading import Figures, figures
from insights.worst import worst

agents_only = role_required(Role.AGENT)
COOKIE = "zone"  # what the browser says of its time zone: static/insights/zone.js


def period_of(request: HttpRequest) -> Period:
    zone = request.COOKIES.get(COOKIE, "").replace("%2F", "/") or settings.TIME_ZONE
    languages = {code: str(name) for code, name in settings.LANGUAGES}
    return Period.read(request.GET, zone=zone, languages=languages, now=timezone.now())


@agents_only
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    found = figures(period_of(request))
    changed = marks(found.period) if found.now["all"] else []
    named = names([mark.key for mark in changed if mark.kind == "flow"])
    shown = (
        head(found.period, named)
        | {"sentence": summary.sentence(found)}
        | (_body(found, named, changed, topic_search.said(request.GET)) if found.now["all"] else {})
    )
    shown["exports"] = summary.EXPORTS.items() if request.user.has_perm("accounts.any") else []
    return render(request, "insights/page.html", shown)


def head(period: Period, named: Names) -> dict[str, Any]:
    """What stands above every page of figures: which days, of whom."""
    return {
        "section": "insights",
        "period": period,
        "ranges": [
            (summary.RANGES[one], one, period.query(range=one, since="", until="")) for one in summary.RANGES
        ],
        "assistants": sorted(named.assistants.items(), key=lambda one: one[1]),
        "languages": settings.LANGUAGES,
        "zone_of_reader": period.zone,
        "anew": _anew(named),
    }


def _anew(named: Names) -> str:
    """That it is being counted anew, where it is."""
    if named.anew is None:
        return ""
    done, total = (words.count(number) for number in named.anew)
    said = _(
        "What is counted has changed, and everything is being counted anew: %(done)s of about %(total)s "
        "conversations. The others are shown as they were counted before."
    )
    return said % {"done": done, "total": total}


def _body(found: Figures, named: Names, changed: list[Mark], looked_for: str) -> dict[str, Any]:
    return {
        "cards": cards.cards(found),
        "charts": charts.charts(found, [mark.titled(named.flows) for mark in changed]),
        "worst_name": OTHERS["worst"][0],
        "worst_meaning": OTHERS["worst"][1],
        **_topics(found, named, looked_for),
        "handoffs": tables.handoffs(found),
        "models": tables.models(found),
        "hours": tables.hours(found),
        "hour_names": range(24),
        "busiest": tables.busiest(found),
        "gaps": tables.gaps(found.period),
    }


def _topics(found: Figures, named: Names, looked_for: str) -> dict[str, Any]:
    rows = worst(found, named.topics, named.examples)
    shown = rows
    if looked_for:
        names = {row.key: row.name for row in rows}
        keys = topic_search.having(looked_for, names, named.examples, until=found.period.end)
        shown = [row for row in rows if row.key in keys]
    said = ngettext("%(count)s topic with “%(words)s”.", "%(count)s topics with “%(words)s”.", len(shown))
    return {
        "topics": shown,
        "any_topics": bool(rows),
        "looked_for": looked_for,
        "found_words": said % {"count": words.count(len(shown)), "words": looked_for},
        "carried": parse_qsl(found.period.query()),
    }
