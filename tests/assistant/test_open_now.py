"""A flow goes another way while the company is open: in the chat, and where a draft is tried."""

from __future__ import annotations

import pytest
from django.utils import timezone

from actions.bookings.models import Closure, Hours
from assistant.models import Assistant
from flows.publishing import create_flow, publish, read
from tests.assistant.emulating import Trial
from tests.assistant.talking import Talk

pytestmark = [pytest.mark.django_db(transaction=True)]
CALL_BACK = {
    "key": "call_back",
    "name": {"en": "Ask for a call"},
    "examples": {"en": ["please call me back"]},
    "start": "by_hour",
    "nodes": [
        {
            "id": "by_hour",
            "kind": "branch",
            "cases": [
                {"when": {"fact": "time.open", "op": "is", "value": True}, "next": "soon"},
                {"when": {"fact": "time.open", "op": "unknown"}, "next": "some_day"},
            ],
            "next": "tomorrow",
        },
        {"id": "soon", "kind": "end", "text": {"en": "We call you within the hour."}},
        {"id": "tomorrow", "kind": "end", "text": {"en": "We are closed, and call you when we are back."}},
        {"id": "some_day", "kind": "end", "text": {"en": "We call you."}},
    ],
}


@pytest.fixture(autouse=True)
def call_back(assistant: Assistant) -> None:
    publish(create_flow(read(CALL_BACK), author=None).pk, author=None)


def hours(*weekdays: int, opens: str = "00:00", closes: str = "23:59") -> None:
    for weekday in weekdays:
        Hours.objects.create(weekday=weekday, opens=opens, closes=closes)


def test_it_follows_the_opening_hours_and_the_closures(assistant: Assistant) -> None:
    assert Talk(assistant).say("please call me back") == "We call you."
    hours(*range(7))
    Closure.objects.create(name="Long ago", first_day="2020-01-01", last_day="2020-01-01")
    assert Talk(assistant).say("please call me back") == "We call you within the hour."
    today = timezone.localdate()
    Closure.objects.create(name="Inventory", first_day=today, last_day=today)
    assert Talk(assistant).say("please call me back").startswith("We are closed")


@pytest.mark.parametrize(
    ("at", "said"), [("2030-01-07T10:00", "within the hour"), ("2030-01-07T18:30", "We are closed")]
)
@pytest.mark.parametrize("begun", [{"start": True}, {"say": "please call me back"}])
def test_a_draft_is_tried_at_another_hour(begun: dict[str, object], at: str, said: str) -> None:
    hours(0, opens="09:00", closes="17:00")
    assert said in Trial("call_back", at=at).happen(**begun)
