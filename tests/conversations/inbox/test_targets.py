"""By when a person is to have answered: minutes within the team's hours, on the company's clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from actions.bookings.models import Closure, Hours
from actions.models import OpeningCalendar
from conversations import handoff
from conversations.inbox import targets
from conversations.models import Conversation, Message, Team
from tests.conversations.inbox.conftest import Talk

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture(autouse=True)
def _in_paris(settings: object, db: None) -> None:
    settings.TIME_ZONE = "Europe/Paris"  # type: ignore[attr-defined]


def open_on(team: Team, *weekdays: int) -> None:
    has_hours(team, {day: ["09:00", "17:00"] for day in weekdays})


def has_hours(team: Team, week: dict[int, list[str]]) -> None:
    spans = [[week[day]] if day in week else [] for day in range(7)]
    team.calendar = OpeningCalendar.objects.create(week=spans)
    team.save()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026, which begins on a Sunday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("since", "minutes", "due"),
    [
        (at(27, 10), 30, at(27, 10, 30)),
        (at(27, 16, 45), 30, at(30, 9, 15)),  # Friday evening: Monday morning
        (at(28, 12), 30, at(30, 9, 30)),
        (at(27, 9), 2 * 8 * 60, at(30, 17)),
        (at(27, 10), None, None),
    ],
)
def test_minutes_count_within_the_hours(since: datetime, minutes: int | None, due: datetime | None) -> None:
    team = Team.objects.create(name="Shop")
    open_on(team, 0, 1, 2, 3, 4)
    assert targets.after(team, since, minutes) == due


def test_they_do_not_on_a_day_that_is_closed() -> None:
    team = Team.objects.create(name="Shop")
    open_on(team, 0, 1, 2, 3, 4)
    Closure.objects.create(first_day=at(30, 0).date(), last_day=at(30, 0).date())
    assert targets.after(team, at(27, 16, 45), 30) == at(30, 9, 15) + timedelta(days=1)


def test_a_team_without_hours_has_the_companys() -> None:
    team = Team.objects.create(name="Shop")
    Hours.objects.create(weekday=4, opens=time(10), closes=time(12))
    assert targets.after(team, at(27, 8), 30) == at(27, 10, 30)


def test_who_is_always_there_counts_every_minute() -> None:
    team = Team.objects.create(name="Shop")
    assert targets.after(team, at(28, 8), 30) == at(28, 8, 30)


def test_two_nights_of_the_year_have_another_length() -> None:
    team = Team.objects.create(name="Night")
    has_hours(team, {6: ["01:00", "05:00"]})
    night = datetime(2026, 10, 25, 1, tzinfo=PARIS)  # from three the clock goes back to two
    due = targets.after(team, night, 4 * 60)
    assert due is not None and due.astimezone(PARIS).hour == 4


def test_a_reply_in_time_keeps_that_it_was(talk: Talk, marie: User) -> None:
    Team.objects.create(name="Shop", reply_minutes=10, resolve_minutes=60)
    conversation = talk()
    handoff.request_person(conversation_id=conversation.pk)
    waiting = Conversation.objects.get(pk=conversation.pk)
    assert waiting.waiting_since and waiting.reply_due_at and waiting.resolve_due_at
    assert waiting.reply_due_at - waiting.waiting_since == timedelta(minutes=10)
    said = handoff.reply_as_person(
        conversation_id=conversation.pk, user=marie, text="Here I am", client_id=uuid4()
    )
    assert said.data["late"] is False
    again = handoff.reply_as_person(
        conversation_id=conversation.pk, user=marie, text="And", client_id=uuid4()
    )
    assert "late" not in again.data
    replied = Conversation.objects.get(pk=conversation.pk)
    assert replied.reply_due_at is None and replied.resolve_due_at
    handoff.resolve(conversation_id=conversation.pk, user=marie)
    assert Conversation.objects.get(pk=conversation.pk).resolve_due_at is None


def test_a_late_reply_keeps_that_it_was_late(talk: Talk, marie: User) -> None:
    Team.objects.create(name="Shop", reply_minutes=10)
    conversation = talk()
    handoff.request_person(conversation_id=conversation.pk)
    Conversation.objects.update(reply_due_at=at(1, 9))
    handoff.reply_as_person(conversation_id=conversation.pk, user=marie, text="Sorry", client_id=uuid4())
    assert Message.objects.get(kind=Message.Kind.PERSON).data["late"] is True
