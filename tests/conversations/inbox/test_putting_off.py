"""Put off until a moment, or until the customer writes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from conversations import handoff
from conversations.inbox.snoozing import snooze, wake, wake_due
from conversations.models import Conversation, Status, Team
from conversations.receiving import receive
from conversations.refusals import Refused
from tests.conversations.inbox.conftest import Talk


def later() -> object:
    return timezone.now() + timedelta(hours=1)


def now(conversation: Conversation) -> Conversation:
    return Conversation.objects.get(pk=conversation.pk)


def test_it_sleeps_until_its_time_has_come(talk: Talk, marie: User) -> None:
    conversation = talk()
    snooze(conversation_id=conversation.pk, user=marie, until=later())
    assert wake_due() == 0 and now(conversation).status == Status.SNOOZED
    Conversation.objects.update(snoozed_until=timezone.now() - timedelta(seconds=1))
    assert wake_due() == 1
    assert (now(conversation).status, now(conversation).snoozed_until) == (Status.OPEN, None)
    assert wake_due() == 0


def test_the_customer_wakes_it(talk: Talk, marie: User) -> None:
    conversation = talk()
    snooze(conversation_id=conversation.pk, user=marie, until=None)
    receive(conversation_id=conversation.pk, text="still there?", client_id=uuid4())
    assert now(conversation).status == Status.OPEN


def test_who_waited_for_a_person_waits_again(talk: Talk, marie: User) -> None:
    conversation = talk()
    handoff.request_person(conversation_id=conversation.pk)
    snooze(conversation_id=conversation.pk, user=marie, until=later())
    wake(conversation_id=conversation.pk, user=marie)
    assert now(conversation).status == Status.WAITING and now(conversation).waiting_since


def test_who_waits_again_is_to_be_answered_as_soon_as_one_that_is_new(talk: Talk, marie: User) -> None:
    Team.objects.create(name="Shop", reply_minutes=30, resolve_minutes=600)
    conversation = talk()
    handoff.request_person(conversation_id=conversation.pk)
    resolve_by = now(conversation).resolve_due_at
    snooze(conversation_id=conversation.pk, user=marie, until=later())
    assert now(conversation).reply_due_at is None
    wake(conversation_id=conversation.pk)
    woken = now(conversation)
    assert woken.waiting_since and woken.reply_due_at == woken.waiting_since + timedelta(minutes=30)
    assert woken.resolve_due_at == resolve_by


def test_who_is_answered_already_has_no_such_target(talk: Talk, marie: User) -> None:
    Team.objects.create(name="Shop", reply_minutes=30)
    conversation = talk()
    handoff.request_person(conversation_id=conversation.pk)
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    snooze(conversation_id=conversation.pk, user=marie, until=later())
    receive(conversation_id=conversation.pk, text="still there?", client_id=uuid4())
    assert (now(conversation).status, now(conversation).reply_due_at) == (Status.OPEN, None)


def test_a_moment_that_is_over_is_refused(talk: Talk, marie: User) -> None:
    with pytest.raises(Refused):
        snooze(conversation_id=talk().pk, user=marie, until=timezone.now() - timedelta(minutes=1))


def test_what_is_done_cannot_be_put_off(talk: Talk, marie: User) -> None:
    conversation = talk()
    handoff.resolve(conversation_id=conversation.pk, user=marie)
    with pytest.raises(Refused):
        snooze(conversation_id=conversation.pk, user=marie, until=later())


@pytest.mark.parametrize("act", [handoff.take_over, handoff.resolve, handoff.hand_back])
def test_whatever_is_done_with_it_it_sleeps_no_more(talk: Talk, marie: User, act: object) -> None:
    conversation = talk()
    snooze(conversation_id=conversation.pk, user=marie, until=later())
    act(conversation_id=conversation.pk, user=marie)
    assert now(conversation).status != Status.SNOOZED and now(conversation).snoozed_until is None
