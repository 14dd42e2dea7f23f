"""A release that is rated worse is rolled back, and nothing else is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from assistant.models import Serving
from assistant.releases import serving
from conversations.models import (
    Conversation,
    ConversationRating,
    Customer,
    Message,
    Notification,
    Rating,
    Trace,
)
from conversations.posting import record
from evaluation.models import ReleasePolicy
from evaluation.releases.watching import beside, watch

pytestmark = pytest.mark.django_db(transaction=True)


def rated(release, good: int, of: int, *, assistant=None, ended: bool = False) -> None:
    """So many answers of a release, each in a conversation of its own, each rated."""
    assistant = assistant or release.assistant
    for number in range(of):
        customer = Customer.objects.create()
        conversation = Conversation.objects.create(customer=customer, assistant=assistant, language="en")
        with record(conversation.pk) as writing:
            answer = writing.post(kind=Message.Kind.ASSISTANT, text="So.", outcome="answered")
            Trace.objects.create(message=answer, release=release)
            if ended:
                end = writing.post(kind=Message.Kind.EVENT, text="", data={"code": "resolved"})
                ConversationRating.objects.create(message=end, score=5 if number < good else 1)
            else:
                Rating.objects.create(message=answer, score=1 if number < good else -1)


@pytest.fixture
def tried(two, editor):
    serving.publish(two[0], by=editor)
    serving.try_out(two[1], 20, by=editor)
    return two


def test_a_trial_that_is_rated_worse_ends_and_editors_hear_of_it(tried, editor):
    rated(tried[0], 38, 40)
    rated(tried[1], 10, 25)
    assert watch() == 1
    now = serving.now(tried[0].assistant)
    assert (now.release, now.trial, now.why, now.by) == (tried[0], None, "worse", None)
    assert now.facts["release"] == {"good": 10, "of": 25} and now.facts["ratings"] == "answers"
    told = Notification.objects.get(user=editor)
    assert "release 2 was rated worse" in told.words
    assert watch() == 0


def test_ratings_of_whole_conversations_count_as_well(tried):
    rated(tried[0], 38, 40, ended=True)
    rated(tried[1], 10, 25, ended=True)
    assert watch() == 1 and serving.now(tried[0].assistant).facts["ratings"] == "conversations"


@pytest.mark.parametrize(("own", "other"), [((20, 25), (36, 40)), ((5, 19), (40, 40)), ((1, 25), (10, 12))])
def test_what_may_be_chance_is_left_alone(tried, own, other):
    rated(tried[0], *other)
    rated(tried[1], *own)
    assert watch() == 0 and serving.now(tried[0].assistant).trial == tried[1]


def test_it_is_looked_at_again_only_when_there_are_twice_as_many(tried):
    rated(tried[0], 38, 40)
    rated(tried[1], 18, 20)
    watch()
    assert serving.now(tried[0].assistant).looked == {"answers": 20}
    rated(tried[1], 0, 19)
    assert watch() == 0  # 18 of 39: worse, but not looked at yet
    rated(tried[1], 0, 1)
    assert watch() == 1


def test_a_larger_share_is_no_new_beginning(tried, editor):
    rated(tried[0], 38, 40)
    rated(tried[1], 10, 25)
    serving.try_out(tried[1], 60, by=editor)
    assert watch() == 1


def test_a_published_release_is_held_against_the_four_weeks_before(two, editor):
    serving.publish(two[0], by=editor)
    rated(two[0], 38, 40)
    serving.publish(two[1], by=editor)
    rated(two[1], 10, 25)
    assert watch() == 1 and serving.now(two[0].assistant).release == two[0]


def test_the_first_release_is_held_against_the_settings(two, editor):
    rated(None, 38, 40, assistant=two[0].assistant)
    serving.publish(two[0], by=editor)
    rated(two[0], 10, 25)
    assert watch() == 1 and serving.now(two[0].assistant).release is None


def test_after_two_weeks_it_has_proved_itself(two, editor):
    serving.publish(two[0], by=editor)
    serving.publish(two[1], by=editor)
    Serving.objects.update(began_at=timezone.now() - timedelta(days=15))
    assert beside(serving.now(two[0].assistant)) is None


def test_what_somebody_went_back_to_is_not_watched(two, editor):
    serving.publish(two[0], by=editor)
    serving.publish(two[1], by=editor)
    now = serving.roll_back(two[0].assistant, by=editor)
    assert beside(now) is None


def test_it_can_be_switched_off(tried):
    ReleasePolicy.objects.create(assistant=tried[0].assistant, rolls_back=False)
    rated(tried[0], 38, 40)
    rated(tried[1], 0, 25)
    assert watch() == 0 and serving.now(tried[0].assistant).trial == tried[1]
