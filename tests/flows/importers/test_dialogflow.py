"""Dialogflow ES and CX agents as flows."""

from __future__ import annotations

from typing import Any

from flows.importers.dialogflow_cx import DIALOGFLOW_CX
from flows.importers.dialogflow_es import DIALOGFLOW_ES
from tests.flows.importers.exports import Read, bot, kinds


def intent(name: str, **more: Any) -> dict[str, Any]:
    said = more.pop("said", "")
    spoken = [("en", said), ("fr", f"{said} (fr)")] if said else []
    response = {
        "parameters": more.pop("parameters", []),
        "affectedContexts": more.pop("opens", []),
        "messages": [{"type": 0, "lang": code, "speech": one} for code, one in spoken],
    }
    return {
        "id": name,
        "name": name,
        "contexts": [],
        "responses": [response],
        "fallbackIntent": False,
        "events": [],
        **more,
    }


def phrases(*said: str) -> list[dict[str, Any]]:
    return [{"id": one, "data": [{"text": one}], "isTemplate": False} for one in said]


ES, CX = bot("dialogflow_es.json"), bot("dialogflow_cx.json")


def test_what_follows_an_intent_up_is_a_branch_of_its_flow():
    flow = Read(DIALOGFLOW_ES, ES).flows["order"]
    assert kinds(flow)[:3] == ["ask", "act", "choose"]
    choose = next(node for node in flow.nodes if node.kind == "choose")
    assert choose.text["en"] == "One {size}, right?"
    assert [one.label["en"] for one in choose.options] == ["Yes", "No"]
    assert flow.node(choose.otherwise).text["en"] == "Yes or no?"


def test_examples_and_synonyms_come_in_each_language():
    flow = Read(DIALOGFLOW_ES, ES).flows["order"]
    assert flow.examples == {"en": ("I want to order",), "fr": ("je veux commander",)}
    assert flow.slots["size"].choices[0].synonyms == {"en": ("tiny",), "fr": ("petit",)}


def test_a_program_that_the_export_does_not_name_is_a_step_all_the_same():
    """Its words promise what it did: without the step they would be said, and nothing be done."""
    settings = {**ES["agent.json"], "webhook": {"available": False}}
    read = Read(DIALOGFLOW_ES, {**ES, "agent.json": settings})
    flow = read.flows["order"]
    [act] = [node for node in flow.nodes if node.kind == "act"]
    assert [(one.name, one.url) for one in read.made.webhooks] == [(act.action, "")]
    assert "tool_without_address" in {code for _where, code in read.codes("draft")}


def test_its_webhook_comes_switched_off_and_without_secrets():
    hook = Read(DIALOGFLOW_ES, ES).made.webhooks[0]
    assert (hook.url, hook.method) == ("https://x.example/h", "POST")


def test_questions_with_an_answer_and_lost_contexts_are_told():
    codes = Read(DIALOGFLOW_ES, ES).codes("left_out")
    assert ("Hours", "is_knowledge") in codes and ("Lost", "context_never_opened") in codes


def test_contexts_that_go_round_in_circles_end():
    files = {
        "a.json": intent("A", said="a", opens=[{"name": "x", "lifespan": 1}]),
        "a_usersays_en.json": phrases("a"),
        "b.json": intent("B", said="b", contexts=["x"], opens=[{"name": "y", "lifespan": 1}]),
        "c.json": intent("C", said="c", contexts=["y"], opens=[{"name": "x", "lifespan": 1}]),
    }
    assert set(Read(DIALOGFLOW_ES, files).flows) == {"a"}


def test_a_page_says_asks_and_goes_on_by_its_routes():
    flow = Read(DIALOGFLOW_CX, CX).flows["ask"]
    assert kinds(flow)[:4] == ["say", "say", "ask", "branch"]
    assert flow.node(flow.start).text == {"en": "Gladly.", "fr": "Volontiers."}
    assert flow.slots["size"].reject == {"en": "Small or large."} and flow.slots["size"].kind == "choice"
    assert flow.examples == {"en": ("I order",)}


def test_routes_with_programs_values_and_cases_become_steps():
    flow = Read(DIALOGFLOW_CX, CX).flows["ask"]
    found = {node.kind: node for node in flow.nodes}
    assert found["act"].action == "book" and found["set"].values == {"done": "yes"}
    cases = [node for node in flow.nodes if node.kind == "branch"][-1]
    assert flow.node(cases.cases[0].next).text == {"en": "For free."} and flow.node(cases.next).text == {
        "en": "As usual."
    }


def test_pages_may_lead_round_in_circles_and_to_a_person():
    flow = Read(DIALOGFLOW_CX, CX).flows["ask"]
    choose = next(node for node in flow.nodes if node.kind == "choose")
    assert choose.text == {"en": "Too large. A person?"}
    assert choose.options[0].label == {"en": "Yes"}
    assert "handoff" in kinds(flow)


def test_a_flow_of_its_own_begins_with_what_leads_to_it():
    flow = Read(DIALOGFLOW_CX, CX).flows["help"]
    assert flow.examples == {"en": ("help",)} and flow.node(flow.start).text == {"en": "Ask away."}


def test_tests_webhooks_and_the_rest_are_told():
    read = Read(DIALOGFLOW_CX, CX)
    assert read.made.scenarios[0].name == "it orders"
    assert read.made.webhooks[0].url == "https://api.example/k/…/x"
    assert ("hours", "is_knowledge") in read.codes("left_out")
    assert ("confirm.yes", "bare_yes_or_no") in read.codes("left_out")
    assert ("generators/G/G.json", "by_model") in read.codes("left_out")
