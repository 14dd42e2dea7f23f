"""Put off until a moment, or until the customer writes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from conversations import handoff
from conversations.inbox.snoozing import snooze, wake, wake_due
from conversations.models import Conversation, Status
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
