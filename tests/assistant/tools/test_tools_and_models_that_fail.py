"""A tool that fails, a model that calls nonsense, for ever, or is gone in between: an answer all the same."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from actions.models import Call
from assistant.events import Outcome
from assistant.models import Assistant
from tests.actions.conftest import as_json
from tests.assistant.talking import Talk
from tests.assistant.tools.conftest import calls, then
from tests.webserver import Page

pytestmark = [pytest.mark.django_db(transaction=True)]
ASKED = "Where is my order LP-1?"
DELIVERY = "How long does delivery in Europe take?"
ANSWER = "[ANSWER] Your order LP-1 has been dispatched [result]."


def slow(_asked: Any) -> Page:
    threading.Event().wait(3)
    return as_json({})


@pytest.mark.parametrize(
    ("page", "error"),
    [
        (slow, "too_slow"),
        (Page(b"x" * 50_000_000, type="application/json"), "too_large"),
        (Page("<html>Welcome</html>"), "html"),
        (Page(status=302, headers={"Location": "http://169.254.169.254/"}), "forbidden_address"),
        (Page(status=302, headers={"Location": "/orders/7"}), "redirected"),
        (as_json({}, status=500), "server_error"),
        (as_json({"other": 1}), "not_there"),
    ],
)
def test_a_tool_that_fails_is_told_politely(assistant: Assistant, model, shop, web, page, error: str) -> None:
    shop(seconds=1)
    web.pages["/orders/LP-1"] = page
    talk = Talk(assistant)
    model.script(calls("find_order"), then("[ANSWER] Your order LP-1 arrives tomorrow with a balloon."))
    said = talk.say(ASKED)
    assert "balloon" not in said and "could not do this just now" in said
    assert "Talk to a person" in talk.options
    assert talk.last.route.calls[0]["error"] == error
    assert error in model.requests()[-1]["body"]["messages"][-1]["content"]


def test_what_the_server_does_not_know_is_told_as_such(assistant: Assistant, model, shop) -> None:
    shop()
    talk = Talk(assistant)
    model.script(calls(("find_order", {"number": "LP-404"})), then("[NONE]"))
    assert "found nothing for what you gave me" in talk.say("Where is my order LP-404?")
    assert talk.last.outcome is Outcome.ASKED_BACK


@pytest.mark.parametrize(
    "wrong",
    [
        '{"number": ',
        '["LP-1"]',
        "{}",
        '{"number": "LP-1", "admin": true}',
        '{"number": {"a": 1}}',
        "9" * 5000,
    ],
)
def test_arguments_that_are_wrong_are_told_once(assistant: Assistant, model, shop, web, wrong: str) -> None:
    shop()
    talk = Talk(assistant)
    model.script(calls(("find_order", wrong)), then("", tool_calls=[
        {"name": "find_order", "arguments": {"number": "LP-1"}}], times=1), then(ANSWER))  # fmt: skip
    assert "dispatched" in talk.say(ASKED)
    assert web.paths == ["/orders/LP-1"]


def test_then_it_does_without(assistant: Assistant, model, shop, web) -> None:
    shop()
    talk = Talk(assistant)
    model.script({"model": "scripted", "tool_calls": [{"name": "find_order", "arguments": "nonsense"}]})
    assert talk.say(ASKED)
    assert not web.asked and len(model.requests()) == 3
    assert model.requests()[-1]["body"]["tool_choice"] == "none"


def test_an_unknown_tool_is_told(assistant: Assistant, model, shop, web) -> None:
    shop()
    talk = Talk(assistant)
    model.script(calls(("delete_account", {})), then("[ANSWER] Your account was deleted."))
    said = talk.say(DELIVERY)
    assert "deleted" not in said and "three to five" in said
    assert talk.last.route.calls[0]["action"] == "delete_account" and not web.asked


def test_a_model_that_calls_for_ever_is_stopped(assistant: Assistant, model, shop, web) -> None:
    shop()
    talk = Talk(assistant)
    model.script(
        {"model": "scripted", "tool_calls": [{"name": "find_order", "arguments": {"number": "LP-1"}}]}
    )
    said = talk.say(ASKED)
    assert "This is what I found:" in said and "- status: `Dispatched`" in said
    assert len(model.requests()) == 4 and web.paths == ["/orders/LP-1"]


def test_a_model_that_is_gone_in_between_leaves_what_was_found(assistant: Assistant, model, shop) -> None:
    shop()
    talk = Talk(assistant, "fr")
    model.script(calls("find_order"), {"model": "scripted", "told": True, "fault": "status", "status": 500})
    said = talk.say("Où en est ma commande LP-1 ?")
    assert "Dispatched" in said and "2 décembre 2026" in said and "[1]" in said
    assert talk.last.route.degraded == "model_server_error"
    assert talk.last.citations[0].external_id == "find_order"


def test_a_model_that_is_gone_at_once_leaves_the_knowledge(assistant: Assistant, model, shop, web) -> None:
    shop()
    model.script({"model": "scripted", "fault": "status", "status": 500})
    assert "three to five" in Talk(assistant).say(DELIVERY)


def test_the_fallback_goes_on_with_the_tools(assistant: Assistant, model, shop, settings) -> None:
    settings.FALLBACK_MODEL = "spare"
    shop()
    talk = Talk(assistant)
    model.script(
        {"model": "scripted", "fault": "status", "status": 404},
        {**calls("find_order"), "model": "spare"},
        {**then(ANSWER), "model": "spare"},
    )
    assert "dispatched" in talk.say(ASKED)
    assert talk.last.route.model == "spare"


def test_a_server_that_knows_no_tools_answers_without(assistant: Assistant, model, shop) -> None:
    from llm import dialects

    dialects.forget()
    shop()
    model.script(
        {"model": "scripted", "fault": "refuse_parameter", "parameter": "tools"},
        {"text": "[ANSWER] Delivery in Europe takes three to five working days [1]."},
    )
    assert "three to five" in Talk(assistant).say(DELIVERY)
    assert "three to five" in Talk(assistant).say(DELIVERY)
    assert sum("tools" in request["body"] for request in model.requests()) == 1
    dialects.forget()


def test_a_server_that_ignores_tools_is_no_trouble(assistant: Assistant, model, shop, web) -> None:
    shop()
    model.script({"model": "scripted", "text": "Let me look: find_order(number=LP-1). It is on its way."})
    said = Talk(assistant).say(ASKED)
    assert "on its way" not in said and not web.asked


def test_words_before_a_call_are_not_shown(assistant: Assistant, model, shop) -> None:
    shop()
    model.script(calls("find_order", text="Let me look that up for you."), then(ANSWER))
    said = Talk(assistant).say(ASKED)
    assert "Let me look" not in said and "dispatched" in said


def test_more_calls_at_once_than_anybody_needs_are_left(assistant: Assistant, model, shop, web) -> None:
    shop()
    many = [("find_order", {"number": f"LP-{n}"}) for n in range(9)]
    model.script(calls(*many), then(ANSWER))
    Talk(assistant).say(ASKED)
    assert len(web.asked) == 4
    assert Call.objects.count() == 4
