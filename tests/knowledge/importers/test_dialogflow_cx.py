"""A Dialogflow CX agent gives an article for each intent that a flow answers with a fixed text."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.importers.dialogflow_cx import DIALOGFLOW_CX
from tests.knowledge.importers.exports import Read, below


def says(*texts: str, lang: str = "en", **more: Any) -> dict[str, Any]:
    return {"messages": [{"text": {"text": list(texts)}, "languageCode": lang}], **more}


def phrases(*said: str) -> dict[str, Any]:
    return {"trainingPhrases": [{"parts": [{"text": part} for part in one.split("|")]} for one in said]}


def agent(*routes: dict[str, Any], flow: str = "Default Start Flow", **files: Any) -> dict[str, Any]:
    return {
        "agent.json": {"defaultLanguageCode": "en", "startFlow": "Default Start Flow"},
        "intents/ask.hours/ask.hours.json": {"displayName": "ask.hours"},
        "intents/ask.hours/trainingPhrases/en.json": phrases("when are you |open", "opening hours"),
        f"flows/{flow}/{flow}.json": {"displayName": flow, "transitionRoutes": list(routes)},
        **files,
    }


def route(**more: Any) -> dict[str, Any]:
    return {"intent": "ask.hours", "triggerFulfillment": says("At 9.", "We open at 9."), **more}


def test_a_route_that_only_says_something_becomes_an_article():
    fields = Read(DIALOGFLOW_CX, agent(route())).fields("When are you open?")
    assert (fields["id"], fields["body"], fields["lang"]) == ("dialogflow:ask.hours", "We open at 9.", "en")
    assert fields["questions"] == ["opening hours"] and "category" not in fields


def test_each_language_has_its_own_article():
    both = {"messages": says("We open at 9.")["messages"] + says("À 9 heures.", lang="fr")["messages"]}
    french = {"intents/ask.hours/trainingPhrases/fr.json": phrases("à quelle heure ouvrez-vous ?")}
    read = Read(DIALOGFLOW_CX, agent(route(triggerFulfillment=both), **french))
    assert [(record.fields["lang"], record.fields["title"]) for record in read.records] == [
        ("en", "When are you open?"),
        ("fr", "À quelle heure ouvrez-vous ?"),
    ]


def test_a_page_that_asks_nothing_belongs_to_the_answer():
    page = {"displayName": "Hours", "entryFulfillment": says("On Sundays we are closed.")}
    files = agent(route(targetPage="Hours"), flow="Shop", **{"flows/Shop/pages/Hours.json": page})
    fields = Read(DIALOGFLOW_CX, files).records[0].fields
    assert fields["body"] == "We open at 9.\n\nOn Sundays we are closed." and fields["category"] == "Shop"


FORM = {
    "displayName": "Booking",
    "entryFulfillment": says("Fine."),
    "form": {"parameters": [{"displayName": "day"}]},
}


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (route(targetPage="Booking"), "left_for_flows"),
        (route(targetFlow="Other"), "left_for_flows"),
        (route(condition='$session.params.x = "1"'), "needs_context"),
        (route(triggerFulfillment=says("We open at 9.", webhook="w", tag="t")), "needs_action"),
        (route(triggerFulfillment=says("Hello $session.params.name.")), "needs_values"),
        (route(triggerFulfillment={}), "without_answer"),
        ({"condition": "true"}, "without_answer"),
    ],
)
def test_a_route_that_does_more_is_left_with_its_reason(one, code):
    read = Read(DIALOGFLOW_CX, agent(one, **{"flows/Default Start Flow/pages/Booking.json": FORM}))
    assert read.codes["ask.hours"] == code and not read.records


def test_a_route_that_simply_answers_is_preferred():
    assert Read(DIALOGFLOW_CX, agent(route(targetFlow="Other"), route())).records


def test_what_is_left_is_counted_and_webhooks_are_not_kept():
    more = {
        "webhooks/w.json": {"displayName": "w", "genericWebService": {"uri": "https://secret.example"}},
        "generators/G/G.json": {"displayName": "G"},
        "generators/G/phrases/en.json": {"promptTexts": []},
        "entityTypes/Size/Size.json": {"displayName": "Size"},
        "flows/Default Start Flow/pages/Booking.json": FORM,
    }
    read = Read(DIALOGFLOW_CX, agent(route(), {"condition": "true"}, **more))
    numbers = {one.code: one.details.get("number") for one in read.refused}
    assert numbers == {
        "left_webhooks": 1,
        "left_prompts": 1,
        "left_word_lists": 1,
        "left_pages": 1,
        "left_routes": 1,
        "left_settings": None,
    }
    assert "secret" not in str(read.found)


def test_the_agent_may_stand_in_a_folder():
    read = Read(
        DIALOGFLOW_CX, below("a/b", agent(route())) | {"notes.json": {"a": 1}, "__MACOSX/a/._b": b"\0"}
    )
    assert read.titles == ["When are you open?"] and read.claimed == set(below("a/b", agent(route())))


def test_the_other_export_is_refused_with_advice():
    assert Read(DIALOGFLOW_CX, {"exported_agent.blob": b"\x0a\x01"}).codes == {
        "exported_agent.blob": "choose_json_package"
    }


def test_a_broken_flow_is_named_and_the_rest_is_read():
    read = Read(DIALOGFLOW_CX, agent(route(), **{"flows/B/B.json": "{"}))
    assert read.codes["flows/B/B.json"] == "not_json" and len(read.records) == 1
