"""Labels: put on, taken off, many conversations at once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError

from accounts.models import User
from conversations.inbox import together
from conversations.inbox.labelling import label
from conversations.models import Label, Message
from tests.conversations.inbox.conftest import Talk


def test_they_are_put_on_and_taken_off(talk: Talk, marie: User) -> None:
    returns, urgent = Label.objects.create(name="Returns"), Label.objects.create(name="Urgent")
    conversation = talk()
    label(conversation_id=conversation.pk, user=marie, add=[returns, urgent])
    label(conversation_id=conversation.pk, user=marie, add=[returns], remove=[urgent])
    assert list(conversation.labels.all()) == [returns]
    logs = conversation.messages.filter(kind=Message.Kind.LOG).order_by("seq")
    assert [(one.data["add"], one.data["remove"]) for one in logs] == [
        (["Returns", "Urgent"], []),
        ([], ["Urgent"]),
    ]


def test_a_name_is_taken_once_however_it_is_written(db: None) -> None:
    Label.objects.create(name="Returns")
    with pytest.raises(IntegrityError):
        Label.objects.create(name="returns")


def test_of_many_at_once_those_that_are_gone_do_not_keep_the_others(talk: Talk, marie: User) -> None:
    returns = Label.objects.create(name="Returns")
    ones = [talk(name).pk for name in "abc"]
    outcome = together.do(together.labelled(marie, returns), [*ones, uuid4()])
    assert outcome == together.Outcome(done=3, failed=1)
    assert returns.conversations.count() == 3
