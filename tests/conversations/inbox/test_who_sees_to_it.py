"""Assigned to a member of staff, given to a team, given out in turn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from conversations import handoff
from conversations.inbox.assigning import assign, give_to_team
from conversations.models import Conversation, Desk, Message, Owner, Status, Team
from conversations.refusals import Refused
from tests.conversations.inbox.conftest import Talk, there


def lines(conversation: Conversation) -> list[tuple[str, str]]:
    found = conversation.messages.filter(kind__in=Message.LINES).order_by("seq")
    return [(line.kind, line.data["code"]) for line in found]


def test_the_assistant_goes_on_until_whoever_was_assigned_takes_over(
    talk: Talk, marie: User, paul: User
) -> None:
    conversation = assign(conversation_id=talk().pk, user=marie, to=paul)
    assert (conversation.assignee, conversation.owner) == (paul, Owner.ASSISTANT)
    assert lines(conversation) == [("log", "assigned")]


def test_saying_it_twice_changes_nothing(talk: Talk, marie: User, paul: User) -> None:
    conversation = talk()
    for _ in range(2):
        assign(conversation_id=conversation.pk, user=marie, to=paul)
    assert lines(conversation) == [("log", "assigned")]


def test_the_customer_is_told_when_somebody_else_goes_on(talk: Talk, marie: User, paul: User) -> None:
    conversation = talk()
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    assign(conversation_id=conversation.pk, user=marie, to=paul)
    assert lines(conversation) == [("event", "joined"), ("event", "passed_on")]
    # Who is to answer already need not join.
    handoff.take_over(conversation_id=conversation.pk, user=paul)
    assert lines(conversation)[2:] == []


def test_a_customer_whom_nobody_talks_with_any_more_waits(talk: Talk, marie: User) -> None:
    conversation = talk()
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    conversation = assign(conversation_id=conversation.pk, user=marie, to=None)
    assert conversation.status == Status.WAITING and conversation.waiting_since is not None


def test_nobody_is_given_what_they_may_not_see(talk: Talk, marie: User, paul: User) -> None:
    paul.is_active = False
    with pytest.raises(Refused):
        assign(conversation_id=talk().pk, user=marie, to=paul)


def waits(conversation: Conversation) -> Conversation:
    handoff.request_person(conversation_id=conversation.pk)
    return Conversation.objects.get(pk=conversation.pk)


def test_what_waits_goes_to_the_first_team_that_takes_it(talk: Talk) -> None:
    french = Team.objects.create(name="France", languages=["fr"], order=1)
    tools = Team.objects.create(name="Repairs", reasons=["tool_failure"], order=2)
    everybody = Team.objects.create(name="Everybody", order=3)
    assert waits(talk("Carla", "bonjour", language="fr")).team == french
    assert waits(talk("Denis")).team == everybody
    assert not tools.conversations.exists()


def test_a_team_gives_out_in_turn_to_who_is_there(talk: Talk, marie: User, paul: User) -> None:
    team = Team.objects.create(name="Shop", shares_out=True)
    away = User.objects.create_user("anne")
    busy = User.objects.create_user("rosa")
    team.members.add(marie, paul, away, busy)
    for user in (marie, paul, busy):
        there(user)
    Desk.objects.filter(user=busy).update(available=False)
    Desk.objects.create(user=away, seen_at=timezone.now() - timedelta(hours=1))
    given = [waits(talk(name)).assignee for name in "abcd"]
    assert given == [marie, paul, marie, paul]


def test_nobody_is_given_one_where_nobody_is_there(talk: Talk, marie: User) -> None:
    team = Team.objects.create(name="Shop", shares_out=True)
    team.members.add(marie)
    conversation = waits(talk())
    assert (conversation.team, conversation.assignee) == (team, None)


def test_another_team_gives_it_to_one_of_its_own(talk: Talk, marie: User, paul: User) -> None:
    there(paul)
    team = Team.objects.create(name="Repairs", shares_out=True, order=9, languages=["fr"])
    team.members.add(paul)
    conversation = waits(talk())
    conversation = give_to_team(conversation_id=conversation.pk, user=marie, team=team)
    assert (conversation.team, conversation.assignee, conversation.status) == (team, paul, Status.WAITING)
    assert lines(conversation)[-2:] == [("log", "team"), ("log", "given")]
