"""Hours at which somebody is there, or nobody."""

from __future__ import annotations

from typing import Any

import pytest

from actions.models import OpeningCalendar

ALWAYS = [[["00:00", "00:00"]]] * 7
NEVER: list[list[list[str]]] = [[]] * 7


def set_hours(week: list[list[list[str]]], **more: object) -> OpeningCalendar:
    """The company's."""
    facts = {"week": week, **more}
    return OpeningCalendar.objects.update_or_create(of_company=True, defaults=facts)[0]


@pytest.fixture(autouse=True)
def _many_may_be_left(settings: Any) -> None:
    """The tests leave more messages under one address than a customer would."""
    settings.TRANSCRIPTS_PER_HOUR = 1_000
