"""Conversations in numbers: what is counted, and that what comes late is counted like all of it anew."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from assistant.events import HandoffReason, Outcome
from assistant.models import Assistant
from conversations import handoff
from conversations.models import Conversation, Turn
from conversations.ratings.giving import rate, rate_conversation
from conversations.receiving import receive
from conversations.settling import close_quiet
from insights.counting import count_changed
from insights.models import Spent, Tally
from insights.steps import step_of
from llm.pricing import Usage
from tests.conversations.hours.conftest import NEVER, set_hours
from tests.insights.talks import ask, begin, reply, settled

pytestmark = pytest.mark.django_db


def tally(conversation: Conversation) -> Tally:
    count_changed()
    return Tally.objects.get(conversation=conversation)


def everything() -> list[tuple[Any, ...]]:
    names = [field.attname for field in Tally._meta.concrete_fields]
    spent = Spent.objects.order_by("tally", "model").values_list("tally", "model", "answers", "cost")
    return [*Tally.objects.order_by("pk").values_list(*names), *spent]


def assert_is_as_counted_anew() -> None:
    counted = everything()
    call_command("rebuild_insights", stdout=StringIO())
    assert everything() == counted


def test_questions_are_counted_by_what_came_of_them(luce: Assistant) -> None:
    talk = begin(luce)
    ask(talk, "hello", kind="small_talk")
    ask(talk)
    ask(talk, "And to Peru?", Outcome.DECLINED)
    ask(talk, "To the moon?", Outcome.ASKED_BACK)
    ask(talk, "A booking", Outcome.GUIDED, kind="flow")
    found = tally(talk)
    assert (found.asked, found.answered, found.declined, found.asked_back) == (3, 1, 1, 1)
    assert_is_as_counted_anew()


def test_the_wish_for_a_person_is_no_question_and_a_handoff(luce: Assistant) -> None:
    wished, given_up = begin(luce), begin(luce)
    ask(wished, "A person, please", Outcome.HANDOFF, reason=HandoffReason.CUSTOMER_REQUEST)
    ask(given_up, "A refund?", Outcome.HANDOFF, reason=HandoffReason.POLICY)
    assert (tally(wished).asked, tally(wished).handoffs) == (0, ["customer_request"])
    assert (tally(given_up).asked, tally(given_up).handoffs) == (1, ["policy"])


def test_nor_is_it_one_where_nobody_is_there(luce: Assistant) -> None:
    set_hours(NEVER)
    wished = begin(luce)
    ask(wished, "A person, please", Outcome.HANDOFF, reason=HandoffReason.CUSTOMER_REQUEST)
    assert wished.messages.filter(data__code="nobody_there").exists()
    assert tally(wished).asked == 0


def test_a_question_that_failed_is_one_without_an_answer(luce: Assistant) -> None:
    talk = begin(luce)
    receive(conversation_id=talk.pk, text="Where is it?", client_id=uuid4())
    Turn.objects.filter(conversation=talk).update(state=Turn.State.FAILED)
    assert (tally(talk).asked, tally(talk).failed, tally(talk).answered) == (1, 1, 0)


def test_what_is_said_by_a_person_counts_as_help(luce: Assistant, marie: User) -> None:
    talk = begin(luce)
    ask(talk)
    assert tally(talk).replies == 0
    reply(talk, marie)
    handoff.resolve(conversation_id=talk.pk, user=marie)
    assert (tally(talk).replies, tally(talk).resolution) == (1, "staff")
    assert_is_as_counted_anew()


def test_a_rating_a_week_later_is_counted(luce: Assistant) -> None:
    talk = begin(luce)
    answer = ask(talk)
    assert tally(talk).down == 0
    rate(conversation_id=talk.pk, message_id=answer.pk, score=-1)
    assert tally(talk).down == 1
    rate(conversation_id=talk.pk, message_id=answer.pk, score=1)
    assert (tally(talk).up, tally(talk).down) == (1, 0)
    assert_is_as_counted_anew()


def test_the_last_rating_of_the_end_counts(luce: Assistant, marie: User) -> None:
    talk = begin(luce)
    for score in (1, 4):
        ask(talk)
        handoff.resolve(conversation_id=talk.pk, user=marie)
        line = talk.messages.filter(data__code="resolved").latest("seq")
        rate_conversation(conversation_id=talk.pk, message_id=line.pk, score=score)
    assert tally(talk).score == 4
    assert_is_as_counted_anew()


def test_what_is_opened_again_is_told(luce: Assistant) -> None:
    talk = begin(luce)
    ask(talk)
    settled(talk)
    assert (tally(talk).resolution, tally(talk).reopened_at) == ("assumed", None)
    assert tally(talk).resolved_at
    ask(talk, "It still is not here")
    found = tally(talk)
    assert found.resolution == "" and found.reopened_at and found.reopened_at >= found.resolved_at
    assert_is_as_counted_anew()


def test_what_models_used_is_counted_for_each(luce: Assistant) -> None:
    talk = begin(luce)
    ask(talk, usage=Usage("small", 100, 10, Decimal("0.001")))
    ask(talk, usage=Usage("small", 50, 5, Decimal("0.0005")))
    ask(talk, usage=Usage("dear", 1, 1, None))
    tally(talk)
    rows = Spent.objects.order_by("model").values_list("model", "prompt_tokens", "cost", "unpriced")
    assert list(rows) == [("dear", 1, 0, 1), ("small", 150, Decimal("0.0015"), 0)]
    assert_is_as_counted_anew()


def test_how_long_answers_took_stands_on_steps(luce: Assistant) -> None:
    talk = begin(luce)
    ask(talk)
    asked = timezone.now()
    soon, later = asked + timedelta(seconds=0.4), asked + timedelta(seconds=2.5)
    Turn.objects.update(queued_at=asked, first_word_at=soon, finished_at=later)
    found = tally(talk)
    assert (found.first_words, found.full_answers) == ([step_of(400)], [step_of(2500)])


def test_what_is_deleted_takes_its_numbers_with_it(luce: Assistant) -> None:
    talk, other = begin(luce), begin(luce)
    ask(talk, usage=Usage("small", 1, 1, None))
    ask(other)
    count_changed()
    talk.delete()
    assert [str(one.pk) for one in Tally.objects.all()] == [str(other.pk)]
    assert not Spent.objects.exists()
    assert_is_as_counted_anew()


def test_only_what_has_changed_is_counted_again(luce: Assistant) -> None:
    talk, nothing_said = begin(luce), begin(luce)
    ask(talk)
    assert count_changed() == 2
    assert not Tally.objects.filter(conversation=nothing_said).exists()
    assert count_changed() == 0
    ask(talk)
    assert count_changed() == 1


def test_what_was_closed_without_help_is_not_resolved(luce: Assistant) -> None:
    talk = begin(luce)
    ask(talk, "To the moon?", Outcome.DECLINED)
    Conversation.objects.update(last_message_at=timezone.now() - timedelta(days=8))
    assert close_quiet() == 1
    assert (tally(talk).resolution, tally(talk).resolved_at) == ("unhelped", None)
    ask(talk)
    assert tally(talk).reopened_at is None
    assert_is_as_counted_anew()
