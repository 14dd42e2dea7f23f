"""Try each configured model at what its tasks need, and say what it can do."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import pydantic

from . import dialects
from .choosing import TASKS, ChatModel, chat_model_for
from .clients import close_clients, sync_client
from .completing import complete, complete_structured
from .embedding import embed_passages
from .embedding_model import configured_model
from .errors import REASONS, ModelError, provider_errors
from .messages import ChatMessage, request_for
from .streaming import TextDelta, stream_chat

GREETING = [ChatMessage("user", "Say hello in one short sentence.")]
TOOL = {
    "name": "order_status",
    "description": "Look up where an order is.",
    "parameters": {"type": "object", "properties": {"number": {"type": "string"}}, "required": ["number"]},
}
PASSAGES = ["Refunds are paid within five days.", "Les remboursements sont versés sous cinq jours."]


class Opening(pydantic.BaseModel):
    """What the structured check asks for."""

    weekday: str
    open: bool


@dataclass(frozen=True)
class Finding:
    """One thing that was tried. `needed`: the installation cannot do its work without it."""

    model: str
    tasks: str
    ability: str
    works: bool
    needed: bool
    seconds: float
    detail: str


def check_models() -> list[Finding]:
    """Asks every configured model; takes seconds, and costs a few hundred tokens for each."""
    with asyncio.Runner() as runner:
        try:
            chat = [finding for model, tasks in _models().items() for finding in _chat(runner, model, tasks)]
        finally:
            runner.run(close_clients())
    return [*chat, _embedding()]


def _models() -> dict[ChatModel, list[str]]:
    """Each configured chat model with its tasks."""
    models: dict[ChatModel, list[str]] = {}
    for task in TASKS:
        if model := chat_model_for(task):
            models.setdefault(model, []).append(task)
    return models


def _chat(runner: asyncio.Runner, model: ChatModel, tasks: list[str]) -> Iterator[Finding]:
    abilities: dict[str, tuple[Callable[[], str], bool]] = {
        "chat": (lambda: runner.run(_completes(model)), True),
        "streaming": (lambda: runner.run(_streams(model)), "answer" in tasks),
        "structured": (lambda: runner.run(_structures(model)), False),
        "tools": (lambda: _calls_tools(model), False),
    }
    for ability, (trial, needed) in abilities.items():
        yield _tried(trial, model=model.name, tasks=", ".join(tasks), ability=ability, needed=needed)


def _embedding() -> Finding:
    name = configured_model().name
    return _tried(_embeds, model=name, tasks="search", ability="embeddings", needed=True)


def _tried(trial: Callable[[], str], *, model: str, tasks: str, ability: str, needed: bool) -> Finding:
    start = time.monotonic()
    try:
        works, detail = True, trial()
    except ModelError as error:
        works, detail = False, ": ".join(filter(None, (REASONS[error.code], error.detail)))
    return Finding(model, tasks, ability, works, needed, round(time.monotonic() - start, 2), detail)


async def _completes(model: ChatModel) -> str:
    completion = await complete(GREETING, model=model, max_tokens=200, budget=60)
    counted = f"{completion.usage.completion_tokens} tokens" if completion.usage.reported else "not counted"
    return f"{counted}, cost {'unknown' if completion.usage.cost is None else completion.usage.cost}"


async def _streams(model: ChatModel) -> str:
    start, first, pieces = time.monotonic(), 0.0, 0
    async with aclosing(stream_chat(GREETING, model=model, max_tokens=200)) as events:
        async for event in events:
            if isinstance(event, TextDelta):
                first = first or time.monotonic() - start
                pieces += 1
    return f"first word after {first:.2f} s, {pieces} pieces"


async def _structures(model: ChatModel) -> str:
    asked = [ChatMessage("user", "The shop is closed on Sunday. Fill in the weekday and whether it is open.")]
    opening, _ = await complete_structured(asked, model=model, schema=Opening, budget=60)
    return f"{opening.weekday}: {'open' if opening.open else 'closed'}"


def _calls_tools(model: ChatModel) -> str:
    asked = [ChatMessage("user", "Where is my order 1234?")]
    tools: Any = [{"type": "function", "function": TOOL}]
    request = request_for(
        asked, model=model, max_tokens=200, temperature=0, tools=tools, tool_choice="required"
    )
    with provider_errors():
        client = sync_client(model.base_url, model.api_key, 60)
        answer = client.chat.completions.create(**dialects.spoken(request, model))
    calls = answer.choices[0].message.tool_calls if answer.choices else None
    if not calls:
        raise ModelError("invalid_output", detail="it did not call the tool that it was told to call")
    return f"{calls[0].function.name}({calls[0].function.arguments})"


def _embeds() -> str:
    first, second = embed_passages(PASSAGES)
    likeness = sum(a * b for a, b in zip(first, second, strict=True))
    return f"{len(first)} dimensions, English and French alike by {likeness:.2f}"
