"""Conversations that were never had look like those that were, and can be taken away again."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from assistant.models import Assistant
from conversations.models import Conversation, Customer, Message, Owner, Rating, Status, Turn
from conversations.seeding import topics
from conversations.seeding.talks import DOMAIN, Answers, Talk
from conversations.settling import BY_ITSELF

pytestmark = [pytest.mark.django_db(transaction=True)]
PERSON = topics.Topic("person", 1, 0.5, {"en": ("I want to talk to a person",), "fr": ("Un humain svp",)})
WEATHER = topics.Topic(
    "weather", 1, 0.0, {"en": ("What is the weather like?",), "fr": ("Quel temps fait-il ?",)}, "outdated",
    {"en": ("It is wrong",)},
)  # fmt: skip


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two topics instead of all, each of whose questions costs the time of an answer."""
    monkeypatch.setattr(topics, "topics", lambda: [PERSON, WEATHER])
    yield


def talk_of(assistant: Assistant, marie: User, number: int) -> Talk:
    begun = timezone.now() - timedelta(days=9)
    return Talk(Answers(assistant), [marie], random.Random(number), "en", begun)


def test_it_happened_when_it_is_said_to_have(assistant: Assistant, marie: User) -> None:
    talk = talk_of(assistant, marie, 3)
    conversation = talk.about([WEATHER, WEATHER])
    conversation.refresh_from_db()
    assert conversation.created_at == talk.begun == conversation.messages.earliest("seq").created_at
    sent = list(conversation.messages.order_by("seq").values_list("created_at", flat=True))
    assert sent == sorted(sent) and sent[-1] < talk.begun + timedelta(hours=1)
    for turn in Turn.objects.filter(conversation=conversation):
        assert turn.state == Turn.State.DONE
        assert talk.begun <= turn.queued_at < turn.first_word_at < turn.finished_at < timezone.now()
        assert turn.answer.trace.first_word_ms < turn.answer.trace.total_ms
    assert conversation.last_message_at == sent[-1]


def test_who_wants_a_person_is_mostly_answered_by_one(assistant: Assistant, marie: User) -> None:
    found = [talk_of(assistant, marie, number).about([PERSON]) for number in range(12)]
    rows = Conversation.objects.filter(pk__in=[one.pk for one in found])
    assert {row.status for row in rows} >= {Status.RESOLVED}
    assert all(row.owner == Owner.PERSON for row in rows)
    settled = rows.filter(status=Status.RESOLVED)
    assert all(row.created_at < row.resolved_at < row.created_at + timedelta(hours=2) for row in settled)
    assert Message.objects.filter(kind=Message.Kind.PERSON, author=marie).exists()


def test_what_was_answered_was_settled_a_day_later(assistant: Assistant, marie: User) -> None:
    hello = topics.Topic("hello", 1, 1.0, {"en": ("hello?",), "fr": ("bonjour",)})
    talk = talk_of(assistant, marie, 1)
    answer = talk.answers.to("hello?", "en")
    talk.answers.known["Q", "en"] = answer
    talk.about([dataclasses.replace(hello, questions={"en": ("Q",), "fr": ("Q",)})])
    row = Conversation.objects.get()
    assert row.status == Status.RESOLVED and row.resolution in BY_ITSELF
    assert row.resolved_at == row.last_message_at + timedelta(hours=24)


def test_what_is_answered_badly_is_rated_so(assistant: Assistant, marie: User) -> None:
    for number in range(12):
        talk_of(assistant, marie, number).about([WEATHER])
    assert set(Rating.objects.values_list("score", "reason")) == {(-1, "outdated")}
    rated = Rating.objects.select_related("message").first()
    assert rated.created_at - rated.message.created_at == timedelta(seconds=20)


def test_the_command_makes_them_up_and_takes_them_away(assistant: Assistant, few: None) -> None:
    carla = Customer.objects.create(name="Carla", email="carla@home.example")
    said = StringIO()
    call_command("seed_conversations", 5, days=3, stdout=said)
    assert "5 of 5 conversations" in said.getvalue()
    made_up = Customer.objects.exclude(pk=carla.pk)
    assert made_up.count() == 5 == Conversation.objects.begun().count()
    assert all(not one.name or one.email.endswith(f"@{DOMAIN}") for one in made_up)
    assert not User.objects.get(username="camille").has_usable_password()
    call_command("seed_conversations", remove=True, stdout=said)
    assert list(Customer.objects.all()) == [carla]
    assert not Conversation.objects.exists()


def test_it_needs_an_assistant_and_a_number(db: None) -> None:
    with pytest.raises(CommandError, match="load_sample"):
        call_command("seed_conversations", 5)
    Assistant.objects.create(name="Ada", slug="ada", languages=["en"], is_default=True)
    with pytest.raises(CommandError, match="at least 1"):
        call_command("seed_conversations", 0)


def test_moments_are_as_busy_as_shops_are() -> None:
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    found = [topics.moment(now, 30, random.Random(number)) for number in range(400)]
    assert all(now - timedelta(days=31) < one < now for one in found)
    night = sum(one.hour < 6 for one in found)
    assert night < len(found) / 10
    assert sum(one.weekday() == 6 for one in found) < sum(one.weekday() == 0 for one in found)


def test_every_topic_is_asked_in_every_language() -> None:
    known = topics.topics()
    assert all(topic.questions[language] for topic in known for language in topics.LANGUAGES)
    assert {topic.complaint for topic in known} <= set(Rating.Reason.values)
