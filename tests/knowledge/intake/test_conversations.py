"""Past conversations become questions with answers, grouped and counted, for somebody to read."""

from __future__ import annotations

import json

import pytest

from knowledge.models import Document
from tests.knowledge.intake.importing import imported, jsonl, states
from tests.knowledge.intake.test_deciding import decide

pytestmark = pytest.mark.django_db


def conversation(number: int, *said: tuple[str, str]) -> str:
    messages = [{"role": role, "text": text} for role, text in said]
    return json.dumps({"external_id": f"c{number}", "messages": messages, "resolved": True})


WARRANTY = (
    "Our lamps have a warranty of two years from the day of delivery, and we repair them free of charge."
)
NORWAY = "We deliver to all countries of Europe, Norway included, within five working days."
SHIPPED = "Your order 48151623 has been shipped yesterday and will arrive tomorrow."
MINE = "What is the warranty period of your lamps? I am at jo@example.org"
CHATS = (
    conversation(1, ("customer", "Hello! How long is the warranty on a lamp?"), ("agent", WARRANTY)),
    conversation(2, ("customer", MINE), ("agent", WARRANTY), ("customer", "Thanks!"), ("agent", "Welcome.")),
    conversation(3, ("customer", "Do you deliver to Norway?"), ("agent", NORWAY)),
    conversation(4, ("customer", "Where is my parcel?"), ("agent", SHIPPED)),
)


def test_questions_of_customers_come_with_answers_and_counts(editor):
    run = imported(editor, jsonl(*CHATS))
    asked = run.items.get(title__icontains="warranty")
    assert (asked.times, asked.state, asked.body) == (2, "new", WARRANTY)
    assert len(asked.fields["questions"]) == 1 and "jo@example.org" not in json.dumps(asked.fields)
    assert run.items.get(title__icontains="Norway").times == 1
    assert run.items.get(code="left_specific").state == "left"
    decide(editor, run, "publish", asked)
    document = Document.objects.get()
    assert document.body == WARRANTY and len(document.questions) == 1


def test_the_same_conversations_again_bring_nothing_new(editor):
    run = imported(editor, jsonl(*CHATS), name="Chats")
    decide(editor, run, "publish", *run.items.filter(decision="waiting"))
    again = imported(editor, jsonl(*CHATS), source=str(run.source_id))
    assert set(states(again).values()) <= {"unchanged", "left"}


def test_what_was_asked_once_is_not_gone_when_others_ask_other_things(editor):
    run = imported(editor, jsonl(*CHATS), name="Chats")
    decide(editor, run, "publish", *run.items.filter(decision="waiting"))
    again = imported(editor, jsonl(CHATS[2]), source=str(run.source_id))
    assert set(states(again).values()) == {"unchanged"}
