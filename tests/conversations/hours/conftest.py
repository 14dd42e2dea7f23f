"""Hours at which somebody is there, or nobody."""

from __future__ import annotations

from actions.models import OpeningCalendar

ALWAYS = [[["00:00", "00:00"]]] * 7
NEVER: list[list[list[str]]] = [[]] * 7


def set_hours(week: list[list[list[str]]], **more: object) -> OpeningCalendar:
    """The company's."""
    facts = {"week": week, **more}
    return OpeningCalendar.objects.update_or_create(of_company=True, defaults=facts)[0]
