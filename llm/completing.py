"""One whole answer, for work that the customer does not watch: rewriting a question, judging, summing up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pydantic

from . import dialects, structured
from .attempts import ATTEMPTS, delay_before_retry
from .breaker import breaker
from .choosing import ChatModel
from .clients import async_client, timeout
from .deltas import read_delta
from .errors import ModelError, provider_errors
from .messages import ChatMessage, request_for
from .pricing import Usage, usage_of
from .sdk import openai
from .waiting import waiting

Schema = TypeVar("Schema", bound=pydantic.BaseModel)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Completion:
    text: str
    reason: str  # stop, length, content_filter
    usage: Usage


async def complete(
    messages: Sequence[ChatMessage],
    *,
    model: ChatModel,
    max_tokens: int = 400,
    temperature: float = 0.0,
    budget: float = 20.0,
) -> Completion:
    """The model's answer as a whole, within `budget` seconds; raise `ModelError` otherwise."""
    request = request_for(messages, model=model, max_tokens=max_tokens, temperature=temperature)
    return await _within_budget(request, model, budget, _as_it_is)


async def complete_structured(
    messages: Sequence[ChatMessage],
    *,
    model: ChatModel,
    schema: type[Schema],
    max_tokens: int = 600,
    temperature: float = 0.0,
    budget: float = 20.0,
    seed: int | None = None,
) -> tuple[Schema, Usage]:
    """The model's answer as an instance of `schema`; with a `seed` the same one again, where the server can.

    An answer that does not fit is asked for once more; then `ModelError("invalid_output")`.
    """
    told = [*messages, ChatMessage("system", structured.instruction(schema))]
    seeded: dict[str, Any] = {} if seed is None else {"seed": seed}
    request = request_for(
        told,
        model=model,
        max_tokens=max_tokens,
        temperature=temperature,
        response_format=structured.response_format(schema),
        **seeded,
    )

    def fitting(completion: Completion) -> tuple[Schema, Usage]:
        return structured.parse(completion.text, schema), completion.usage

    return await _within_budget(request, model, budget, fitting)


def _as_it_is(completion: Completion) -> Completion:
    return completion


async def _within_budget(
    request: dict[str, Any], model: ChatModel, budget: float, accept: Callable[[Completion], Result]
) -> Result:
    clock = asyncio.get_running_loop().time
    until = clock() + budget
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with breaker.asking(model):
                return accept(await _request(request, model, until))
        except ModelError as error:
            delay = delay_before_retry(error, attempt=attempt, left=until - clock())
            if delay is None:
                raise
            await asyncio.sleep(delay)
    raise AssertionError("the last attempt raises")


async def _request(request: dict[str, Any], model: ChatModel, until: float) -> Completion:
    with provider_errors():
        async with asyncio.timeout_at(until):
            with waiting():
                body = await _send(request, model, until)
            return _read(body, model)


async def _send(request: dict[str, Any], model: ChatModel, until: float) -> bytes:
    """The body of the answer. Nothing arrives before all of it is written, so the silence allowed is all."""
    left = max(until - asyncio.get_running_loop().time(), 0.1)
    create = async_client(model.base_url, model.api_key).chat.completions.with_raw_response.create
    while True:
        try:
            answer = await create(**dialects.spoken(request, model), timeout=timeout(left))
        except openai.APIStatusError as error:
            if not dialects.learn(error, model):
                raise
        else:
            body: bytes = answer.content
            return body


def _read(body: bytes, model: ChatModel) -> Completion:
    answer = read_delta(body)
    if answer.reason is None:
        raise ModelError("empty" if b'"choices"' in body else "garbled", detail=f"{body[:80]!r}")
    if not answer.text and answer.reason == "stop":
        raise ModelError("empty")
    return Completion(answer.text, answer.reason, usage_of(model.name, answer.usage))
