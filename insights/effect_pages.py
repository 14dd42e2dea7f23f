"""The page of changes: what was published, and whether it helped."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from insights import words
from insights.behind import Behind
from insights.cards import Part, address
from insights.concerns import Change
from insights.difference import ENOUGH, Difference, Share, difference
from insights.effects import PAGE, Effect, effects, waiting
from insights.named import Names, names
from insights.period import Period, number
from insights.spans import Span
from insights.views import agents_only, head, period_of

KINDS = {
    "document": gettext_lazy("Article published"),
    "import": gettext_lazy("Import published"),
    "flow": gettext_lazy("Flow published"),
    "guidance": gettext_lazy("Guidance changed"),
    "assistant": gettext_lazy("Assistant changed"),
    "model": gettext_lazy("Model changed"),
    "release": gettext_lazy("Release published or rolled back"),
}
SAID = {
    "better": gettext_lazy("It helped"),
    "worse": gettext_lazy("It went worse since"),
    "no_difference": gettext_lazy("No difference can be told"),
    "too_few": gettext_lazy("Too few to say"),
}
MOST_SKIPPED = 10_000


@agents_only
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    period, skipped = period_of(request), min(number(request.GET.get("skip", "")), MOST_SKIPPED)
    found, more = effects(period, now=timezone.now(), skipped=skipped)
    named = names([effect.change.key for effect in found if effect.change.kind == "flow"])
    shown = head(period, named) | {
        "effects": [_shown(effect, period, named) for effect in found],
        "older": period.query(skip=skipped + PAGE) if more else "",
        "newer": period.query(skip=max(skipped - PAGE, 0)) if skipped else "",
        "enough": ENOUGH,
        "waiting": waiting(period),
    }
    return render(request, "insights/changes.html", shown)


def _shown(effect: Effect, period: Period, named: Names) -> dict[str, Any]:
    told, topics = difference(effect.before, effect.after), named.topics
    return {
        "at": effect.change.at,
        "edited": effect.change.edited if effect.change.waited else None,
        "kind": KINDS[effect.change.kind],
        "name": _name(effect.change, named),
        "link": _link(effect.change),
        "topics": [(key, topics[key]) for key in effect.concern.topics or () if key in topics],
        "concern": effect.concern,
        "more_articles": max(effect.concern.articles - len(effect.concern.titles), 0),
        "before": _part(effect.before, effect.before_span, period),
        "after": _part(effect.after, effect.after_span, period),
        "said": told.said,
        "said_words": SAID[told.said],
        "by": _by(told),
    }


def _name(change: Change, named: Names) -> str:
    """Of a flow, its title as it is now; of one that is gone, its key."""
    return named.flows.get(change.key, change.name) if change.kind == "flow" else change.name


def _by(told: Difference) -> str:
    if told.said == "too_few":
        return _("Nothing is claimed for fewer than %(n)s conversations on either side.") % {"n": ENOUGH}
    points = {name: words.signed(100 * getattr(told, name)) for name in ("by", "low", "high")}
    return _("%(by)s points (for 95 of 100: from %(low)s to %(high)s)") % points


def _part(share: Share, span: Span, period: Period) -> dict[str, Any]:
    said = ngettext(
        "%(well)s of %(asked)s conversation went well",
        "%(well)s of %(asked)s conversations went well",
        share.asked,
    )
    known = {"well": words.count(share.well), "asked": words.count(share.asked)}
    return {
        "all": Part(said % known, _address(span.key, span, period) if share.asked else ""),
        "share": words.percent(100 * share.part if share.asked else None),
        "not_well": Part(
            _("Those that did not"),
            _address(f"{span.key}_badly", span, period) if share.asked > share.well else "",
        ),
    }


def _address(key: str, span: Span, period: Period) -> str:
    zone = ZoneInfo(period.zone)
    days = Period(span.begin.astimezone(zone).date(), span.end.astimezone(zone).date(), period.zone)
    return address(Behind(key, days, detail=str(span)))


def _link(change: Change) -> str:
    """For whoever may open it: an editor."""
    if change.kind == "release":
        return reverse("releases:list")
    if change.kind == "flow":
        return reverse("flows:editor", args=[change.key])
    page = {
        "document": "knowledge_document", "import": "knowledge_importrun", "guidance": "assistant_guidance",
    }  # fmt: skip
    return reverse(f"admin:{page.get(change.kind, 'assistant_assistant')}_change", args=[change.key])
