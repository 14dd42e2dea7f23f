"""With a model, whoever takes over reads two or three sentences of it, written in the background."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from accounts.models import User
from assistant.models import Assistant
from conversations import handoff
from conversations.inbox.briefing import line_of
from conversations.inbox.summing_up import AGAIN_AFTER, MOST_TRIES, sum_up_waiting
from conversations.models import Conversation, Message
from conversations.viewing import look
from llm.breaker import breaker
from tests.conversations.test_one_owner import asked

WORDS = "The lamp came broken. The assistant has asked for the order number."


@pytest.fixture(autouse=True)
def _nobody_failed_before() -> Any:
    breaker.reset()
    yield
    breaker.reset()


@pytest.fixture
def waiting(conversation: Conversation) -> Conversation:
    asked(conversation, "My lamp <b>broke</b>, and my card is 4111 1111 1111 1111")
    handoff.request_person(conversation_id=conversation.pk)
    return conversation


def summary(conversation: Conversation) -> Any:
    line = line_of(conversation)
    assert line is not None
    return line.data.get("summary")


def test_it_is_written_once_and_marked_as_the_models(
    waiting: Conversation, scripted_model: Any, marie: User
) -> None:
    scripted_model.script({"text": WORDS})
    assert (sum_up_waiting(), sum_up_waiting()) == (1, 0)
    assert summary(waiting)["text"] == WORDS
    (sent,) = scripted_model.requests()
    assert "My lamp ‹b›broke‹/b›" in str(sent) and "4111" not in str(sent)
    http = Browser()
    http.force_login(marie)
    page = http.get(f"/staff/conversations/{waiting.pk}/state/").content.decode()
    assert WORDS in page and "Written by a model" in page
    assert WORDS not in str(look(waiting.pk, audience="customer", language="en").messages)


def test_what_models_are_not_told_is_withheld(conversation: Conversation, scripted_model: Any) -> None:
    Assistant.objects.update(redact_prompts=True)
    asked(conversation, "Write to lea@example.org or call +33 6 12 34 56 78, my lamp broke")
    handoff.request_person(conversation_id=conversation.pk)
    scripted_model.script({"text": WORDS})
    assert sum_up_waiting() == 1
    (sent,) = scripted_model.requests()
    assert "my lamp broke" in str(sent)
    assert "lea@example.org" not in str(sent) and "12 34 56" not in str(sent)


def test_the_page_is_told_that_there_is_something_new(waiting: Conversation, scripted_model: Any) -> None:
    waiting.refresh_from_db()
    before = waiting.state_seq
    scripted_model.script({"text": WORDS})
    sum_up_waiting()
    waiting.refresh_from_db()
    assert waiting.state_seq > before


def test_without_a_model_nobody_is_asked(waiting: Conversation) -> None:
    assert sum_up_waiting() == 0 and "asked" not in Message.objects.get(data__has_key="brief").data


def test_a_model_that_fails_is_asked_a_few_times_and_later(
    waiting: Conversation, scripted_model: Any
) -> None:
    for number in range(MOST_TRIES + 2):
        breaker.reset()
        scripted_model.script({"fault": "status", "status": 401})
        assert sum_up_waiting() == 0
        line = line_of(waiting)
        assert line is not None and line.data["asked"]["tries"] == min(number + 1, MOST_TRIES)
        assert sum_up_waiting() == 0  # not again so soon
        earlier = (timezone.now() - AGAIN_AFTER * 2).isoformat()
        line.data["asked"]["at"] = earlier
        Message.objects.filter(pk=line.pk).update(data=line.data)
    assert summary(waiting) is None


def test_who_has_waited_for_long_and_who_is_answered_is_left_alone(
    waiting: Conversation, scripted_model: Any, marie: User
) -> None:
    scripted_model.script({"text": WORDS})
    Conversation.objects.update(waiting_since=timezone.now() - timedelta(hours=2))
    assert sum_up_waiting() == 0
    handoff.take_over(conversation_id=waiting.pk, user=marie)
    assert sum_up_waiting() == 0 and scripted_model.requests() == []
