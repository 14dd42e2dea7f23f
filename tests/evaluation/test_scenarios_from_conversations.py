"""A real conversation as a scenario: proposed without personal data, corrected, kept, played again."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import Role, User
from assistant.models import Assistant
from conversations.models import Conversation, Customer, Message, Trace, Turn
from conversations.posting import record
from evaluation.models import Scenario, Suite
from evaluation.running import run_scenario
from evaluation.scripted import Expected
from evaluation.suites.expected_words import EXPECTED
from evaluation.suites.from_conversation import proposed
from flows.graph import Graph
from flows.publishing import create_flow, publish
from flows.yaml_reading import read_yaml
from tests.evaluation.runs.conftest import HELLO

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talked(ada: Assistant) -> Message:
    """Carla greets, leaves her address, and is handed over; a colleague and a note come in between."""
    customer = Customer.objects.create(name="Carla Winter")
    begun = Conversation.objects.create(assistant=ada, customer=customer, language="en")
    _say(begun, ["Say hello"], "Good day!", outcome="guided", steps=["hello@1/say"])
    with record(begun.pk) as writing:
        writing.post(kind=Message.Kind.NOTE, text="Carla calls every week")
        writing.post(kind=Message.Kind.PERSON, text="I am here, too.")
    answer = _say(
        begun, ["I am Carla Winter", "carla@web.example, a person please"], "One moment.", outcome="handoff"
    )
    _say(begun, ["Later words"], "Later answer.", outcome="answered")
    return answer


def _say(begun: Conversation, words: list[str], said: str, **facts: Any) -> Message:
    with record(begun.pk) as writing:
        asked = [writing.post(kind=Message.Kind.CUSTOMER, text=one) for one in words]
        turn = Turn.objects.create(conversation=begun, question=asked[-1], state="done")
        answer = writing.post(kind=Message.Kind.ASSISTANT, text=said, turn=turn, outcome=facts["outcome"])
    Trace.objects.create(message=answer, route={"steps": facts.get("steps", [])})
    return answer


def test_what_was_said_and_what_came_of_it_is_proposed(talked):
    script = proposed(talked)
    first, second = script.turns
    assert script.name == "Say hello" and script.situation == "handoff"
    assert (first.customer, first.expects.flow, first.expects.outcomes) == ("Say hello", "hello", ("guided",))
    assert second.customer == "I am Camille\ncamille@example.org, a person please"
    assert second.expects.handoff is True and second.notes == ("Then somebody of the team answered.",)


def test_it_is_corrected_and_kept_in_a_suite(talked, browser: Client):
    page = browser.get(f"/staff/evaluation/from/{talked.pk}/")
    assert "camille@example.org" in page.text and "web.example" not in page.text
    text = page.context["form"].initial["text"]
    wrong = browser.post(f"/staff/evaluation/from/{talked.pk}/", {"text": text.replace("turns:", "turnz:")})
    assert wrong.status_code == 422 and "turnz" in wrong.text and not Scenario.objects.exists()
    answer = browser.post(f"/staff/evaluation/from/{talked.pk}/", {"text": text, "new_suite": "October"})
    assert answer["Location"] == f"/staff/conversations/{talked.conversation_id}/"
    scenario = Scenario.objects.get()
    assert scenario.suite == Suite.objects.get() and scenario.suite.name == "October"
    assert (
        browser.get(f"/staff/evaluation/from/{talked.pk}/").context["form"].initial["suite"]
        == scenario.suite_id
    )


def test_whoever_made_it_is_led_to_it_to_its_suite_and_to_runs(talked, browser: Client, client: Client):
    address = f"/staff/evaluation/from/{talked.pk}/"
    text = browser.get(address).context["form"].initial["text"]
    page = browser.post(address, {"text": text, "new_suite": "<Fall>"}, follow=True).text
    scenario = Scenario.objects.get()
    assert f'“<a href="/admin/evaluation/scenario/{scenario.pk}/change/">Say hello</a>”' in page
    assert f'“<a href="/staff/evaluation/suites/{scenario.suite_id}/">&lt;Fall&gt;</a>”' in page
    assert f'<a href="/staff/evaluation/?suite={scenario.suite_id}">Run scenarios</a>' in page
    client.force_login(User.objects.create_user("agnes", role=Role.AGENT))
    page = client.post(address, {"text": text, "another": "1"}, follow=True).text
    assert "“Say hello” is a scenario now. It is in no suite." in page and "/admin/eval" not in page


def test_a_second_one_is_made_of_an_answer_only_by_choice(talked, browser: Client):
    address = f"/staff/evaluation/from/{talked.pk}/"
    text = browser.get(address).context["form"].initial["text"]
    browser.post(address, {"text": text, "new_suite": "October"})
    kept = Scenario.objects.get()
    assert kept.message == talked and "message" not in str(kept.script)
    page = browser.get(address).text
    assert "There is a scenario of this answer already" in page and "<textarea" not in page
    assert f"/admin/evaluation/scenario/{kept.pk}/change/" in page
    assert f"/staff/evaluation/suites/{kept.suite_id}/" in page and f"{address}?another=1" in page
    twice = browser.post(address, {"text": text, "new_suite": "November"})
    assert twice.status_code == 409 and "Keep another one" in twice.text and "Say hello" in twice.text
    assert Scenario.objects.count() == Suite.objects.count() == 1
    assert 'name="another"' in browser.get(f"{address}?another=1").text
    browser.post(address, {"text": text, "another": "1"})
    assert Scenario.objects.count() == 2
    talked.conversation.delete()
    assert set(Scenario.objects.values_list("message", flat=True)) == {None}


def test_everything_that_can_be_expected_is_explained(talked, browser: Client):
    assert {one.name for one in EXPECTED} == set(Expected.model_fields)
    for one in EXPECTED:
        Expected.model_validate(read_yaml(one.example).data)
    page = browser.get(f"/staff/evaluation/from/{talked.pk}/").text
    assert "What can be expected" in page and "says_not: [I do not know]" in page


def test_choices_are_told_without_the_empty_one(talked, browser: Client):
    text = browser.get(f"/staff/evaluation/from/{talked.pk}/").context["form"].initial["text"]
    wrong = text.replace("outcome: guided", "outcome: solved")
    page = browser.post(f"/staff/evaluation/from/{talked.pk}/", {"text": wrong})
    assert page.status_code == 422 and "declined, handoff, guided." in page.text


def test_it_is_played_again(talked, ada):
    publish(create_flow(Graph.model_validate(HELLO), author=None).pk, author=None)
    turned = run_scenario(proposed(talked), ada)
    assert [one.met for one in turned] == [True, True]


def test_what_cannot_be_a_scenario_is_begun_empty(ada, browser: Client):
    begun = Conversation.objects.create(assistant=ada, customer=Customer.objects.create())
    with record(begun.pk) as writing:
        answer = writing.post(kind=Message.Kind.ASSISTANT, text="Hello, how can I help?")
    page = browser.get(f"/staff/evaluation/from/{answer.pk}/")
    assert page.status_code == 200 and page.context["form"].initial["text"] == ""
    assert "Nothing could be proposed" in page.text


def test_staff_are_led_there_from_every_answer_and_customers_are_not(talked):
    shown = {
        audience: render_to_string(
            "conversations/_message_actions.html", {"message": talked, "audience": audience}
        )
        for audience in ("staff", "customer")
    }
    assert f"/staff/evaluation/from/{talked.pk}/" in shown["staff"]
    assert "/staff/evaluation/" not in shown["customer"]
