"""What a reply's stream promises besides surviving faults."""

import asyncio
import time
from contextlib import aclosing
from decimal import Decimal

import openai
import pytest
from pytest_django.fixtures import Settings

from llm.choosing import ChatModel
from llm.clients import async_client
from llm.streaming import stream_chat
from tests.llm.streams import QUESTION, outcome_of
from tests.modelserver.control import ModelServer
from tests.modelserver.wire import time_of

LONG = {"count": 200, "pace": 100}


async def test_words_arrive_while_the_model_still_writes(model: ChatModel, model_server: ModelServer) -> None:
    model_server.script({"count": 20, "pace": 50, "stamped": True})
    async with aclosing(stream_chat(QUESTION, model=model)) as events:
        async for event in events:
            if text := getattr(event, "text", ""):
                assert time.time() - (time_of(text.split()[0]) or 0) < 0.2


async def test_a_cancelled_reply_closes_the_connection_to_the_provider(
    model: ChatModel, model_server: ModelServer
) -> None:
    model_server.script(LONG)
    task = asyncio.create_task(outcome_of(model))
    await asyncio.to_thread(model_server.wait_for, lambda: _tokens(model_server) >= 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.to_thread(model_server.wait_until_idle, 1.0)
    assert _ending(model_server) == "closed_by_client"
    assert _tokens(model_server) < 100


async def test_leaving_the_stream_early_closes_the_connection_too(
    model: ChatModel, model_server: ModelServer
) -> None:
    model_server.script(LONG)
    async with aclosing(stream_chat(QUESTION, model=model)) as events:
        async for _ in events:
            break
    await asyncio.to_thread(model_server.wait_until_idle, 1.0)
    assert _ending(model_server) == "closed_by_client"


async def test_cancelling_before_the_first_word_closes_the_connection(
    model: ChatModel, model_server: ModelServer
) -> None:
    model_server.script({"fault": "hang"})
    task = asyncio.create_task(outcome_of(model))
    await asyncio.to_thread(model_server.wait_for, lambda: model_server.log()["running"] == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.to_thread(model_server.wait_until_idle, 1.0)


async def test_the_delay_that_the_provider_asks_for_is_kept(
    model: ChatModel, model_server: ModelServer
) -> None:
    model_server.script({"fault": "status", "status": 429, "retry_after": 0.7, "times": 1})
    assert (await outcome_of(model)).end == "stop"
    first, second = model_server.requests()
    assert second["at"] - first["at"] >= 0.7


async def test_the_budget_ends_a_reply_that_goes_on_and_on(
    model: ChatModel, model_server: ModelServer
) -> None:
    model_server.script(LONG)
    start = time.monotonic()
    outcome = await outcome_of(model, budget=0.6)
    assert time.monotonic() - start < 1.0
    assert outcome.end == "over_budget"
    assert outcome.pieces
    await asyncio.to_thread(model_server.wait_until_idle, 1.0)


async def test_usage_is_what_the_provider_counted_and_costs_what_the_setting_says(
    model: ChatModel, model_server: ModelServer, settings: Settings
) -> None:
    settings.MODEL_PRICES = {"script*": [1.5, 6]}
    model_server.script({"count": 10})
    finished = (await outcome_of(model)).finished
    assert finished is not None
    usage = finished.usage
    assert usage.completion_tokens == 10
    assert usage.cost == (Decimal("1.5") * usage.prompt_tokens + 6 * 10) / 1_000_000


async def test_nothing_is_made_up_when_the_provider_counts_nothing(
    model: ChatModel, model_server: ModelServer
) -> None:
    model_server.script({"count": 10, "usage": False})
    finished = (await outcome_of(model)).finished
    assert finished is not None
    assert (finished.usage.cost, finished.usage.reported) == (None, False)


@pytest.mark.parametrize("parameter", ["max_tokens", "temperature", "stream_options"])
async def test_a_parameter_that_the_server_refuses_is_left_out_from_then_on(
    parameter: str, model: ChatModel, model_server: ModelServer
) -> None:
    model_server.script({"fault": "refuse_parameter", "parameter": parameter}, {"count": 3})
    assert [(await outcome_of(model)).end for _ in range(2)] == ["stop", "stop"]
    bodies = [request["body"] for request in model_server.requests()]
    assert [parameter in body for body in bodies] == [True, False, False]


async def test_the_answers_length_is_limited_in_the_words_of_each_server(
    model: ChatModel, model_server: ModelServer
) -> None:
    await outcome_of(model)
    assert model_server.requests()[0]["body"]["max_tokens"] == 800


async def test_five_failures_in_a_row_leave_the_provider_alone(
    model: ChatModel, model_server: ModelServer
) -> None:
    model_server.script({"fault": "status", "status": 500})
    ends = [(await outcome_of(model)).end for _ in range(5)]
    assert ends == ["server_error", "server_error", "unavailable", "unavailable", "unavailable"]
    assert len(model_server.requests()) == 5
    other = ChatModel("other", model.base_url, model.api_key)
    assert (await outcome_of(other)).end == "server_error"


async def test_a_trial_that_the_customer_stops_lets_the_next_one_try(
    model: ChatModel, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("llm.breaker.REST", 0.2)
    model_server.script({"fault": "status", "status": 500})
    for _ in range(3):
        await outcome_of(model)
    assert (await outcome_of(model)).end == "unavailable"
    await asyncio.sleep(0.25)
    monkeypatch.setattr("llm.breaker.REST", 30.0)
    model_server.script({"fault": "hang"})
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await outcome_of(model)
    model_server.script({"count": 3})
    assert (await outcome_of(model)).end == "stop"


async def test_a_refused_request_does_not_count_against_the_provider(
    model: ChatModel, model_server: ModelServer
) -> None:
    model_server.script({"fault": "status", "status": 400})
    assert {(await outcome_of(model)).end for _ in range(8)} == {"bad_request"}


async def test_fifty_replies_at_once_share_one_client_and_keep_their_own_words(
    model: ChatModel, model_server: ModelServer
) -> None:
    model_server.script({"count": 30, "pace": 50})
    outcomes = await asyncio.gather(*(outcome_of(model) for _ in range(50)))
    assert {outcome.text for outcome in outcomes} == {"".join(f"word{number} " for number in range(30))}
    client = async_client(model.base_url, model.api_key)
    assert client is async_client(model.base_url, model.api_key)
    assert isinstance(client, openai.AsyncOpenAI)
    assert client.max_retries == 0


def _ending(model_server: ModelServer) -> str:
    return str(model_server.requests()[-1]["outcome"])


def _tokens(model_server: ModelServer) -> int:
    requests = model_server.requests()
    return int(requests[-1]["tokens"]) if requests else 0
