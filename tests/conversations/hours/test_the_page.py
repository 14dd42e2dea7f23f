"""A support lead sets the hours: seven lines, holidays by name, single days; tried before they are saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.audit.rows import AuditEntry
from accounts.models import User
from actions.bookings.models import Hours
from actions.models import OpeningCalendar
from conversations.models import Team

pytestmark = pytest.mark.django_db
EMPTY = {"holidays-TOTAL_FORMS": "0", "holidays-INITIAL_FORMS": "0", "days-TOTAL_FORMS": "0",
         "days-INITIAL_FORMS": "0"}  # fmt: skip
WEEK = {f"day_{day}": "9-12:30, 14-18" for day in range(5)}
NEXT = timezone.localdate().year + 1


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("ed", role="editor"))
    return client


def days(prefix: str, *rows: dict[str, str]) -> dict[str, str]:
    said = {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0", **said}


def send(editor: Client, said: dict[str, Any], where: str = "/staff/hours/", wish: str = "save") -> str:
    return editor.post(where, {**EMPTY, **said, wish: ""}, follow=True).text


def test_it_is_saved_as_it_is_meant_and_kept_in_the_trail(editor: Client) -> None:
    shown = send(editor, {**WEEK, "time_zone": "europe/paris".title(), "country": "FR", "region": "57"})
    assert "The hours are saved." in shown and "Now: " in shown
    row = OpeningCalendar.objects.get()
    assert row.of_company and (row.time_zone, row.country, row.region) == ("Europe/Paris", "FR", "57")
    assert row.week == [[["09:00", "12:30"], ["14:00", "18:00"]]] * 5 + [[], []]
    assert "09:00–12:30, 14:00–18:00" in shown and "Saint Stephen" in shown
    assert "Europe/Paris" in AuditEntry.objects.get(action="changed").after["hours"]


def test_looking_saves_nothing_and_shows_the_holidays_of_another_country(editor: Client) -> None:
    shown = send(editor, {**WEEK, "country": "FR", "region": "BY"}, wish="look")
    assert "Bastille Day" in shown or "National Day" in shown
    assert "Not saved" not in shown and not OpeningCalendar.objects.exists()


def test_each_holiday_does_what_is_said_of_it_and_single_days_are_added(editor: Client) -> None:
    said = {
        **WEEK, "country": "FR",
        **days("holidays",
               {"day": f"{NEXT}-05-01", "name": "Labour Day", "does": "closed"},
               {"day": f"{NEXT}-05-08", "name": "Victory", "does": "usual"},
               {"day": f"{NEXT}-12-25", "name": "Christmas", "does": "closed", "hours": "10-12"}),
        **days("days", {"day": f"{NEXT}-03-02", "name": "Stocktaking", "does": "closed"}, {"name": ""}),
    }  # fmt: skip
    shown = send(editor, said)
    assert OpeningCalendar.objects.get().days == {
        f"{NEXT}-03-02": {"name": "Stocktaking", "hours": []},
        f"{NEXT}-05-08": {"name": "Victory", "hours": [], "usual": True},
        f"{NEXT}-12-25": {"name": "Christmas", "hours": [["10:00", "12:00"]]},
    }
    assert "Stocktaking" in shown and "10:00–12:00" in shown


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"day_0": "nine to five"}, "no time from"),
        ({"time_zone": "Paris time"}, "no such time zone"),
        (days("days", {"name": "Stocktaking"}), "which day this is"),
        (days("days", {"day": "2026-12-01", "does": "other"}), "hours of this day"),
        ({"country": "Atlantis"}, "Not saved"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(
    editor: Client, said: dict[str, str], why: str
) -> None:
    shown = send(editor, {**WEEK, **said})
    assert why in shown and "Not saved" in shown and "9-12:30, 14-18" in shown
    assert not OpeningCalendar.objects.exists()


def test_one_begins_with_the_hours_that_hold_already(editor: Client) -> None:
    Hours.objects.create(weekday=0, opens="08:00", closes="16:00")
    assert "08:00–16:00" in editor.get("/staff/hours/").text


def test_a_team_has_hours_of_its_own_and_can_have_the_companys_again(editor: Client) -> None:
    team = Team.objects.create(name="Night")
    where = f"/staff/hours/teams/{team.pk}/"
    assert "until you save others here" in editor.get(where).text
    send(editor, {"day_6": "0-24"}, where)
    team.refresh_from_db()
    assert team.calendar is not None and team.calendar.week[6] == [["00:00", "00:00"]]
    editor.post(f"{where}forget/")
    team.refresh_from_db()
    assert team.calendar is None and not OpeningCalendar.objects.exists()


def test_agents_do_not_set_hours(client: Client, marie: User) -> None:
    client.force_login(marie)
    assert client.get("/staff/hours/").status_code == 403
