"""Staff test an assistant's models from its page, and are warned there of one that is about to go."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from assistant.models import Assistant
from llm.choosing import ChatModel
from llm.lifetimes import ask_lifetime
from tests.modelserver.control import ModelServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor(client: Client) -> Client:
    cache.clear()
    client.force_login(get_user_model().objects.create_user("ada2", role="editor", is_staff=True))
    return client


def press(editor: Client, assistant: Assistant) -> list[str]:
    address = reverse("admin:assistant_assistant_test_models", args=[assistant.pk])
    answer = editor.post(address, {"_form_submitted": "True"}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == reverse("admin:assistant_assistant_change", args=[assistant.pk])
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_the_button_says_what_the_models_can_do(
    editor: Client, assistant: Assistant, scripted_model: ModelServer
) -> None:
    assert press(editor, assistant) == [
        "scripted: it answers, it writes word by word, it keeps to a form, it calls tools."
    ]


def test_it_says_why_a_model_does_not_answer(
    editor: Client, assistant: Assistant, scripted_model: ModelServer
) -> None:
    scripted_model.script({"fault": "status", "status": 401})
    (said,) = press(editor, assistant)
    assert said.startswith("scripted: it does not answer (the provider refuses the key")


def test_without_a_model_it_says_so(editor: Client, assistant: Assistant) -> None:
    assert "No chat model is configured" in press(editor, assistant)[0]


def test_opening_the_dialog_asks_nobody(
    editor: Client, assistant: Assistant, scripted_model: ModelServer
) -> None:
    address = reverse("admin:assistant_assistant_test_models", args=[assistant.pk])
    assert "four short questions" in editor.get(address).content.decode()
    assert scripted_model.requests() == []


def test_the_page_warns_of_a_model_that_is_about_to_go(
    editor: Client, assistant: Assistant, model_server: ModelServer, settings: Settings
) -> None:
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.ANSWER_MODEL = settings.REWRITE_MODEL = "scripted"
    page = reverse("admin:assistant_assistant_change", args=[assistant.pk])
    assert "will be shut down" not in editor.get(page).content.decode()
    model_server.list_models(scripted="2999-12-11")
    ask_lifetime(ChatModel("scripted", model_server.url, "scripted-key"))
    assert "scripted will be shut down on 11 December 2999" in editor.get(page).content.decode()
