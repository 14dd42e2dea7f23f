import asyncio
import time

import pydantic
import pytest

from llm import waiting
from llm.choosing import ChatModel
from llm.completing import complete, complete_structured
from llm.errors import ModelError
from llm.streaming import ChatMessage
from tests.modelserver.control import ModelServer

ASKED = [ChatMessage("user", "And by card?")]


class Rewritten(pydantic.BaseModel):
    question: str
    languages: list[str] = []
    sure: bool | None = None


async def test_a_completion_is_the_whole_text(model: ChatModel, model_server: ModelServer) -> None:
    model_server.script({"text": "How long do refunds by card take?"})
    completion = await complete(ASKED, model=model)
    assert completion.text == "How long do refunds by card take?"
    assert (completion.reason, completion.usage.completion_tokens) == ("stop", 7)


async def test_a_structured_answer_is_an_instance(model: ChatModel, model_server: ModelServer) -> None:
    rewritten, usage = await complete_structured(ASKED, model=model, schema=Rewritten)
    assert rewritten.question == "And by card?"
    assert usage.model == "scripted"
    form = model_server.requests()[0]["body"]["response_format"]["json_schema"]
    assert form["strict"] is True
    assert form["schema"]["required"] == ["question", "languages", "sure"]
    assert form["schema"]["additionalProperties"] is False


async def test_a_fence_around_the_answer_is_forgiven(model: ChatModel, model_server: ModelServer) -> None:
    model_server.script({"text": '```json\n{"question": "x"}\n```'})
    rewritten, _ = await complete_structured(ASKED, model=model, schema=Rewritten)
    assert rewritten.question == "x"


async def test_an_answer_that_does_not_fit_is_asked_for_once_more(
    model: ChatModel, model_server: ModelServer
) -> None:
    model_server.script({"text": "Sure! Here it is.", "times": 1}, {"text": '{"question": "x"}'})
    rewritten, _ = await complete_structured(ASKED, model=model, schema=Rewritten)
    assert rewritten.question == "x"
    assert len(model_server.requests()) == 2


async def test_it_says_while_it_waits_for_the_model(model: ChatModel, model_server: ModelServer) -> None:
    model_server.script({"fault": "status", "status": 500, "times": 1}, {"text": "x"})
    heard: list[bool] = []
    token = waiting.told.set(heard.append)
    try:
        await complete(ASKED, model=model)
    finally:
        waiting.told.reset(token)
    assert heard == [True, False, True, False]  # and not between two attempts


async def test_then_it_is_invalid(model: ChatModel, model_server: ModelServer) -> None:
    model_server.script({"text": '{"question": 7}'})
    with pytest.raises(ModelError, match="invalid_output"):
        await complete_structured(ASKED, model=model, schema=Rewritten)
    assert len(model_server.requests()) == 2


async def test_a_server_without_schemas_is_told_in_words(model: ChatModel, model_server: ModelServer) -> None:
    model_server.script(
        {"fault": "refuse_parameter", "parameter": "response_format"}, {"text": '{"question": "x"}'}
    )
    rewritten, _ = await complete_structured(ASKED, model=model, schema=Rewritten)
    assert rewritten.question == "x"
    assert "JSON Schema" in model_server.requests()[-1]["body"]["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("rule", "code", "requests"),
    [
        ({"fault": "status", "status": 429}, "rate_limited", 2),
        ({"fault": "status", "status": 500}, "server_error", 2),
        ({"fault": "status", "status": 401}, "unauthorised", 1),
        ({"fault": "cut"}, "unreachable", 2),
        ({"fault": "bad_json"}, "garbled", 2),
        ({"fault": "content_type"}, "garbled", 2),
        ({"fault": "empty_choices"}, "empty", 2),
        ({"text": ""}, "empty", 2),
        ({"fault": "hang"}, "timeout", 1),
    ],
)
async def test_every_fault_has_an_outcome(
    rule: dict[str, object], code: str, requests: int, model: ChatModel, model_server: ModelServer
) -> None:
    model_server.script({"text": "Hello.", **rule})
    start = time.monotonic()
    with pytest.raises(ModelError) as caught:
        await complete(ASKED, model=model, budget=1.0)
    assert caught.value.code == code
    assert time.monotonic() - start < 1.5
    assert len(model_server.requests()) == requests
    await asyncio.to_thread(model_server.wait_until_idle)
