"""Whether somebody is there is found out when it is told, and not with every message."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conversations.models import Conversation
from conversations.receiving import receive
from conversations.viewing import look
from tests.conversations.hours.conftest import ALWAYS, set_hours

pytestmark = pytest.mark.django_db


def queries(conversation: Conversation, since: int, known: int | None) -> int:
    with CaptureQueriesContext(connection) as caught:
        look(conversation.pk, audience="customer", language="en", since=since, known=known)
    return len(caught)


def test_a_message_asks_no_calendar(conversation: Conversation) -> None:
    set_hours(ALWAYS)
    receive(conversation_id=conversation.pk, text="hello", client_id=uuid4())
    conversation.refresh_from_db()
    since = conversation.last_seq - 1
    told, not_told = queries(conversation, since, None), queries(conversation, since, conversation.last_seq)
    assert told - not_told <= 4
    assert not_told < told
