"""A flow that asks for several things at once, walked in replies: filled in, or answered in words."""

from __future__ import annotations

import json

import pytest
from pytest_django.fixtures import Settings

from assistant.models import Assistant
from flows.models import Flow
from flows.publishing import create_flow, publish
from tests.assistant.emulating import Trial
from tests.assistant.talking import Talk
from tests.flows.shop import CONTACT, flow
from tests.modelserver.control import ModelServer

pytestmark = [pytest.mark.django_db(transaction=True)]
GOOD = {"name": "Ann Lee", "email": "ann@example.org", "day": ""}


@pytest.fixture
def contact(flows: None) -> Flow:
    made = create_flow(flow(CONTACT), author=None)
    publish(made.pk, author=None)
    return made


def asked(talk: Talk) -> list[str]:
    assert talk.last
    return [field["name"] for field in talk.last.asks.get("fields", ())]


def test_it_is_asked_for_and_filled_in(assistant: Assistant, contact: Flow) -> None:
    talk = Talk(assistant)
    assert talk.say("Leave your details") == "How can we reach you?"
    assert asked(talk) == ["name", "email", "day"]
    assert "look at this once more" in talk.fill(**{**GOOD, "email": "ann at"})
    assert asked(talk) == ["email"]
    assert talk.fill(email="ann@example.org") == r"Thank you, Ann Lee (ann@example.org)."
    assert talk.last and talk.last.asks == {}


@pytest.mark.parametrize(
    "name", ["I want to talk to a person", "Thank you!", "forget it", "What is it?", "Bonjour"]
)
def test_whatever_stands_in_it_is_a_value(assistant: Assistant, contact: Flow, name: str) -> None:
    talk = Talk(assistant)
    talk.say("Leave your details")
    answer = talk.fill(**{**GOOD, "name": name})
    assert answer.startswith("Thank you, ") and talk.last and talk.last.outcome == "guided"


def test_it_stays_in_the_language_of_the_conversation(assistant: Assistant, contact: Flow) -> None:
    talk = Talk(assistant, "fr")
    talk.say("Laisser ses coordonnées")
    assert talk.fill(**{**GOOD, "name": "I am the person whom you want to reach"}).startswith("Merci, ")


def test_words_do_as_well(assistant: Assistant, contact: Flow) -> None:
    talk = Talk(assistant)
    talk.say("Leave your details")
    assert talk.say("Ann Lee, ann@example.org") == "Which day suits you?"
    assert talk.options == ["Skip"] and talk.last and talk.last.asks == {"kind": "date"}
    assert talk.say("Skip").startswith("Thank you, Ann Lee")


def test_where_no_form_can_be_shown_it_is_asked_in_words(assistant: Assistant, contact: Flow) -> None:
    talk = Talk(assistant, "fr", forms=False)
    assert talk.say("Laisser ses coordonnées") == "Quel est votre nom ?"
    assert talk.last and talk.last.asks == {}
    assert "adresse e-mail" in talk.say("Anne Lee")
    assert talk.say("anne@exemple.fr") == "Quel jour vous convient ?"
    assert talk.say("Passer").startswith("Merci, Anne Lee")


def test_a_person_is_called_by_words_beside_it(assistant: Assistant, contact: Flow) -> None:
    talk = Talk(assistant)
    talk.say("Leave your details")
    talk.say("I want to talk to a person")
    assert talk.last and talk.last.outcome == "handoff" and talk.last.asks == {}


def test_a_question_in_between_is_answered_and_the_form_comes_back(
    assistant: Assistant, contact: Flow
) -> None:
    talk = Talk(assistant)
    talk.say("Leave your details")
    assert "How can we reach you?" in talk.say("How long does delivery take in Europe?")
    assert asked(talk) == ["name", "email", "day"]


def test_a_model_reads_words_and_is_not_asked_about_a_form(
    assistant: Assistant, contact: Flow, model_server: ModelServer, settings: Settings
) -> None:
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.ANSWER_MODEL = settings.REWRITE_MODEL = "scripted"
    commands = [{"command": "set_slot", "flow": "", "slot": "name", "value": "Ann Lee"},
                {"command": "set_slot", "flow": "", "slot": "email", "value": "ann@example.org"}]  # fmt: skip
    model_server.script({"match": "it is Ann Lee", "text": json.dumps({"commands": commands})})
    talk = Talk(assistant)
    talk.say("Leave your details")
    assert talk.say("well it is Ann Lee, and the address is ann@example.org") == "Which day suits you?"
    assert talk.last and talk.last.route and "interpreted" in talk.last.route.reasons
    other = Talk(assistant)
    other.say("Leave your details")
    assert other.fill(**GOOD).startswith("Thank you, Ann Lee")
    assert other.last and other.last.route and "interpreted" not in other.last.route.reasons


def test_the_emulator_shows_and_takes_it_too(assistant: Assistant, contact: Flow) -> None:
    trial = Trial("contact")
    trial.say("Leave your details")
    assert [field["label"] for field in trial.last["asks"]["fields"]] == ["Name", "E-mail", "Day"]
    assert trial.last["waiting"] == "waits for the form"
    said = trial.happen(form={**GOOD, "email": "ann at"})
    assert "look at this once more" in said
    assert trial.heard == ["The form: Name = Ann Lee, E-mail = ann at"] and trial.how == ["it was filled in"]
    assert trial.last["asks"]["fields"][0]["written"] == "ann at"
    assert "Thank you, Ann Lee" in trial.happen(form={"email": "ann@example.org"})
    assert trial.last["asks"] == {}


def test_the_emulator_says_what_words_to_a_form_mean(assistant: Assistant, contact: Flow) -> None:
    trial = Trial("contact")
    trial.say("Leave your details")
    trial.say("hm, all of that at once seems a lot to me")
    assert trial.heard == [
        "“hm, all of that at once seems a lot to me” holds nothing that the form asks for."
    ]
    trial.say("Ann Lee")
    trial.say("ann@example.org")
    trial.say("Skip")
    assert trial.heard == ["The customer leaves out “Day”"]
