"""The emulator asks the same model as the chat, and says what that made of the words, or why it did not."""

from __future__ import annotations

import pytest

from tests.assistant.emulating import Trial
from tests.assistant.test_walking_flows_with_a_model import meant, model
from tests.modelserver.control import ModelServer

__all__ = ["model"]
pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.mark.usefixtures("assistant")
def test_what_the_model_reads_is_told_as_its_reading(model: ModelServer) -> None:
    trial = Trial("return_item")
    model.script(
        meant(
            "contraption",
            {"command": "start_flow", "flow": "return_item"},
            {"command": "set_slot", "slot": "reason", "value": "it flickers like mad"},
        )
    )
    assert "order number" in trial.say("Kindly relieve me of this contraption, it flickers like mad")
    assert trial.heard == ["Begins the flow “Return an item”", "Reason = It is faulty or damaged"]
    assert trial.how == ["read by the model"] * 2


@pytest.mark.usefixtures("assistant")
def test_it_reads_what_was_said_before(model: ModelServer) -> None:
    trial = Trial("return_item")
    model.script(meant("return", {"command": "start_flow", "flow": "return_item"}))
    trial.say("I want to return this odd lamp")
    model.script(meant("whatever", {"command": "other"}))
    trial.say("whatever")
    prompt = str(model.requests()[-1])
    assert "odd lamp" in prompt and "What is your order number?" in prompt


@pytest.mark.usefixtures("assistant")
def test_a_model_that_fails_is_told_and_done_without(model: ModelServer) -> None:
    model.script(*[{"fault": "status", "status": 500}] * 6)
    trial = Trial("return_item")
    assert "order number" in trial.say("I want to return the lamp that I have")
    assert trial.how[0].startswith("the router is ")
    assert "without the model" in trial.heard[-1]
