"""An assistant that is set so keeps customers' personal data from the models that write."""

from __future__ import annotations

import json

import pytest
from pytest_django.fixtures import Settings

from assistant.asking import ask
from assistant.events import Outcome, Said
from assistant.models import Assistant
from assistant.withholding import withheld_in
from flows.state import Frame, State
from tests.modelserver.control import ModelServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("articles")]

PERSONAL = ("carla@secret.example", "+33 6 98 76 54 32", "FR76 3000 6000 0112 3456 7890 189")
BEFORE = (
    Said("customer", f"Hello, I am {PERSONAL[0]}, my account is {PERSONAL[2]}. Do you deliver in Europe?"),
    Said("assistant", f"Yes, {PERSONAL[0]}, we do.", outcome=Outcome.ANSWERED),
)
QUESTION = f"How long does it take? Call me at {PERSONAL[1]} or write to {PERSONAL[0]}"
ANSWER = "[ANSWER] Delivery in Europe takes three to five working days [1]."


@pytest.fixture
def model(model_server: ModelServer, settings: Settings) -> ModelServer:
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.ANSWER_MODEL = settings.REWRITE_MODEL = "scripted"
    model_server.script({"text": ANSWER})
    return model_server


def sent(model: ModelServer) -> str:
    bodies = [request["body"] for request in model.requests()]
    assert len(bodies) >= 2  # the question is read, and answered
    return json.dumps(bodies, ensure_ascii=False)


def test_the_model_reads_what_stood_there(assistant: Assistant, model: ModelServer) -> None:
    assistant.redact_prompts = True
    answer = ask(assistant, QUESTION, BEFORE).answer
    told = sent(model)
    assert [personal for personal in PERSONAL if personal in told] == []
    for words in ("[e-mail address]", "[phone number]", "[bank account]"):
        assert words in told
    assert answer.outcome == Outcome.ANSWERED


def test_by_itself_the_model_reads_what_was_written(assistant: Assistant, model: ModelServer) -> None:
    ask(assistant, QUESTION, BEFORE)
    told = sent(model)
    assert [personal for personal in PERSONAL if personal not in told] == []


def test_what_a_flow_knows_is_withheld_from_the_model_that_reads() -> None:
    known = {"email": PERSONAL[0], "order": "LP-2041170", "guests": 4}
    told = withheld_in(State((Frame("f", 1, "n", known),)), "en")
    assert told.frames[0].slots == {**known, "email": "[e-mail address]"}
