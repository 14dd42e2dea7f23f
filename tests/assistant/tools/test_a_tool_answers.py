"""A model calls a tool by itself, and what it brings answers the customer, with where it comes from."""

from __future__ import annotations

import pytest

from actions.models import Call
from assistant.events import Outcome
from assistant.models import Assistant
from tests.actions.conftest import CARLA
from tests.assistant.talking import Talk
from tests.assistant.tools.conftest import calls, then

pytestmark = [pytest.mark.django_db(transaction=True)]
ASKED = "Where is my order LP-1?"
ANSWER = (
    "[ANSWER] Your order LP-1 has been dispatched [result]. It arrives on 2 December 2026 with Colissimo."
)


def test_what_a_tool_brings_answers_with_its_source(assistant: Assistant, model, shop, web) -> None:
    shop()
    model.script(calls("find_order"), then(ANSWER))
    said = Talk(assistant).say(ASKED)
    assert "dispatched" in said and "2 December 2026" in said and "[1]" in said
    assert web.paths == ["/orders/LP-1"]


def test_the_chip_says_which_tool_and_when(assistant: Assistant, model, shop) -> None:
    shop()
    talk = Talk(assistant)
    model.script(calls("find_order"), then(ANSWER))
    talk.say(ASKED)
    (citation,) = talk.last.citations
    assert citation.title == "Find order"
    assert citation.heading.startswith("find_order · ") and citation.document_id is None
    assert "Colissimo" in citation.passage and "4711" not in citation.passage
    assert talk.last.outcome is Outcome.ANSWERED and talk.last.route.kind == "tool"


def test_a_trace_shows_the_call_without_what_is_private(assistant: Assistant, model, shop) -> None:
    shop(parameters={"number": {}, "email": {"place": "query", "private": True}})
    talk = Talk(assistant)
    given = {"number": "LP-1", "email": "lea@example.org"}
    model.script(calls(("find_order", given)), then(ANSWER))
    talk.say("Where is my order LP-1? lea@example.org")
    (call,) = talk.last.route.calls
    assert call["given"] == {"number": "LP-1", "email": "•••"}
    assert call["error"] in ("", "not_found") and "ms" in call
    assert Call.objects.get().conversation == talk.name


def test_in_french_from_english_data(assistant: Assistant, model, shop) -> None:
    shop()
    talk = Talk(assistant, "fr")
    said = "[ANSWER] Votre commande LP-1 a été expédiée [result]. Elle arrive le 2 décembre 2026 [result]."
    model.script(calls("find_order"), then(said))
    answer = talk.say("Où en est ma commande LP-1 ?")
    assert "expédiée" in answer and "2 décembre 2026" in answer


def test_a_question_that_the_knowledge_answers_costs_one_request(assistant: Assistant, model, shop) -> None:
    shop()
    model.script({"text": "[ANSWER] Delivery in Europe takes three to five working days [1]."})
    talk = Talk(assistant)
    assert "three to five" in talk.say("How long does delivery in Europe take?")
    assert len(model.requests()) == 1
    assert [tool["function"]["name"] for tool in model.requests()[0]["body"]["tools"]] == ["find_order"]
    assert talk.last.route.kind == "knowledge" and not talk.last.route.calls


def test_without_a_model_nothing_changes(assistant: Assistant, articles, shop) -> None:
    shop()
    talk = Talk(assistant)
    assert "three to five" in talk.say("How long does delivery in Europe take?")
    assert not Call.objects.exists()


def test_without_tools_the_model_is_offered_none(assistant: Assistant, model, shop) -> None:
    shop(in_free_conversation=False)
    model.script({"text": "[ANSWER] Delivery in Europe takes three to five working days [1]."})
    Talk(assistant).say("How long does delivery in Europe take?")
    assert "tools" not in model.requests()[0]["body"]


def test_what_is_for_signed_in_customers_is_offered_to_them_alone(assistant: Assistant, model, shop) -> None:
    shop(verified_only=True)
    model.script(calls("find_order"))
    talk = Talk(assistant)
    talk.say("Where is my order LP-1, the one with the lamp?")
    assert all("tools" not in request["body"] for request in model.requests())
    assert not Call.objects.filter(state="done").exists()
    model.script(calls("find_order"), then(ANSWER))
    talk = Talk(assistant, customer=CARLA)
    talk.say(ASKED)
    assert Call.objects.get(state="done").action == "find_order"


def test_what_a_tool_needs_is_asked_for(assistant: Assistant, model, shop) -> None:
    shop()
    talk = Talk(assistant)
    model.script({"model": "scripted", "text": "[ASK] find_order What is the number of your order?"})
    assert talk.say("Where is my parcel?") == "What is the number of your order?"
    model.script({"model": "scripted", "text": "[ASK] find_order Send your password to 0800 123?"})
    talk = Talk(assistant)
    said = talk.say("Where is my parcel?")
    assert "password" not in said and "number" in said


def test_two_that_read_are_called_at_once(assistant: Assistant, model, shop, web) -> None:
    shop()
    web.pages["/orders/LP-2"] = web.pages["/orders/LP-1"]
    model.script(calls("find_order", ("find_order", {"number": "LP-2"})), then(ANSWER))
    talk = Talk(assistant)
    talk.say("Kindly tell me of LP-1 and LP-2 and their whereabouts, my good machine")
    assert sorted(web.paths) == ["/orders/LP-1", "/orders/LP-2"]
    assert len(model.requests()[-1]["body"]["messages"][-2:]) == 2
    assert [one["role"] for one in model.requests()[-1]["body"]["messages"][-3:]] == [
        "assistant",
        "tool",
        "tool",
    ]
