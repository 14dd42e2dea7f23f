"""Whoever has a conversation is told when somebody takes it off them, or gives it to others."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import User
from conversations import handoff
from conversations.inbox.all_of_list import doing
from conversations.inbox.all_of_list.rows import ListWork
from conversations.inbox.assigning import assign, give_to_team
from conversations.live import company
from conversations.live.company import Person
from conversations.models import Conversation, Desk, Notification, Status, Team
from tests.conversations.inbox.conftest import *  # noqa: F403 (fixtures)
from tests.conversations.inbox.conftest import Talk, there

pytestmark = pytest.mark.django_db
PASSED = "Marie gave your conversation with Carla to "


def taken(user: User) -> list[str]:
    rows = Notification.objects.filter(user=user, kind="taken", seen_at=None)
    return list(rows.order_by("pk").values_list("words", flat=True))


@pytest.fixture
def anna(db: None) -> User:
    return User.objects.create_user("anna", first_name="Anna")


@pytest.fixture
def pauls(talk: Talk, paul: User) -> Conversation:
    conversation = talk()
    handoff.take_over(conversation_id=conversation.pk, user=paul)
    return conversation


def test_given_to_another(pauls: Conversation, marie: User, paul: User, anna: User) -> None:
    assign(conversation_id=pauls.pk, user=marie, to=anna)
    assert taken(paul) == [PASSED + "Anna"] and taken(marie) == taken(anna) == []
    assign(conversation_id=pauls.pk, user=marie, to=anna)  # which changes nothing
    assert taken(anna) == []


def test_given_to_oneself_or_to_nobody(pauls: Conversation, marie: User, paul: User) -> None:
    assign(conversation_id=pauls.pk, user=marie, to=marie)
    assert taken(paul) == [PASSED + "Marie"]
    assign(conversation_id=pauls.pk, user=paul, to=None)
    assert taken(marie) == ["Paul took the conversation with Carla off you"]


def test_who_gives_it_away_knows(pauls: Conversation, paul: User, anna: User) -> None:
    assign(conversation_id=pauls.pk, user=paul, to=anna)
    assert taken(paul) == []


def test_who_looks_at_it_sees_it(pauls: Conversation, marie: User, paul: User, anna: User) -> None:
    company.stay(str(pauls.pk), Person(user=paul.pk, name="Paul", page="1"))
    assign(conversation_id=pauls.pk, user=marie, to=anna)
    assert taken(paul) == []


def waiting(conversation: Conversation) -> None:
    waits = {"status": Status.WAITING, "waiting_since": timezone.now()}
    Conversation.objects.filter(pk=conversation.pk).update(**waits)


def test_what_waits_is_given_to_a_team(pauls: Conversation, marie: User, paul: User, anna: User) -> None:
    team = Team.objects.create(name="Returns")
    team.members.add(anna)
    give_to_team(conversation_id=pauls.pk, user=marie, team=team)
    assert taken(paul) == []  # he goes on with it
    waiting(pauls)
    give_to_team(conversation_id=pauls.pk, user=marie, team=None)
    assert taken(paul) == ["Marie took the conversation with Carla off you"]


def test_the_team_gives_it_to_the_same_again(pauls: Conversation, marie: User, paul: User) -> None:
    waiting(pauls)
    there(paul)
    team = Team.objects.create(name="Returns", shares_out=True)
    team.members.add(paul)
    give_to_team(conversation_id=pauls.pk, user=marie, team=team)
    assert Conversation.objects.get().assignee == paul and taken(paul) == []
    Desk.objects.update(available=False)
    other = Team.objects.create(name="Second line")
    other.members.add(marie)
    give_to_team(conversation_id=pauls.pk, user=marie, team=other)
    assert taken(paul) == [PASSED + "Second line"]


def test_of_many_at_once_it_is_told_with_a_number(talk: Talk, marie: User, paul: User, anna: User) -> None:
    keys = [talk(name).pk for name in "abc"]
    Conversation.objects.update(assignee=paul)
    work = ListWork.objects.create(user=marie, act=f"assign:{anna.pk}", keys=keys, total=3)
    doing.go_on(work.pk)
    assert taken(paul) == ["Marie took 3 conversations off you"]
