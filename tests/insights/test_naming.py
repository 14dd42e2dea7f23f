"""With a model, topics are named as a help centre would; what staff named stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from assistant.models import Assistant
from insights.counting import count_changed
from insights.models import Topic
from insights.naming import AGAIN_AFTER, AT_ONCE, LONGEST, MOST_TRIES, name_waiting
from insights.topics import ENOUGH, rename, sort
from llm.breaker import breaker
from tests.insights.talks import ask, begin

pytestmark = pytest.mark.django_db
WORDS = "Parcels that are late"


@pytest.fixture(autouse=True)
def _nobody_failed_before() -> Any:
    breaker.reset()
    yield
    breaker.reset()


@pytest.fixture
def topic(luce: Assistant) -> Topic:
    for number in range(ENOUGH):
        text = ("Where is my parcel?", "My parcel is <late>, write to lea@example.org")[number % 2]
        ask(begin(luce), text, articles=("parcels",))
    count_changed()
    sort()
    return Topic.objects.get()


def test_it_is_named_once(topic: Topic, scripted_model: Any) -> None:
    before = topic.name
    scripted_model.script({"text": f"“{WORDS}.”\n"})
    assert (name_waiting(), name_waiting()) == (1, 0)
    topic.refresh_from_db()
    assert topic.name == WORDS != before and topic.named_by
    (sent,) = scripted_model.requests()
    assert "parcel is ‹late›" in str(sent) and "lea@example.org" not in str(sent)


def test_what_staff_have_named_stays(topic: Topic, scripted_model: Any) -> None:
    rename(topic, "Ours")
    assert name_waiting() == 0 and not scripted_model.requests()


def test_without_a_model_nobody_is_asked(topic: Topic) -> None:
    assert name_waiting() == 0
    topic.refresh_from_db()
    assert topic.tries == 0 and topic.name


@pytest.mark.parametrize("said", ["", "x" * (LONGEST + 1), "“”"])
def test_what_is_no_name_is_none(topic: Topic, scripted_model: Any, said: str) -> None:
    before = topic.name
    scripted_model.script({"text": said})
    assert name_waiting() == 0
    topic.refresh_from_db()
    assert (topic.name, topic.named_by) == (before, "")


def test_a_model_that_fails_is_asked_a_few_times_and_later(topic: Topic, scripted_model: Any) -> None:
    for number in range(MOST_TRIES + 1):
        breaker.reset()
        scripted_model.script({"fault": "status", "status": 401})
        assert (name_waiting(), name_waiting()) == (0, 0)
        topic.refresh_from_db()
        assert topic.tries == min(number + 1, MOST_TRIES)
        Topic.objects.update(asked_at=timezone.now() - AGAIN_AFTER * 2)


def test_topics_of_nothing_stand_in_nobodys_way(topic: Topic, scripted_model: Any) -> None:
    for number in range(AT_ONCE):
        Topic.objects.create(name=f"Gone {number}", middle=[1.0], made_by="x")
    scripted_model.script({"text": WORDS})
    assert name_waiting() == 1
    topic.refresh_from_db()
    assert topic.name == WORDS
