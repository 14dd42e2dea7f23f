"""Which calendar holds: the company's, a team's upon it, or the hours of appointments where none is set."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from actions.bookings.models import Closure, Hours
from actions.models import OpeningCalendar
from actions.opening.calendars import open_at
from actions.opening.holidays_of import holidays_of, regions
from actions.opening.standing import calendar_of
from tests.conversations.hours.conftest import ALWAYS, set_hours

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 29, 12, tzinfo=PARIS)  # a Sunday
CHRISTMAS = datetime(2026, 12, 25, 10, tzinfo=PARIS)
STEPHEN = datetime(2026, 12, 26, 10, tzinfo=PARIS)  # in Moselle alone
NINE_TO_FIVE = [[["09:00", "17:00"]]] * 7


@pytest.fixture(autouse=True)
def _in_paris(settings: object) -> None:
    settings.TIME_ZONE = "Europe/Paris"  # type: ignore[attr-defined]


def is_open(at: datetime, row: OpeningCalendar | None = None) -> bool:
    calendar = calendar_of(row, NOW)
    assert calendar is not None
    return open_at(calendar, at)


def test_nobody_knows_where_nothing_is_set() -> None:
    assert calendar_of(None, NOW) is None


def test_the_hours_of_appointments_hold_until_others_are_set() -> None:
    Hours.objects.create(weekday=4, opens="09:00", closes="17:00")
    assert is_open(CHRISTMAS) and not is_open(NOW)
    Closure.objects.create(first_day="2026-12-25", last_day="2026-12-25")
    assert not is_open(CHRISTMAS)
    set_hours(ALWAYS)
    assert is_open(CHRISTMAS) and is_open(NOW)


def test_public_holidays_are_closed_year_after_year() -> None:
    set_hours(NINE_TO_FIVE, country="FR")
    assert not is_open(CHRISTMAS) and not is_open(CHRISTMAS.replace(year=2027))
    assert is_open(STEPHEN)
    set_hours(NINE_TO_FIVE, country="FR", region="57")
    assert not is_open(STEPHEN)


def test_a_holiday_can_be_a_day_like_any_other_or_have_other_hours() -> None:
    days = {"2026-12-25": {"name": "Noël", "hours": [], "usual": True}}
    set_hours(NINE_TO_FIVE, country="FR", days=days)
    assert is_open(CHRISTMAS)
    days = {"2026-12-25": {"name": "Noël", "hours": [["11:00", "12:00"]]}}
    set_hours(NINE_TO_FIVE, country="FR", days=days)
    assert not is_open(CHRISTMAS) and is_open(CHRISTMAS.replace(hour=11))


def test_a_team_stands_on_the_company_and_says_what_differs() -> None:
    set_hours(NINE_TO_FIVE, country="FR", days={"2026-12-01": {"name": "Stocktaking", "hours": []}})
    row = OpeningCalendar.objects.create(week=ALWAYS, time_zone="America/New_York")
    tuesday = datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("America/New_York"))
    assert is_open(NOW.replace(hour=3), row)
    assert not is_open(CHRISTMAS.replace(hour=20), row) and not is_open(tuesday, row)
    row.days = {"2026-12-01": {"name": "", "hours": [["08:00", "20:00"]]}}
    assert is_open(tuesday, row)


def test_holidays_have_names_in_the_readers_language() -> None:
    with override("fr"):
        assert holidays_of("FR", "", 2026)[date(2026, 12, 25)] == "Noël"
        assert ("57", "Moselle") in regions("FR")
    with override("en"):
        assert holidays_of("FR", "", 2026)[date(2026, 12, 25)] == "Christmas Day"
    assert holidays_of("XX", "", 2026) == {} and regions("XX") == []
