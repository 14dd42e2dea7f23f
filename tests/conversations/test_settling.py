"""A conversation that went quiet after an answer is resolved by itself: confirmed, or as it seems."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from assistant.events import Outcome
from conversations import handoff
from conversations.models import Conversation, Message, Rating, Resolution, Status
from conversations.posting import record
from conversations.receiving import receive
from conversations.settling import LOOKED_AT, close_quiet, settle, settle_quiet
from conversations.wording import notice_words

pytestmark = [pytest.mark.django_db]
CUSTOMER, ASSISTANT, PERSON = Message.Kind.CUSTOMER, Message.Kind.ASSISTANT, Message.Kind.PERSON
ASKED = (CUSTOMER, "How long is the warranty?", "")
ANSWERED = (ASSISTANT, "Five years.", Outcome.ANSWERED)
DECLINED = (ASSISTANT, "I do not know.", Outcome.DECLINED)
THANKED = ((CUSTOMER, "thank you", ""), (ASSISTANT, "You are welcome.", Outcome.ANSWERED))


def said(
    conversation: Conversation, *lines: tuple[str, str, str], quiet: timedelta = timedelta(hours=25)
) -> None:
    with record(conversation.pk) as writing:
        for kind, text, outcome in lines:
            writing.post(kind=Message.Kind(kind), text=text, outcome=outcome)
    Conversation.objects.update(last_message_at=timezone.now() - quiet)


def rated(score: int) -> None:
    Rating.objects.create(message=Message.objects.filter(text=ANSWERED[1]).get(), score=score)


def state(conversation: Conversation) -> tuple[str, str]:
    conversation.refresh_from_db()
    return conversation.status, conversation.resolution


@pytest.mark.parametrize(
    ("lines", "how"),
    [
        ([ASKED, ANSWERED], Resolution.ASSUMED),
        ([ASKED, ANSWERED, *THANKED], Resolution.CONFIRMED),
        ([ASKED, ANSWERED, (CUSTOMER, "bye", ""), THANKED[1]], Resolution.CONFIRMED),
        ([ASKED, DECLINED, *THANKED], None),  # polite, and not helped
        ([ASKED, DECLINED], None),
        ([ASKED, ANSWERED, ASKED, DECLINED], None),
        ([*THANKED, ASKED, ANSWERED], Resolution.ASSUMED),  # what was asked since counts
        ([ASKED, DECLINED, ASKED, ANSWERED], Resolution.ASSUMED),
        ([(CUSTOMER, "hello", ""), (ASSISTANT, "Hello!", Outcome.ANSWERED)], None),
        ([ASKED, (ASSISTANT, "Which lamp?", Outcome.ASKED_BACK)], None),
        ([ASKED, ANSWERED, ASKED], None),  # nobody has answered
    ],
)
def test_what_was_said_last_decides(
    conversation: Conversation, lines: list[Any], how: Resolution | None
) -> None:
    said(conversation, *lines)
    assert settle_quiet() == (1 if how else 0)
    assert state(conversation) == ((Status.RESOLVED, how) if how else (Status.OPEN, ""))


@pytest.mark.parametrize(("score", "how"), [(1, Resolution.CONFIRMED), (-1, "")])
def test_a_rating_decides(conversation: Conversation, score: int, how: str) -> None:
    said(conversation, ASKED, ANSWERED)
    rated(score)
    settle_quiet()
    assert state(conversation)[1] == how


def test_a_flow_that_waits_is_not_over(conversation: Conversation) -> None:
    said(conversation, ASKED, (ASSISTANT, "Which order?", Outcome.GUIDED))
    Conversation.objects.update(
        state={"flow": {"frames": [{"flow": "returns", "version": 1, "node": "order"}]}}
    )
    assert settle_quiet() == 0
    Conversation.objects.update(state={"flow": {"frames": []}})
    assert settle_quiet() == 1


@pytest.mark.parametrize("quiet", [timedelta(hours=23), LOOKED_AT + timedelta(hours=25)])
def test_neither_too_soon_nor_after_days(conversation: Conversation, quiet: timedelta) -> None:
    said(conversation, ASKED, ANSWERED, quiet=quiet)
    assert settle_quiet() == 0


def test_it_can_be_switched_off(conversation: Conversation, settings: Any) -> None:
    settings.SETTLE_AFTER_HOURS = 0
    said(conversation, ASKED, ANSWERED)
    assert settle_quiet() == 0


def test_what_a_person_answers_is_theirs_to_close(conversation: Conversation, marie: User) -> None:
    said(conversation, ASKED, ANSWERED)
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    assert settle(conversation_id=conversation.pk) is None


def test_who_writes_in_the_same_moment_is_answered(conversation: Conversation) -> None:
    said(conversation, ASKED, ANSWERED, ASKED)
    assert settle(conversation_id=conversation.pk) is None
    said(conversation, ANSWERED, quiet=timedelta())
    assert settle(conversation_id=conversation.pk, until=timezone.now() - timedelta(hours=24)) is None


def test_the_customer_is_told_nothing_of_it(conversation: Conversation) -> None:
    said(conversation, ASKED, ANSWERED)
    settle_quiet()
    conversation.refresh_from_db()
    assert not notice_words(conversation)
    receive(conversation_id=conversation.pk, text="one more thing", client_id=uuid4())
    assert state(conversation) == (Status.OPEN, "")
    lines = conversation.messages.filter(kind__in=Message.LINES).order_by("seq")
    assert [(line.kind, line.data["code"]) for line in lines] == [("log", "assumed"), ("log", "went_on")]


WEEK = timedelta(days=7, minutes=1)


@pytest.mark.parametrize(
    ("lines", "how"),
    [
        ([ASKED, DECLINED], Resolution.UNHELPED),
        ([ASKED, DECLINED, *THANKED], Resolution.UNHELPED),
        ([ASKED, (ASSISTANT, "Which lamp?", Outcome.ASKED_BACK)], Resolution.UNHELPED),
        ([ASKED, ANSWERED], Resolution.ASSUMED),  # missed when it was time
        ([ASKED, ANSWERED, ASKED], ""),  # nobody has answered
    ],
)
def test_what_helped_nobody_is_closed_after_a_week(
    conversation: Conversation, lines: list[Any], how: str
) -> None:
    said(conversation, *lines, quiet=timedelta(days=6))
    assert close_quiet() == 0
    Conversation.objects.update(last_message_at=timezone.now() - WEEK)
    assert close_quiet() == (1 if how else 0)
    assert state(conversation) == (Status.RESOLVED if how else Status.OPEN, how)
    assert not notice_words(conversation)


def test_going_on_after_that_is_no_reopening(conversation: Conversation) -> None:
    said(conversation, ASKED, DECLINED, quiet=WEEK)
    close_quiet()
    receive(conversation_id=conversation.pk, text="one more thing", client_id=uuid4())
    assert state(conversation) == (Status.OPEN, "")
    codes = conversation.messages.filter(kind="log").order_by("seq").values_list("data__code", flat=True)
    assert list(codes) == ["unhelped", "came_back"]


def test_what_a_person_answers_is_not_closed(conversation: Conversation, marie: User) -> None:
    said(conversation, ASKED, DECLINED, quiet=WEEK)
    handoff.take_over(conversation_id=conversation.pk, user=marie)
    Conversation.objects.update(last_message_at=timezone.now() - WEEK)
    assert close_quiet() == 0


def test_nothing_is_closed_where_that_is_switched_off(conversation: Conversation, settings: Any) -> None:
    settings.CLOSE_AFTER_DAYS = 0
    said(conversation, ASKED, DECLINED, quiet=WEEK)
    assert close_quiet() == 0
