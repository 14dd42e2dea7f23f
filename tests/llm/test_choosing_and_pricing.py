from decimal import Decimal

import pytest
from pytest_django.fixtures import Settings

from llm.choosing import chat_model_for
from llm.pricing import usage_of


@pytest.fixture(autouse=True)
def one_model(settings: Settings) -> None:
    settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL = "secret-key", ""
    settings.ANSWER_MODEL = "big"
    settings.REWRITE_MODEL = settings.JUDGE_MODEL = settings.SUMMARY_MODEL = ""


def name_for(task: str, **overrides: str) -> str | None:
    model = chat_model_for(task, overrides)
    return model.name if model else None


def test_every_task_falls_back_on_the_model_that_answers(settings: Settings) -> None:
    settings.REWRITE_MODEL = "small"
    assert [name_for(task) for task in ("answer", "rewrite", "judge")] == ["big", "small", "big"]


def test_an_assistants_own_choice_comes_first(settings: Settings) -> None:
    settings.REWRITE_MODEL = "small"
    assert name_for("rewrite", rewrite="tiny", answer="huge") == "tiny"
    assert name_for("rewrite", answer="huge") == "small"
    assert name_for("judge", answer="huge") == "huge"
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
