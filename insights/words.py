"""Numbers as people read them, in the reader's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

MOST_GROWN = 200  # per cent
NOTHING = "–"  # where there is nothing to divide by


def count(number: int) -> str:
    return number_format(number, force_grouping=True)


def share(part: int, whole: int) -> float | None:
    """In per cent."""
    return 100 * part / whole if whole else None


def percent(value: float | None) -> str:
    return NOTHING if value is None else _("%(share)s%%") % {"share": number_format(round(value))}


def seconds(value: float | None) -> str:
    if value is None:
        return NOTHING
    if value < 60:
        return _("%(count)s s") % {"count": number_format(value, 1)}
    return _("%(count)s min") % {"count": number_format(value / 60, 1)}


def money(value: Decimal) -> str:
    """In the currency of the prices that are set; small amounts to the hundredth of a cent."""
    return number_format(value, 2 if value >= 10 or not value else 4, force_grouping=True)


def score(total: int, times: int) -> str:
    return number_format(total / times, 1) if times else NOTHING


def signed(value: float) -> str:
    """ "+12.3", "−4.1" """
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number_format(abs(value), 1)}"


def changed(now: float | None, before: float | None) -> str:
    """Of a share: by how many points."""
    if now is None or before is None:
        return ""
    points = round(now) - round(before)
    if not points:
        return _("as before")
    return (_("up %(points)s") if points > 0 else _("down %(points)s")) % {"points": abs(points)}


def before(number: int) -> str:
    return _("%(count)s before") % {"count": count(number)}


def grown(now: float, earlier: float) -> str:
    """Of a number: by how many per cent; of one that was much smaller, what it was."""
    if not earlier:
        return ""
    by = round(100 * (now - earlier) / earlier)
    if by > MOST_GROWN:
        return before(round(earlier))
    if not by:
        return _("as before")
    return (_("up %(share)s") if by > 0 else _("down %(share)s")) % {"share": percent(abs(by))}


def short_day(on: date) -> str:
    return date_format(on, pgettext("a day below a chart", "j M"))


def long_day(on: date, *, weekly: bool) -> str:
    if weekly:
        return _("Week of %(day)s") % {"day": date_format(on, "DATE_FORMAT")}
    return date_format(on, pgettext("a day in a table", "D j M Y"))
