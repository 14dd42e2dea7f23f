"""A model that is about to go is known before it is gone: from the provider, else from what was announced."""

from datetime import date

import pytest
from pytest_django.fixtures import Settings

from llm.checks import check_lifetimes
from llm.choosing import ChatModel
from llm.errors import ModelError
from llm.lifetimes import ENDS, WRITTEN_ON, Lifetime, announced_end, ask_lifetime, known_lifetime, warning
from tests.modelserver.control import ModelServer

TODAY = date(2026, 11, 24)


def openai(name: str) -> ChatModel:
    return ChatModel(name, None, "none")


def test_the_day_that_the_provider_names_counts(model: ChatModel, model_server: ModelServer) -> None:
    model_server.list_models(scripted="2027-03-01")
    assert ask_lifetime(model) == Lifetime("scripted", date(2027, 3, 1), listed=True)
    assert known_lifetime(model).ends == date(2027, 3, 1), "pages know it without asking"


@pytest.mark.parametrize("day", ["soon", "", None])
def test_a_day_that_is_none_is_not_one(model: ChatModel, model_server: ModelServer, day: str | None) -> None:
    model_server.list_models(scripted=day)
    assert ask_lifetime(model).ends is None


def test_a_model_that_was_listed_and_no_longer_is_has_gone(
    model: ChatModel, model_server: ModelServer
) -> None:
    ask_lifetime(model)
    model_server.list_models(another=None)
    assert ask_lifetime(model).gone
    assert ask_lifetime(model).gone, "and stays so when it is asked again"
    assert "no longer in the provider's list" in warning(known_lifetime(model), TODAY)


def test_a_server_that_never_listed_it_says_nothing(model: ChatModel, model_server: ModelServer) -> None:
    model_server.list_models(another=None)
    lifetime = ask_lifetime(model)
    assert (lifetime.listed, lifetime.gone) == (False, False)
    assert warning(lifetime, TODAY) == ""


def test_a_server_without_a_list_is_an_error_and_forgets_nothing(
    model: ChatModel, model_server: ModelServer
) -> None:
    model_server.list_models(scripted="2027-03-01")
    ask_lifetime(model)
    model_server.list_models()
    with pytest.raises(ModelError):
        ask_lifetime(model)
    assert known_lifetime(model).ends == date(2027, 3, 1)


def test_what_was_announced_is_known_without_a_network() -> None:
    assert announced_end(openai("gpt-5-mini")) == date(2026, 12, 11)
    assert announced_end(openai("ft:gpt-4.1-mini-2025-04-14:acme::abc123")) == date(2027, 1, 14)
    assert announced_end(ChatModel("gpt-5-mini", "https://api.openai.com/v1", "x")) == date(2026, 12, 11)
    assert announced_end(ChatModel("gpt-5-mini", "https://another.example/v1", "x")) is None
    assert announced_end(openai("some-model")) is None


def test_the_warning_says_the_day_before_it_and_after_it() -> None:
    lifetime = Lifetime("gpt-5", date(2026, 12, 11))
    assert warning(lifetime, TODAY).startswith("gpt-5 will be shut down on 11 December 2026.")
    assert "was to be shut down" in warning(lifetime, date(2026, 12, 11))


def test_the_dates_are_those_of_one_reading() -> None:
    assert ENDS and max(ENDS.values()) > WRITTEN_ON


def test_a_start_warns_of_a_model_of_the_settings(settings: Settings) -> None:
    settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL, settings.FALLBACK_MODEL = "k", "", "o3"
    settings.ANSWER_MODEL = settings.REWRITE_MODEL = "gpt-5"
    found = check_lifetimes()
    assert [one.id for one in found] == ["causerie.W001", "causerie.W001"]
    settings.ANSWER_MODEL = settings.REWRITE_MODEL = settings.FALLBACK_MODEL = "some-model"
    assert check_lifetimes() == []
