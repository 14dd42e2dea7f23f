from decimal import Decimal

import pytest
from pytest_django.fixtures import Settings

from llm.choosing import answering_models, chat_model_for
from llm.pricing import usage_of


@pytest.fixture(autouse=True)
def one_model(settings: Settings) -> None:
    settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL = "secret-key", ""
    settings.ANSWER_MODEL = "big"
    settings.REWRITE_MODEL = settings.FALLBACK_MODEL = settings.FALLBACK_BASE_URL = ""


def name_for(task: str, **overrides: str) -> str | None:
    model = chat_model_for(task, overrides)
    return model.name if model else None


def test_every_task_falls_back_on_the_model_that_answers(settings: Settings) -> None:
    settings.REWRITE_MODEL = "small"
    assert [name_for(task) for task in ("answer", "rewrite")] == ["big", "small"]
    settings.REWRITE_MODEL = ""
    assert name_for("rewrite") == "big"


def test_an_assistants_own_choice_comes_first(settings: Settings) -> None:
    settings.REWRITE_MODEL = "small"
    assert name_for("rewrite", rewrite="tiny", answer="huge") == "tiny"
    assert name_for("rewrite", answer="huge") == "small"
    settings.REWRITE_MODEL = ""
    assert name_for("rewrite", answer="huge") == "huge"
    assert name_for("answer", answer="") == "big"


def test_without_a_provider_or_a_name_there_is_no_model(settings: Settings) -> None:
    settings.ANSWER_MODEL = ""
    assert name_for("answer") is None
    settings.ANSWER_MODEL, settings.OPENAI_API_KEY = "big", ""
    assert name_for("answer") is None


def test_a_local_server_needs_no_key(settings: Settings) -> None:
    settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL = "", "http://localhost:11434/v1"
    model = chat_model_for("answer")
    assert model is not None
    assert (model.base_url, bool(model.api_key)) == ("http://localhost:11434/v1", True)


def test_the_fallback_comes_after_the_model_that_answers(settings: Settings) -> None:
    settings.FALLBACK_MODEL = "spare"
    assert [model.name for model in answering_models()] == ["big", "spare"]
    settings.FALLBACK_MODEL = "big"
    assert [model.name for model in answering_models()] == ["big"]


def test_a_fallback_elsewhere_is_not_told_the_key_of_here(settings: Settings) -> None:
    settings.FALLBACK_MODEL, settings.FALLBACK_BASE_URL = "big", "http://localhost:11434/v1"
    first, second = answering_models()
    assert (first.api_key, second.api_key) == ("secret-key", "none")
    assert second.base_url == "http://localhost:11434/v1"


def test_a_fallback_alone_does_not_turn_a_model_on(settings: Settings) -> None:
    settings.ANSWER_MODEL, settings.FALLBACK_MODEL = "", "spare"
    assert answering_models() == []


def test_the_key_is_never_printed() -> None:
    assert "secret-key" not in repr(chat_model_for("answer"))


def test_cost_is_known_only_for_models_with_a_price(settings: Settings) -> None:
    settings.MODEL_PRICES = {"big-2*": [2, 8], "big": [1, 4]}
    counted = {"prompt_tokens": 1000, "completion_tokens": 500}
    assert usage_of("big-2026-01-01", counted).cost == Decimal("0.006")
    assert usage_of("big", counted).cost == Decimal("0.003")
    assert usage_of("other", counted).cost is None
    assert usage_of("big", None).cost is None
    assert usage_of("big", {"prompt_tokens": None}).prompt_tokens == 0
