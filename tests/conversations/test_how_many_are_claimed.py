"""A claim takes as many turns as are asked for, however the database goes about it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from assistant.models import Assistant
from conversations import leases
from conversations.models import Conversation, Customer, Turn
from conversations.receiving import receive

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("known", [0, 1, 2, 3])
def test_a_claim_takes_no_more_than_it_asks_for(
    assistant: Assistant, nobody_answers: None, known: int
) -> None:
    """The database plans by what it knows of the table: as if there were so many turns."""
    for number in range(7):
        if number == known:
            _analyze()
        customer = Customer.objects.create()
        talk = Conversation.objects.create(assistant=assistant, customer=customer)
        receive(conversation_id=talk.pk, text="Hello?", client_id=uuid4())
    assert len(leases.claim(worker="Ada", limit=4)) == 4
    assert Turn.objects.filter(state=Turn.State.RUNNING).count() == 4
    assert len(leases.claim(worker="Ada", limit=4)) == 3


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE conversations_turn")
