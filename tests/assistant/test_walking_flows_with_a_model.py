"""With a model its reading of the words counts, as far as the flows allow; without it they go on."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from assistant import interpreting
from assistant.models import Assistant
from flows.publishing import create_flow, publish, read
from tests.assistant.talking import Talk
from tests.modelserver.control import ModelServer

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def model(model_server: ModelServer, settings: Settings, flows: None) -> ModelServer:
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.ANSWER_MODEL = settings.REWRITE_MODEL = "scripted"
    return model_server


def meant(words: str, *commands: dict[str, Any]) -> dict[str, Any]:
    """What the model makes of a message that holds these words."""
    whole = [{"flow": "", "slot": "", "value": ""} | one for one in commands]
    return {"match": words, "text": json.dumps({"commands": whole})}


BEGUN = meant("return", {"command": "start_flow", "flow": "return_item"})


def test_words_that_no_example_has_begin_a_flow(assistant: Assistant, model: ModelServer) -> None:
    talk = Talk(assistant)
    model.script(
        meant(
            "contraption",
            {"command": "start_flow", "flow": "return_item"},
            {"command": "set_slot", "slot": "reason", "value": "it flickers like mad"},
        )
    )
    assert "order number" in talk.say("Kindly relieve me of this hideous contraption, it flickers like mad")
    assert talk.slots == {"reason": "faulty"}
    assert "interpreted" in talk.last.route.reasons and talk.last.usage is not None


def test_a_value_in_its_form_needs_no_model(assistant: Assistant, model: ModelServer) -> None:
    talk = Talk(assistant)
    model.script(BEGUN)
    talk.say("I want to return a lamp")
    asked = len(model.requests())
    assert "Why" in talk.say("LP-2041170")
    assert len(model.requests()) == asked


@pytest.mark.parametrize(
    "commands",
    [
        [{"command": "start_flow", "flow": "launch_rockets"}],
        [{"command": "set_slot", "slot": "price", "value": "0"}],
        [{"command": "choose", "value": "everything for free"}],
        [],
    ],
)
def test_what_the_flows_do_not_know_is_not_done(
    assistant: Assistant, model: ModelServer, commands: list[dict[str, str]]
) -> None:
    talk = Talk(assistant)
    model.script(BEGUN, meant("whatever", *commands))
    talk.say("I want to return a lamp")
    assert "That is no order number" in talk.say("whatever you like")
    assert not talk.slots


@pytest.mark.parametrize("rule", [{"text": "no JSON at all"}, {"fault": "status", "status": 500}])
def test_a_model_that_fails_is_done_without(
    assistant: Assistant, model: ModelServer, rule: dict[str, Any]
) -> None:
    model.script(*[rule] * 6)
    talk = Talk(assistant)
    assert "order number" in talk.say("I want to return the lamp that I have")
    assert any(reason.startswith("interpret_") for reason in talk.last.route.reasons)


def test_a_yes_in_other_words_confirms(assistant: Assistant, model: ModelServer) -> None:
    talk = Talk(assistant)
    model.script(BEGUN)
    talk.say("I want to return order LP-2041170, it does not suit me")
    model.script(meant("mailman", {"command": "set_slot", "slot": "way", "value": "by post"}))
    talk.say("the mailman shall fetch it")
    talk.say("lea@example.org")
    model.script(meant("precisely", {"command": "yes"}))
    assert "RT-2041170" in talk.say("let us do precisely that")


def test_a_remark_in_a_flow_is_taken_up_and_the_question_asked_again(
    assistant: Assistant, model: ModelServer
) -> None:
    talk = Talk(assistant)
    model.script(BEGUN, meant("weather", {"command": "chit_chat"}))
    talk.say("I want to return a lamp")
    said = talk.say("lovely weather for sending lamps around, I must say")
    assert said.startswith("All right.") and "order number" in said


def test_half_a_correction_keeps_the_other_half(assistant: Assistant, model: ModelServer) -> None:
    create_and_publish(VISIT)
    talk = Talk(assistant)
    model.script(
        meant("visit", {"command": "start_flow", "flow": "visit"},
              {"command": "set_slot", "slot": "when", "value": "12 January 2031 at 3 pm"}),
        meant("hour", {"command": "correct_slot", "slot": "when", "value": "4 pm"}),
    )  # fmt: skip
    talk.say("I want to visit you on 12 January 2031 at 3 pm")
    talk.say("let us make it an hour later, 4 pm")
    assert talk.slots["when"] == "2031-01-12T16:00"


VISIT = {
    "key": "visit",
    "name": {"en": "Visit us"},
    "examples": {"en": ["I want to visit you"]},
    "slots": {"when": {"kind": "moment"}, "mail": {"kind": "email"}},
    "start": "when",
    "nodes": [
        {"id": "when", "kind": "ask", "slot": "when", "next": "mail"},
        {"id": "mail", "kind": "ask", "slot": "mail"},
    ],
}


def create_and_publish(flow: dict[str, Any]) -> None:
    publish(create_flow(read(flow), author=None).pk, author=None)


@pytest.mark.parametrize(
    ("words", "key"),
    [("could you take this back", "return_item"), ("where might my order be", "order_status")],
)
def test_of_many_flows_the_likeliest_are_named_to_the_model(
    assistant: Assistant, model: ModelServer, monkeypatch: pytest.MonkeyPatch, words: str, key: str
) -> None:
    monkeypatch.setattr(interpreting, "MOST_FLOWS", 1)
    Talk(assistant).say(words)
    prompts = [str(one["body"]["messages"][0]["content"]) for one in model.requests()]
    [asked] = [prompt for prompt in prompts if prompt.startswith("You read what a customer")]
    assert re.findall(r"^- (\w+): .*for example", asked, re.MULTILINE) == [key]
