"""What the page says first: one sentence about the period."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insights import words
from insights.period import Period
from insights.reading import Figures

RANGES: dict[str, Promise] = {
    "7": gettext_lazy("Last 7 days"),
    "28": gettext_lazy("Last 28 days"),
    "90": gettext_lazy("Last 90 days"),
    "month": gettext_lazy("This month"),
}

EXPORTS: dict[str, Promise] = {
    "days": gettext_lazy("By day"),
    "topics": gettext_lazy("Topics"),
    "handoffs": gettext_lazy("Why people were brought in"),
    "gaps": gettext_lazy("Asked in vain"),
    "hours": gettext_lazy("When conversations begin"),
    "models": gettext_lazy("Models"),
    "spent": gettext_lazy("What it cost, by day"),
    "conversations": gettext_lazy("Each conversation in numbers"),
}


def sentence(found: Figures) -> str:
    """ "312 conversations in the last 7 days, 71% resolved without a person, up 6." """
    number = found.now["all"]
    said = ngettext("%(count)s conversation %(when)s", "%(count)s conversations %(when)s", number)
    begun = said % {"count": words.count(number), "when": when(found.period)}
    if not number:
        return f"{begun}."
    alone, before = (words.share(counts["alone"], counts["all"]) for counts in (found.now, found.before))
    resolved = _("%(share)s resolved without a person") % {"share": words.percent(alone)}
    return ", ".join(filter(None, [begun, resolved, words.changed(alone, before)])) + "."


def when(period: Period) -> str:
    fixed = {
        "7": _("in the last 7 days"),
        "28": _("in the last 28 days"),
        "90": _("in the last 90 days"),
        "month": _("this month"),
    }
    if period.range in fixed:
        return fixed[period.range]
    first, last = date_format(period.first), date_format(period.last)
    if period.first == period.last:
        return _("on %(day)s") % {"day": first}
    return _("from %(first)s to %(last)s") % {"first": first, "last": last}
