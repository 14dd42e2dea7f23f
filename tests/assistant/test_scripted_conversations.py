"""The same conversations go the same way without a model and with one that says what the words mean."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from assistant.models import Assistant
from tests.assistant.scripted import differences, scripts
from tests.modelserver.control import ModelServer

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["without a model", "with a model"])
def model(request: pytest.FixtureRequest, settings: Settings, flows: None) -> ModelServer | None:
    if request.param == "without a model":
        return None
    server: ModelServer = request.getfixturevalue("model_server")
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = server.url, "scripted-key"
    settings.ANSWER_MODEL = settings.REWRITE_MODEL = "scripted"
    return server


# All of a language in one test: the database of each test is emptied and filled again, which takes longer.
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_conversation_goes_as_written(
    assistant: Assistant, model: ModelServer | None, language: str
) -> None:
    found = scripts(language)
    assert len(found) >= 12
    wrong = [
        f"{name}, {one}"
        for name, turns in found.items()
        for one in differences(assistant, language, turns, model)
    ]
    assert not wrong, "\n".join(wrong)
