"""The assistant and a person never answer both: ownership is decided where the answer is stored."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from assistant.events import Answer, HandoffReason, Outcome
from assistant.understanding import split_newest
from conversations import answering, handoff, leases, live, turns
from conversations.answering import Pace
from conversations.leases import Claim
from conversations.live.connections import quick
from conversations.models import Conversation, Message, Turn
from conversations.posting import record
from conversations.receiving import receive, retry
from conversations.refusals import Refused
from conversations.rendering import Audience
from conversations.viewing import conversation_view, look


def asked(conversation: Conversation, text: str = "Hello") -> None:
    receive(conversation_id=conversation.pk, text=text, client_id=uuid4())


def claimed(worker: str = "one") -> Claim:
    (claim,) = leases.claim(worker=worker, limit=1)
    return claim


def answer(claim: Claim, text: str = "The answer", outcome: Outcome = Outcome.ANSWERED) -> bool:
    reason = HandoffReason.MISSING_KNOWLEDGE if outcome == Outcome.HANDOFF else None
    said = Answer(text, outcome, "en", state={"n": 1}, handoff_reason=reason)
    return stored(claim, said)


def stored(claim: Claim, said: Answer) -> bool:
    return answering.store(claim, answer=said, pace=Pace(timezone.now(), timezone.now()))


def write(claim: Claim, text: str) -> None:
    quick().xadd(f"live:log:{claim.turn}", {"a": claim.attempt, "e": len(text), "k": "t", "d": text})


def kinds(conversation: Conversation) -> list[str]:
    return list(Message.objects.filter(conversation=conversation).values_list("kind", flat=True))


def test_an_answer_is_stored_with_its_state(conversation: Conversation) -> None:
    asked(conversation)
    assert answer(claimed())
    conversation.refresh_from_db()
    assert (conversation.state, conversation.last_speaker) == ({"n": 1}, "assistant")
    assert Turn.objects.get().state == "done"


def test_a_person_who_takes_over_cancels_the_running_answer(conversation: Conversation, marie: User) -> None:
    asked(conversation)
    claim = claimed()
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    assert not answer(claim)
    assert kinds(conversation) == ["customer", "event"]
    assert Turn.objects.get().state == "cancelled"


def test_what_was_half_written_is_kept_as_partial(conversation: Conversation, marie: User) -> None:
    asked(conversation)
    write(claimed(), "You can return it with")
    handoff.reply_as_person(
        conversation_id=conversation.pk, user=marie, text="Hello, Marie here", client_id=uuid4()
    )
    partial = Message.objects.get(kind="assistant")
    assert (partial.text, partial.partial) == ("You can return it with", True)
    assert kinds(conversation) == ["customer", "assistant", "event", "person"]


@pytest.mark.django_db(transaction=True)
def test_whoever_is_first_answers_and_the_other_does_not(
    conversation: Conversation, marie: User, nobody_answers: None
) -> None:
    for n in range(10):
        handoff.hand_back(conversation_id=conversation.pk, user=marie)
        asked(conversation, f"question {n}")
        claim = claimed()
        before = conversation.messages.filter(kind="assistant").count()

        def take_over() -> None:
            handoff.take_over(conversation_id=conversation.pk, user=marie)
            connection.close()

        def store(claim: Claim = claim) -> bool:
            try:
                return answer(claim)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as threads:
            threads.submit(take_over)
            stored = threads.submit(store).result()
        answers = conversation.messages.filter(kind="assistant").count() - before
        assert answers == int(stored)
        joined = conversation.messages.filter(kind="event", data__code="joined").last()
        if stored:  # then it was before the person came, never after
            assert conversation.messages.filter(kind="assistant").last().seq < joined.seq


def test_a_repeated_reply_of_a_person_is_stored_once(conversation: Conversation, marie: User) -> None:
    client_id = uuid4()
    for _ in range(2):
        handoff.reply_as_person(conversation_id=conversation.pk, user=marie, text="Hi", client_id=client_id)
    assert kinds(conversation) == ["event", "person"]


@pytest.mark.parametrize("text", ["", " \n", "\x00"])
def test_a_person_who_says_nothing_takes_nothing_over(
    conversation: Conversation, marie: User, text: str
) -> None:
    said = {"conversation_id": conversation.pk, "user": marie, "text": text, "client_id": uuid4()}
    for act in (handoff.reply_as_person, handoff.add_note):
        with pytest.raises(Refused) as refused:
            act(**said)
        assert refused.value.code == "invalid"
    conversation.refresh_from_db()
    assert (conversation.owner, kinds(conversation)) == ("assistant", [])


def test_asking_for_a_person_puts_the_conversation_where_staff_look(conversation: Conversation) -> None:
    asked(conversation)
    handoff.request_person(conversation_id=conversation.pk)
    handoff.request_person(conversation_id=conversation.pk)
    conversation.refresh_from_db()
    assert (conversation.owner, conversation.status) == ("person", "waiting")
    assert conversation.waiting_since is not None
    assert kinds(conversation) == ["customer", "event"]


def test_a_person_can_be_asked_for_again_after_one_has_resolved(
    conversation: Conversation, marie: User
) -> None:
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    handoff.resolve(conversation_id=conversation.pk, user=marie)
    conversation.refresh_from_db()
    view = conversation_view(conversation, audience="customer")
    assert (view["status"], view["person"]) == ("resolved", "")
    assert "closed" in view["notice"]
    handoff.request_person(conversation_id=conversation.pk)
    conversation.refresh_from_db()
    assert (conversation.owner, conversation.status, conversation.assignee) == ("person", "waiting", None)
    assert conversation.resolved_at is None
    assert "will answer here" in conversation_view(conversation, audience="customer")["notice"]


def test_an_answer_that_hands_over_lets_the_customer_wait_for_a_person(conversation: Conversation) -> None:
    asked(conversation)
    assert answer(claimed(), "I ask a colleague.", Outcome.HANDOFF)
    conversation.refresh_from_db()
    assert (conversation.owner, conversation.status) == ("person", "waiting")
    assert conversation.handoff_reason == "missing_knowledge"


def test_handing_back_lets_the_assistant_answer_what_nobody_has(
    conversation: Conversation, marie: User
) -> None:
    handoff.request_person(conversation_id=conversation.pk)
    asked(conversation, "Is anybody there?")
    handoff.hand_back(conversation_id=conversation.pk, user=marie)
    assert Turn.objects.get().state == "queued"


def test_handing_back_after_a_reply_leaves_the_assistant_silent(
    conversation: Conversation, marie: User
) -> None:
    asked(conversation)
    handoff.reply_as_person(conversation_id=conversation.pk, user=marie, text="Done", client_id=uuid4())
    handoff.hand_back(conversation_id=conversation.pk, user=marie)
    assert not Turn.objects.filter(state__in=Turn.LIVE).exists()


def test_a_superseded_answer_is_not_stored(conversation: Conversation) -> None:
    asked(conversation, "One")
    claim = claimed()
    asked(conversation, "Two")
    assert not answer(claim)
    assert answer(claimed())
    assert Message.objects.filter(kind="assistant").count() == 1


def test_the_words_of_an_earlier_attempt_are_refused(conversation: Conversation) -> None:
    asked(conversation)
    first = claimed("one")
    Turn.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    second = claimed("two")
    assert (first.turn, first.attempt, second.attempt) == (second.turn, 1, 2)
    assert not answer(first)
    assert leases.renew(worker="one", turns=[first.turn]) == set()
    assert answer(second)


def test_a_turn_that_was_lost_too_often_is_given_up(conversation: Conversation) -> None:
    asked(conversation)
    for _ in range(3):
        claimed()
        Turn.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert leases.claim(worker="four", limit=1) == []
    (turn,) = leases.worn_out()
    answering.give_up(turn, code="interrupted")
    assert (Turn.objects.get().state, Turn.objects.get().error) == ("failed", "interrupted")


def test_a_turn_that_was_given_back_keeps_its_place(conversation: Conversation) -> None:
    asked(conversation)
    claim = claimed()
    leases.release([claim])
    assert claimed("two").attempt == 2


def test_stopping_keeps_what_was_read(conversation: Conversation) -> None:
    asked(conversation)
    claim = claimed()
    write(claim, "Half an ans")
    assert turns.stop(conversation_id=conversation.pk, turn_id=claim.turn)
    assert not turns.stop(conversation_id=conversation.pk, turn_id=claim.turn)
    assert not answer(claim)
    assert [(m.text, m.partial) for m in Message.objects.filter(kind="assistant")] == [("Half an ans", True)]


def test_a_second_answer_replaces_the_first(conversation: Conversation) -> None:
    asked(conversation)
    answer(claimed(), "First")
    retry(conversation_id=conversation.pk, client_id=uuid4())
    claim = claimed()
    assert [said.text for said in answering.load(claim.turn).transcript.said] == ["Hello"]
    answer(claim, "Second")
    replaced = Message.objects.filter(kind="assistant").values_list("text", "data")
    assert list(replaced) == [("First", {"replaced": True}), ("Second", {})]
    asked(conversation, "And then?")
    said = answering.load(claimed().turn).transcript.said
    assert [s.text for s in said] == ["Hello", "Second", "And then?"]


@pytest.mark.parametrize("audience", ["customer", "staff"])
def test_an_answer_that_was_replaced_is_folded_away(conversation: Conversation, audience: Audience) -> None:
    asked(conversation)
    answer(claimed(), "First")
    retry(conversation_id=conversation.pk, client_id=uuid4())
    answer(claimed(), "Second")
    views = look(conversation.pk, audience=audience, language="en").messages
    first, second = (view["html"] for view in views if view["kind"] == "assistant")
    assert "<details" in first and "Earlier answer" in first
    assert 'data-action="rate"' not in first and 'data-action="retry"' not in first
    assert "Earlier answer" not in second


def test_the_transcript_holds_what_was_said_and_no_notes(conversation: Conversation, marie: User) -> None:
    asked(conversation, "One")
    handoff.add_note(conversation_id=conversation.pk, user=marie, text="She is angry")
    asked(conversation, "Two")
    said = answering.load(claimed().turn).transcript.said
    assert [(s.role, s.text) for s in said] == [("customer", "One"), ("customer", "Two")]


def test_nothing_is_told_when_nothing_was_committed(conversation: Conversation) -> None:
    before = quick().xlen(live.bell.BELL)
    with pytest.raises(ZeroDivisionError), record(conversation.pk) as writing:
        writing.post(kind=Message.Kind.CUSTOMER, text="Hello")
        raise ZeroDivisionError
    assert quick().xlen(live.bell.BELL) == before
    assert not Message.objects.exists()


def test_what_was_said_to_a_person_is_not_answered_with_the_next_question(
    conversation: Conversation, marie: User
) -> None:
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    asked(conversation, "Is anybody there?")
    handoff.hand_back(conversation_id=conversation.pk, user=marie)
    asked(conversation, "How long does delivery take?")
    said = answering.load(Turn.objects.latest("pk").pk).transcript.said
    newest, before = split_newest(said)
    assert [one.text for one in newest] == ["How long does delivery take?"]
    assert [one.text for one in before] == ["Is anybody there?"]
