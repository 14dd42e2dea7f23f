"""Every model that anybody would ask is tried, for what it is needed, and said to be going when it is."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from pytest_django.fixtures import Settings

from assistant.models import Assistant
from assistant.tasks import look_at_lifetimes
from tests.modelserver.control import ModelServer

pytestmark = pytest.mark.django_db(transaction=True)
TRIED = ("chat", "streaming", "structured", "tools", "lifetime")


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    cache.clear()


def run(*arguments: str) -> tuple[str, int]:
    output = StringIO()
    try:
        call_command("check_models", *arguments, stdout=output)
    except SystemExit as end:
        return output.getvalue(), int(end.code or 0)
    return output.getvalue(), 0


def findings() -> dict[tuple[str, str], dict[str, Any]]:
    output, _ = run("--json")
    return {(finding["model"], finding["ability"]): finding for finding in json.loads(output)}


def test_it_says_what_each_model_can_do(scripted_model: ModelServer, settings: Settings) -> None:
    settings.REWRITE_MODEL = "scripted-small"
    found = findings()
    assert set(found) == {
        *(("scripted", ability) for ability in TRIED),
        *(("scripted-small", ability) for ability in TRIED),
        ("scripted-embedding", "embeddings"),
    }
    assert all(finding["works"] for finding in found.values())
    assert "384 dimensions" in found["scripted-embedding", "embeddings"]["detail"]


def test_a_reranker_is_tried_with_as_much_as_a_question_brings(
    scripted_model: ModelServer, settings: Settings
) -> None:
    settings.RERANK_MODEL = "scripted-reranker"
    found = findings()["scripted-reranker", "reranking"]
    assert found["works"] and found["needed"] and "30 passages" in found["detail"]
    [asked] = scripted_model.requests("/v1/rerank")
    assert {600 < len(text) <= 700 for text in asked["body"]["documents"]} == {True}


def test_a_reranker_that_fails_is_named(scripted_model: ModelServer, settings: Settings) -> None:
    settings.RERANK_MODEL, settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL = "scripted-reranker", "", ""
    scripted_model.script({"model": "scripted-reranker", "fault": "status", "status": 404})
    output, code = run()
    assert code == 1
    assert "scripted-reranker" in output and "the provider does not know this model or address" in output
    assert "No chat model is configured" in output


def test_the_models_of_every_assistant_are_tried_once_and_say_who_uses_them(
    scripted_model: ModelServer, settings: Settings
) -> None:
    settings.FALLBACK_MODEL = "spare"
    Assistant.objects.create(name="Lucie", slug="lucie", languages=["en"], answer_model="own")
    Assistant.objects.create(name="Otto", slug="otto", languages=["en"], answer_model="own")
    Assistant.objects.create(name="Same", slug="same", languages=["en"], answer_model="scripted")
    found = findings()
    assert found["own", "chat"]["uses"] == "answer (Lucie), answer (Otto)"
    assert found["scripted", "chat"]["uses"] == "answer, rewrite, judge"
    assert found["spare", "streaming"]["needed"]
    asked = [request["model"] for request in scripted_model.requests()]
    assert asked.count("own") == asked.count("scripted") == asked.count("spare") == 4


def test_a_model_that_cannot_do_its_task_is_named_and_not_asked_again(scripted_model: ModelServer) -> None:
    scripted_model.script({"fault": "status", "status": 401})
    output, code = run()
    assert code == 1
    assert "the provider refuses the key" in output
    assert output.count(" NO ") == 2
    assert len(scripted_model.requests()) == 1


def test_an_ability_that_nobody_needs_may_be_missing(scripted_model: ModelServer) -> None:
    scripted_model.script({"match": "order", "text": "I cannot look that up."})
    output, code = run()
    assert code == 0
    assert "it did not call the tool" in output


def test_working_without_a_model_is_not_a_failure(scripted_model: ModelServer, settings: Settings) -> None:
    settings.OPENAI_API_KEY = settings.OPENAI_BASE_URL = ""
    output, code = run()
    assert code == 0
    assert "No chat model is configured" in output


def test_a_shutdown_that_the_provider_announces_is_a_warning(scripted_model: ModelServer) -> None:
    scripted_model.list_models(scripted="2999-12-11")
    found = findings()["scripted", "lifetime"]
    assert not found["works"] and not found["needed"]
    assert "11 December 2999" in found["detail"]


def test_every_day_the_providers_are_asked_about_all_models(
    scripted_model: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    Assistant.objects.create(name="Lucie", slug="lucie", languages=["en"], answer_model="own")
    scripted_model.list_models(scripted=None, own="2999-12-11")
    look_at_lifetimes()
    assert "own will be shut down on 11 December 2999" in caplog.text
    assert scripted_model.requests() == []
