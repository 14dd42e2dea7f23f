"""Scenarios in the admin site: written as YAML, refused with the line, run, deleted."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Role, User
from assistant.models import Assistant
from evaluation.models import Scenario
from evaluation.scenarios import keep
from evaluation.script_yaml import from_yaml
from flows.graph import Graph
from flows.known_actions import KnownAction
from flows.publishing import create_flow, publish, save_draft
from tests.flows.shop import CONTACT, flow

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/admin/evaluation/scenario/"
SAID = """name: A greeting
turns:
  - customer: Say hello
    expects:
      flow: hello
      says: [Good day]
      actions: [greet]
  - customer: hello
    expects:
      says: [Never said]
"""
HELLO = {
    "key": "hello", "name": {"en": "Say hello"}, "start": "act",
    "nodes": [
        {"id": "act", "kind": "act", "action": "greet", "takes": {"word": "word"}, "next": "say"},
        {"id": "say", "kind": "say", "text": {"en": "{word}!"}},
    ],
    "slots": {"word": {}},
}  # fmt: skip


GREET = {"greet": KnownAction("greet", brings=("word",))}


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_user("edith", role=Role.EDITOR))
    return client


def kept(text: str = SAID) -> Scenario:
    return keep(Scenario(), from_yaml(text), author=None)


def test_one_is_written_as_yaml(editor):
    assert "A return, with a correction" in editor.get(f"{ADDRESS}add/").text
    page = editor.post(f"{ADDRESS}add/", {"text": SAID, "enabled": "on"}, follow=True)
    assert page.status_code == 200
    scenario = Scenario.objects.get()
    assert (scenario.name, scenario.enabled, scenario.edited_by.username) == ("A greeting", True, "edith")
    listed = editor.get(ADDRESS).text
    assert "A greeting" in listed and '<a href="/staff/evaluation/">← Evaluation</a>' in listed
    assert "← Evaluation" in editor.get(f"{ADDRESS}{scenario.pk}/change/").text


def test_what_is_wrong_is_said_with_its_line_and_nothing_is_kept(editor):
    scenario = kept()
    page = editor.post(f"{ADDRESS}{scenario.pk}/change/", {"text": SAID.replace("says", "sayz", 1)})
    assert "Line 6" in page.text and "sayz" in page.text
    scenario.refresh_from_db()
    assert "sayz" not in str(scenario.script)


def test_running_one_shows_each_turn(editor):
    Assistant.objects.create(name="Lucie", slug="lucie", languages=["en"], is_default=True)
    publish(create_flow(Graph.model_validate(HELLO), author=None).pk, author=None, actions=GREET)
    scenario = kept(SAID + "actions: {greet: {data: {word: Good day}}}\n")
    page = editor.post(f"{ADDRESS}{scenario.pk}/run/")
    assert "1 of 2 turns are as expected" in page.text and "Not as expected" in page.text
    assert "Good day" in page.text and "scenario-turn--missed" in page.text


def test_what_a_run_reached_is_known_to_the_flow(editor):
    """By version: a step that has been published anew was reached by no test yet."""
    Assistant.objects.create(name="Lucie", slug="lucie", languages=["en"], is_default=True)
    more = {**HELLO, "nodes": [*HELLO["nodes"], {"id": "lost", "kind": "say", "text": {"en": "Lost."}}]}
    flow = create_flow(Graph.model_validate(more), author=None)
    publish(flow.pk, author=None, actions=GREET)
    scenario = kept(SAID + "actions: {greet: {data: {word: Good day}}}\n")

    def tests() -> dict[str, object]:
        return dict(editor.get("/staff/flows/hello/customers/").json()["tests"])

    assert tests() == {"run": 0, "elsewhere": 0, "missed": ["act", "say", "lost"]}
    editor.post(f"{ADDRESS}{scenario.pk}/run/")
    assert tests() == {"run": 1, "elsewhere": 0, "missed": ["lost"]}
    save_draft(flow.pk, Graph.model_validate({**more, "description": {"en": "Greets."}}), author=None)
    publish(flow.pk, author=None, actions=GREET)
    assert tests() == {"run": 0, "elsewhere": 1, "missed": ["act", "say", "lost"]}
    Scenario.objects.update(enabled=False)
    assert tests()["elsewhere"] == 0
    scenario.refresh_from_db()
    keep(scenario, from_yaml(SAID.replace("customer: hello", "customer: good day")), author=None)
    assert (scenario.passed, scenario.ran_at, scenario.reached) == (None, None, [])


FILLED = """name: Details
turns:
  - customer: Leave your details
    expects: {says: [How can we reach you]}
  - form: {name: Ann, email: ann at}
    expects: {says: [An e-mail address looks like], slots: {name: Ann}}
  - form: {email: ann@example.org}
    expects: {ends: contact, says: ["Thank you, Ann"]}
  - form: {email: bob@example.org}
"""


def test_a_form_is_filled_in(editor):
    Assistant.objects.create(name="Lucie", slug="lucie", languages=["en"], is_default=True)
    publish(create_flow(flow(CONTACT), author=None).pk, author=None)
    page = editor.post(f"{ADDRESS}{kept(FILLED).pk}/run/")
    assert "3 of 4 turns are as expected" in page.text  # the last form was not asked for
    assert "Name: Ann<br>E-mail: ann at" in page.text
    assert "has asked for a form with <strong>name, email</strong>" in page.text
    written = FILLED.replace("name: Ann, email: ann at", "nome: Ann")
    page = editor.post(f"{ADDRESS}{kept(written).pk}/run/")
    assert "instead: name, email, day" in page.text


def test_what_was_tried_is_kept_as_one(editor):
    tried = {"name": "Details", "turns": [{"customer": "hi"}, {"form": {"name": "Ann"}, "notes": ["later"]}]}
    send = {"content_type": "application/json"}
    answer = editor.post(f"{ADDRESS}trial/", {"script": tried}, **send)
    scenario = Scenario.objects.get()
    assert answer.status_code == 201 and answer.json()["url"] == f"{ADDRESS}{scenario.pk}/change/"
    assert scenario.script == tried and scenario.edited_by.username == "edith"
    assert "form:" in editor.get(answer.json()["url"]).text
    wrong: tuple[object, ...] = (
        {},
        {"script": {**tried, "turns": []}},
        {"script": {**tried, "name": "a\0"}},
        [],
        {"script": "x"},
    )
    for one in wrong:
        refused = editor.post(f"{ADDRESS}trial/", one, **send)
        assert refused.status_code in (400, 422) and refused.json()["error"]
    assert Scenario.objects.count() == 1


def test_without_an_assistant_it_is_said_what_to_do(editor):
    assert "Create one first" in editor.post(f"{ADDRESS}{kept().pk}/run/").text


def test_one_can_be_deleted(editor):
    editor.post(f"{ADDRESS}{kept().pk}/delete/", {"post": "yes"})
    assert not Scenario.objects.exists()
