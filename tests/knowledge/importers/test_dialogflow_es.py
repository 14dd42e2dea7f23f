"""A Dialogflow ES agent gives an article for each intent that says a fixed text, in each language."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.importers.dialogflow_es import DIALOGFLOW_ES
from tests.knowledge.importers.exports import Read, below

AGENT = {
    "language": "en",
    "supportedLanguages": ["fr"],
    "webhook": {"available": True, "url": "https://secret.example"},
}


def text_message(said: Any, lang: str = "en", **more: Any) -> dict[str, Any]:
    return {"type": 0, "lang": lang, "speech": said, **more}


def intent(name: str, *messages: dict[str, Any], parameters: Any = (), **more: Any) -> dict[str, Any]:
    return {
        "id": f"id-{name}",
        "name": name,
        "responses": [{"messages": list(messages), "parameters": list(parameters), "speech": []}],
        **more,
    }


def asked(*phrases: str) -> list[dict[str, Any]]:
    return [{"data": [{"text": part} for part in phrase.split("|")]} for phrase in phrases]


def agent(one: dict[str, Any], **phrases: list[dict[str, Any]]) -> dict[str, Any]:
    name = one["name"]
    said = phrases or {"en": asked("when do you |open", "Opening times?")}
    files = {f"intents/{name}_usersays_{lang}.json": content for lang, content in said.items()}
    return {"agent.json": AGENT, "package.json": {"version": "1.0.0"}, f"intents/{name}.json": one, **files}


def test_an_intent_with_a_text_becomes_an_article_in_each_language():
    one = intent("Hours", text_message(["At 9.", "We open at 9."]), text_message("À 9 heures.", "fr"))
    read = Read(DIALOGFLOW_ES, agent(one, en=asked("when do you |open"), fr=asked("quand |ouvrez-vous")))
    english, french = (record.fields for record in read.records)
    assert english["id"] == french["id"] == "dialogflow:id-Hours"
    assert (english["title"], english["body"], english["lang"]) == (
        "When do you open?",
        "We open at 9.",
        "en",
    )
    assert (french["title"], french["body"], french["lang"]) == ("Quand ouvrez-vous ?", "À 9 heures.", "fr")


def test_cards_and_rich_content_are_text_too():
    card = {
        "type": "info",
        "title": "Prices",
        "subtitle": "From 5 euros",
        "actionLink": "https://example.com/p",
    }
    chips = {"type": "chips", "options": [{"text": "Back"}, {"text": "Shop", "link": "https://example.com"}]}
    payload = {"type": 4, "lang": "en", "payload": {"richContent": [[card, chips]]}}
    old = {
        "type": 1,
        "lang": "en",
        "title": "Map",
        "buttons": [{"text": "Open", "postback": "https://example.com/m"}],
    }
    body = Read(DIALOGFLOW_ES, agent(intent("Prices", payload, old))).records[0].fields["body"]
    assert "[Prices](https://example.com/p)" in body and "From 5 euros" in body
    assert (
        "[Shop](https://example.com)" in body
        and "Back" not in body
        and "[Open](https://example.com/m)" in body
    )


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (intent("Hours", text_message("We open."), fallbackIntent=True), "left_fallback"),
        (intent("Start", text_message("Hi."), events=[{"name": "WELCOME"}]), "left_small_talk"),
        (intent("Thanks", text_message("You are welcome.")), "left_small_talk"),
        (intent("Hours", text_message("Fine."), contexts=["booking"]), "needs_context"),
        (intent("Hours", text_message("Fine."), parentId="x"), "needs_context"),
        (intent("Hours", text_message("We open."), webhookUsed=True), "needs_action"),
        (intent("Hours", text_message("On $date we open.")), "needs_values"),
        (intent("Hours", text_message("At #booking.time.")), "needs_values"),
        (
            intent("Hours", text_message("Fine."), parameters=[{"name": "day", "required": True}]),
            "needs_values",
        ),
        (intent("Hours", text_message("Which shop?")), "left_asks_back"),
        (intent("Hours", text_message([])), "without_answer"),
    ],
)
def test_an_intent_that_is_no_article_is_left_with_its_reason(one, code):
    read = Read(DIALOGFLOW_ES, agent(one))
    assert read.codes[one["name"]] == code and not read.records


def test_a_price_is_no_blank():
    assert Read(DIALOGFLOW_ES, agent(intent("Price", text_message("It costs $5.")))).records


def test_a_webhook_that_is_switched_off_answers_nothing():
    files = agent(intent("Hours", text_message("We open at 9."), webhookUsed=True))
    assert Read(DIALOGFLOW_ES, files | {"agent.json": AGENT | {"webhook": {"available": False}}}).records


def test_an_intent_that_nobody_can_ask_for_is_named():
    files = agent(intent("Hours", text_message("We open at 9.")))
    del files["intents/Hours_usersays_en.json"]
    assert Read(DIALOGFLOW_ES, files).codes["Hours"] == "without_question"


def test_the_agent_may_stand_in_a_folder_and_its_programs_are_never_kept():
    files = agent(intent("Hours", text_message("We open at 9.")))
    files |= {"fulfillment/index.js": "secret()", "entities/Size.json": {"name": "Size"}}
    read = Read(
        DIALOGFLOW_ES, below("export/agent", files) | {"README.md": "# Read me", "intents/x.txt": "x"}
    )
    assert read.claimed == set(below("export/agent", files)) and read.titles == ["When do you open?"]
    assert {one.code for one in read.refused} == {"left_settings", "left_programs", "left_word_lists"}
    assert "secret" not in str(read.found)


def test_a_broken_intent_is_named_and_the_rest_is_read():
    files = agent(intent("Hours", text_message("We open at 9."))) | {"intents/Bad.json": "{"}
    read = Read(DIALOGFLOW_ES, files)
    assert read.codes["intents/Bad.json"] == "not_json" and len(read.records) == 1
