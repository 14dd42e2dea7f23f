"""With a model the answer is worded by it, and still says only what the passages say."""

import pytest
from pytest_django.fixtures import Settings

from assistant.asking import ask
from assistant.events import Outcome, Said
from assistant.models import Assistant
from llm.attempts import ATTEMPTS
from llm.errors import ModelError
from tests.modelserver.control import ModelServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("articles")]
QUESTION = "How long does delivery in Europe take?"


@pytest.fixture
def model(model_server: ModelServer, settings: Settings) -> ModelServer:
    """The scripted model answers; meaning still comes from the suite's own embeddings."""
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.ANSWER_MODEL = settings.REWRITE_MODEL = "scripted"
    return model_server


def test_the_models_words_are_given_with_verified_numbers(assistant: Assistant, model: ModelServer) -> None:
    model.script({"text": "[ANSWER] Delivery in Europe takes three to five working days [1]."})
    answer = ask(assistant, QUESTION).answer
    assert answer.text == "Delivery in Europe takes three to five working days. [1]"
    assert [citation.external_id for citation in answer.citations] == ["delivery"]
    assert answer.usage is not None and answer.route is not None and answer.route.prompt


def test_a_sentence_that_nothing_supports_is_dropped(assistant: Assistant, model: ModelServer) -> None:
    model.script(
        {"text": "[ANSWER] Delivery in Europe takes three to five working days [1]. It costs 12 euros [1]."}
    )
    answer = ask(assistant, QUESTION).answer
    assert "12" not in answer.text
    assert answer.route is not None and "dropped_1" in answer.route.reasons


def test_an_invented_answer_becomes_a_quote(assistant: Assistant, model: ModelServer) -> None:
    model.script({"text": "[ANSWER] Our rockets reach the moon in 48 minutes [1]."})
    answer = ask(assistant, QUESTION).answer
    assert "moon" not in answer.text and "three to five working days" in answer.text
    assert answer.route is not None and answer.route.degraded == "unsupported"


@pytest.mark.parametrize("finish", ["length", "content_filter"])
def test_an_answer_that_is_cut_off_ends_with_its_last_whole_sentence(
    assistant: Assistant, model: ModelServer, finish: str
) -> None:
    whole = "Delivery in Europe takes three to five working days [1]."
    model.script({"text": f"[ANSWER] {whole} A courier rings at the", "finish": finish})
    answer = ask(assistant, QUESTION).answer
    assert answer.text == "Delivery in Europe takes three to five working days. [1]"
    assert answer.route is not None and f"cut_{finish}" in answer.route.reasons


@pytest.mark.parametrize("finish", ["length", "content_filter"])
def test_when_nothing_whole_is_left_it_is_quoted(
    assistant: Assistant, model: ModelServer, finish: str
) -> None:
    model.script({"text": "[ANSWER] Delivery in Europe takes three to", "finish": finish})
    answer = ask(assistant, QUESTION).answer
    assert answer.route is not None
    assert (answer.route.kind, answer.route.degraded) == ("extract", f"cut_{finish}")
    assert "three to five working days" in answer.text


def test_when_the_model_finds_nothing_it_is_declined_in_our_words(
    assistant: Assistant, model: ModelServer
) -> None:
    model.script({"text": "[NONE] I am so sorry, call me on 555."})
    answer = ask(assistant, QUESTION).answer
    assert answer.outcome is Outcome.DECLINED
    assert "555" not in answer.text


def test_when_the_model_wants_to_ask_the_engine_asks(assistant: Assistant, model: ModelServer) -> None:
    model.script({"text": "[ASK]"})
    answer = ask(assistant, QUESTION).answer
    assert answer.outcome is Outcome.ASKED_BACK
    assert "Delivery" in [option.label for option in answer.options]


def test_a_phrase_of_the_model_never_hands_off(assistant: Assistant, model: ModelServer) -> None:
    model.script({"text": "[ANSWER] HANDOFF. I am passing you on to a person now. [HANDOFF]"})
    assert ask(assistant, QUESTION).answer.outcome is not Outcome.HANDOFF


@pytest.mark.parametrize("rule", [{"fault": "status", "status": 500}, {"fault": "hang"}])
def test_a_model_that_fails_before_its_first_word_is_done_without(
    assistant: Assistant, model: ModelServer, settings: Settings, rule: dict
) -> None:
    settings.MODEL_FIRST_TOKEN_SECONDS = 0.3
    model.script(rule)
    answer = ask(assistant, QUESTION).answer
    assert answer.outcome is Outcome.ANSWERED
    assert "three to five working days" in answer.text
    assert answer.route is not None and answer.route.degraded.startswith("model_")


@pytest.mark.parametrize(
    "rule",
    [
        {"fault": "status", "status": 500},
        {"fault": "status", "status": 404},
        {"fault": "hang"},
        {"text": "[ANSWER] Delivery", "fault": "cut", "after": 1},
    ],
)
def test_the_fallback_answers_when_the_model_fails_before_its_first_word(
    assistant: Assistant, model: ModelServer, settings: Settings, rule: dict
) -> None:
    settings.MODEL_FIRST_TOKEN_SECONDS, settings.FALLBACK_MODEL = 0.3, "spare"
    model.script(
        {"model": "scripted", **rule},
        {"text": "[ANSWER] Delivery in Europe takes three to five working days [1]."},
    )
    answer = ask(assistant, QUESTION).answer
    assert answer.text == "Delivery in Europe takes three to five working days. [1]"
    assert answer.route is not None
    assert (answer.route.kind, answer.route.model, answer.route.degraded) == ("knowledge", "spare", "")
    assert any(reason.startswith("fallback_") for reason in answer.route.reasons)
    asked = [request["model"] for request in model.requests()]
    assert asked.count("spare") == 1 and asked.count("scripted") <= ATTEMPTS


def test_when_the_fallback_fails_as_well_it_is_quoted(
    assistant: Assistant, model: ModelServer, settings: Settings
) -> None:
    settings.FALLBACK_MODEL = "spare"
    model.script({"fault": "status", "status": 500})
    answer = ask(assistant, QUESTION).answer
    assert "three to five working days" in answer.text
    assert answer.route is not None and "fallback_failed" in answer.route.reasons
    assert len(model.requests()) <= 2 * ATTEMPTS


def test_the_fallback_has_no_time_of_its_own(
    assistant: Assistant, model: ModelServer, settings: Settings
) -> None:
    settings.FALLBACK_MODEL, settings.REPLY_BUDGET_SECONDS = "spare", 0.5
    model.script({"fault": "hang"})
    asked = ask(assistant, QUESTION)
    assert asked.total < 3000
    assert [request["model"] for request in model.requests()] == ["scripted"]


def test_a_model_that_fails_in_mid_answer_fails_the_turn(assistant: Assistant, model: ModelServer) -> None:
    model.script(
        {"text": "[ANSWER] Delivery in Europe takes three to five days [1].", "fault": "cut", "after": 7}
    )
    with pytest.raises(ModelError):
        ask(assistant, QUESTION)


def test_a_follow_up_is_rewritten_before_it_is_searched(assistant: Assistant, model: ModelServer) -> None:
    model.script(
        {"match": "and in Europe?", "times": 1, "text": '{"question": "How long is delivery in Europe?"}'},
        {"text": "[ANSWER] Delivery in Europe takes three to five working days [1]."},
    )
    before = (Said("customer", "When do parcels leave?"), Said("assistant", "The same day. [1]"))
    answer = ask(assistant, "and in Europe?", before).answer
    assert answer.route is not None
    assert answer.route.query == "How long is delivery in Europe?", answer.route.reasons
    assert "rewritten" in answer.route.reasons
