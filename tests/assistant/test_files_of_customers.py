"""What the assistant says to files: it cannot look into them, and never pretends that it can."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from assistant.events import SentFile
from assistant.models import Assistant
from flows import publishing
from tests.assistant.talking import Talk
from tests.assistant.test_walking_flows_with_a_model import meant
from tests.flows.test_files_for_slots import CLAIM
from tests.modelserver.control import ModelServer
from training import running

pytestmark = [pytest.mark.django_db(transaction=True)]
PHOTO = SentFile("1", "my_lamp.jpg", "picture", 900_000)
UNREAD = "I cannot look into what you sent"


@pytest.fixture
def claim(flows: None) -> None:
    """Beside the sample's flows."""
    graph = CLAIM.model_copy(update={"examples": {"en": ("my parcel arrived in pieces", "it came broken")}})
    publishing.publish(publishing.create_flow(graph, author=None).pk, author=None)
    running.train_if_changed()


def test_a_file_alone_is_acknowledged_and_a_person_offered(assistant: Assistant) -> None:
    talk = Talk(assistant)
    said = talk.say("", PHOTO)
    assert "my\\_lamp.jpg" in said
    assert "I cannot look into files myself" in said
    assert talk.options == ["Talk to a person"]
    assert talk.last.outcome == "answered"
    assert talk.say("yes please") and talk.last.outcome == "handoff"


def test_a_question_with_a_file_is_answered_and_the_file_not_passed_over(
    assistant: Assistant, articles: None
) -> None:
    talk = Talk(assistant)
    said = talk.say("How long does delivery take?", PHOTO)
    assert talk.last.citations
    assert UNREAD in said
    assert talk.options[-1] == "Talk to a person"
    assert UNREAD not in talk.say("And what does it cost?")


def test_who_wants_a_person_is_told_nothing_else(assistant: Assistant) -> None:
    talk = Talk(assistant)
    assert UNREAD not in talk.say("I want to talk to a person", PHOTO)
    assert talk.last.outcome == "handoff"


def test_in_french(assistant: Assistant) -> None:
    assert "notre équipe" in Talk(assistant, "fr").say("", PHOTO)


def test_a_flow_asks_for_a_file_and_takes_it(assistant: Assistant, claim: None) -> None:
    talk = Talk(assistant)
    assert "send a photo" in talk.say("my parcel arrived in pieces")
    assert talk.last.asks == {"kind": "file", "accept": "pictures"}
    assert "paper clip" in talk.say("it is black and bent")
    assert talk.last.asks == {"kind": "file", "accept": "pictures"}
    said = talk.say("", PHOTO)
    assert "Which order?" in said and UNREAD not in said
    assert talk.slots["photo"] == {"id": "1", "name": "my_lamp.jpg"}
    assert talk.last.asks == {}


def test_a_model_is_not_asked_where_a_file_belongs(
    assistant: Assistant, claim: None, model_server: ModelServer, settings: Settings
) -> None:
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.ANSWER_MODEL = settings.REWRITE_MODEL = "scripted"
    model_server.script(
        meant("came broken", {"command": "start_flow", "flow": "claim"}),
        meant(
            "attached",
            {"command": "set_slot", "slot": "photo", "value": "attached"},
            {"command": "set_slot", "slot": "order", "value": "B1234"},
        ),
    )
    talk = Talk(assistant)
    talk.say("it came broken")
    said = talk.say("The photo is attached, the number is b 1234", PHOTO)
    assert talk.slots == {"photo": {"id": "1", "name": "my_lamp.jpg"}, "order": "B1234"}
    assert "invoice" in said
