"""Receiving: stored once, in order, with a turn when the assistant answers (B12)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from accounts.models import User
from conversations import handoff
from conversations.models import Conversation, Customer, Message, Turn
from conversations.ratings.giving import rate
from conversations.receiving import Received, choose, receive, retry
from conversations.refusals import Refused


def say(conversation: Conversation, text: str, client_id: UUID | None = None) -> Received:
    return receive(conversation_id=conversation.pk, text=text, client_id=client_id or uuid4())


def test_a_message_takes_the_next_number_and_queues_a_turn(conversation: Conversation) -> None:
    first, second = say(conversation, "One").message, say(conversation, "Two").message
    assert first.seq < second.seq
    assert [turn.state for turn in Turn.objects.order_by("pk")] == ["superseded", "queued"]
    assert Turn.objects.get(state="queued").question == second


def test_a_repeated_message_is_stored_once(conversation: Conversation) -> None:
    client_id = uuid4()
    assert say(conversation, "Hello", client_id).fresh
    again = say(conversation, "Hello", client_id)
    assert not again.fresh
    assert (Message.objects.count(), Turn.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_message_sent_from_two_tabs_at_once_is_stored_once(
    conversation: Conversation, nobody_answers: None
) -> None:
    client_id = uuid4()

    def send(n: int) -> bool:
        try:
            return say(conversation, "Hello", client_id).fresh
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(send, range(8))) == [False] * 7 + [True]
    assert (Message.objects.count(), Turn.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_double_under_concurrent_senders(
    conversation: Conversation, nobody_answers: None
) -> None:
    def send(n: int) -> None:
        try:
            say(conversation, f"message {n}")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(send, range(18)))
    assert [m.seq for m in Message.objects.order_by("seq")] == list(range(1, 19))
    assert Turn.objects.filter(state__in=Turn.LIVE).count() == 1


def test_no_turn_is_queued_while_a_person_answers(conversation: Conversation, marie: User) -> None:
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    say(conversation, "Hello")
    assert not Turn.objects.exists()


def test_a_resolved_conversation_opens_again_with_the_assistant(
    conversation: Conversation, marie: User
) -> None:
    say(conversation, "Hello")
    handoff.resolve(conversation_id=conversation.pk, user=marie)
    assert not Turn.objects.filter(state__in=Turn.LIVE).exists()
    say(conversation, "One more thing")
    conversation.refresh_from_db()
    assert (conversation.status, conversation.owner, conversation.assignee) == ("open", "assistant", None)
    assert Turn.objects.filter(state="queued").count() == 1
    assert [m.data["code"] for m in Message.objects.filter(kind="event")] == ["resolved", "reopened"]


def test_trying_again_opens_a_resolved_conversation_too(conversation: Conversation, marie: User) -> None:
    say(conversation, "Hello")
    handoff.request_person(conversation_id=conversation.pk)
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    assert retry(conversation_id=conversation.pk, client_id=uuid4()) is None  # a person answers
    handoff.resolve(conversation_id=conversation.pk, user=marie)
    turn = retry(conversation_id=conversation.pk, client_id=uuid4())
    conversation.refresh_from_db()
    assert turn and turn.state == Turn.State.QUEUED
    assert (conversation.status, conversation.owner, conversation.handoff_reason) == ("open", "assistant", "")


@pytest.mark.parametrize("text", ["", "   \n", "\x00"])
def test_a_message_without_words_is_refused(conversation: Conversation, text: str) -> None:
    with pytest.raises(Refused) as refused:
        say(conversation, text)
    assert refused.value.code == "invalid"


def test_a_customer_who_says_too_much_is_asked_to_wait(conversation: Conversation, settings: Any) -> None:
    settings.MESSAGES_PER_MINUTE = 5
    sent = [uuid4() for _ in range(5)]
    for client_id in sent:
        say(conversation, "Hello", client_id)
    with pytest.raises(Refused) as refused:
        say(conversation, "Hello")
    assert (refused.value.code, refused.value.permanent) == ("too_fast", False)
    assert not say(conversation, "Hello", sent[0]).fresh  # a repeated message is acknowledged all the same
    assert Message.objects.count() == 5


def test_an_address_that_says_too_much_is_asked_to_wait(conversation: Conversation, settings: Any) -> None:
    settings.MESSAGES_PER_MINUTE_PER_ADDRESS = 3
    address = str(uuid4())
    ada = conversation.assistant
    customers = [Customer.objects.create() for _ in range(4)]
    others = [Conversation.objects.create(assistant=ada, customer=customer) for customer in customers]
    for other in others[:3]:
        receive(conversation_id=other.pk, text="Hello", client_id=uuid4(), address=address)
    with pytest.raises(Refused):
        receive(conversation_id=others[3].pk, text="Hello", client_id=uuid4(), address=address)


def test_trying_again_counts_as_much_as_a_question(conversation: Conversation, settings: Any) -> None:
    settings.MESSAGES_PER_MINUTE = 3
    say(conversation, "Hello")
    client_ids = [uuid4() for _ in range(2)]
    for client_id in client_ids:
        Turn.objects.update(state="failed")
        assert retry(conversation_id=conversation.pk, client_id=client_id)
    Turn.objects.update(state="failed")
    with pytest.raises(Refused) as refused:
        retry(conversation_id=conversation.pk, client_id=uuid4())
    assert (refused.value.code, refused.value.permanent) == ("too_fast", False)
    assert retry(conversation_id=conversation.pk, client_id=client_ids[0])  # repeated, and counted already
    assert Turn.objects.count() == 3


def test_a_quick_reply_is_said_by_the_customer(conversation: Conversation) -> None:
    from conversations.posting import record

    with record(conversation.pk) as writing:
        offer = writing.post(
            kind=Message.Kind.ASSISTANT, text="Shall I?", options=[{"label": "Yes", "text": "Yes, please"}]
        )
    chosen = choose(conversation_id=conversation.pk, message_id=offer.pk, option=0, client_id=uuid4())
    assert (chosen.message.text, chosen.message.data) == ("Yes, please", {"chosen": offer.pk})
    with pytest.raises(Refused):
        choose(conversation_id=conversation.pk, message_id=offer.pk, option=1, client_id=uuid4())


def test_a_rating_replaces_the_earlier_one_and_shows_as_a_change(conversation: Conversation) -> None:
    from conversations.posting import record

    with record(conversation.pk) as writing:
        answer = writing.post(kind=Message.Kind.ASSISTANT, text="So.", outcome="answered")
    rate(conversation_id=conversation.pk, message_id=answer.pk, score=1)
    rate(conversation_id=conversation.pk, message_id=answer.pk, score=-1, reason="outdated")
    answer.refresh_from_db()
    assert (answer.rating.score, answer.rating.reason) == (-1, "outdated")
    assert answer.changed_seq == answer.seq + 2
    question = say(conversation, "Hello").message
    with pytest.raises(Refused):
        rate(conversation_id=conversation.pk, message_id=question.pk, score=1)


def test_a_repeated_retry_opens_one_turn(conversation: Conversation) -> None:
    say(conversation, "Hello")
    Turn.objects.update(state="failed")
    client_id = uuid4()
    first = retry(conversation_id=conversation.pk, client_id=client_id)
    Turn.objects.filter(pk=first.pk).update(state="done")
    again = retry(conversation_id=conversation.pk, client_id=client_id)
    assert again.pk == first.pk
    assert Turn.objects.count() == 2


def test_sending_costs_at_most_twelve_queries(
    conversation: Conversation, django_assert_max_num_queries: Any
) -> None:
    say(conversation, "First")
    with django_assert_max_num_queries(12):
        say(conversation, "Second")


def test_a_late_yes_is_none_to_a_question_that_was_asked_since(conversation: Conversation) -> None:
    from conversations.posting import record

    yes_no = [{"label": word, "text": word} for word in ("Yes", "No")]
    with record(conversation.pk) as writing:
        first = writing.post(kind=Message.Kind.ASSISTANT, text="Shall I return it?", options=yes_no)
        second = writing.post(kind=Message.Kind.ASSISTANT, text="Shall I refund it?", options=yes_no)
    with pytest.raises(Refused):
        choose(conversation_id=conversation.pk, message_id=first.pk, option=0, client_id=uuid4())
    chosen = choose(conversation_id=conversation.pk, message_id=second.pk, option=0, client_id=uuid4())
    assert chosen.message.text == "Yes"
