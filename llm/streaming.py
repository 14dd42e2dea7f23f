"""The words of a reply as the model writes them: the lean path.

The SDK keeps its authentication, connections and errors; its objects, which cost more than everything else
together, are bypassed by reading the bytes of the stream ourselves. A failure before the first visible
token may be retried once; after it the caller is told and decides, because the customer has seen words.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

import openai
from openai import AsyncAPIResponse

from . import dialects
from .attempts import delay_before_retry
from .breaker import breaker
from .choosing import ChatModel
from .clients import async_client
from .deltas import Delta, read_delta
from .errors import ModelError, provider_errors
from .limits import limits
from .messages import ChatMessage, request_for
from .pricing import Usage, usage_of
from .sse import EventSplitter

__all__ = ["ChatMessage", "Finished", "TextDelta", "stream_chat"]


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Always last. `reason` is the provider's: stop, length, content_filter, tool_calls."""

    reason: str
    usage: Usage


async def stream_chat(
    messages: Sequence[ChatMessage], *, model: ChatModel, max_tokens: int = 800, temperature: float = 0.2,
    budget: float = 60.0,
) -> AsyncGenerator[TextDelta | Finished, None]:
    """Yield the reply's text piece by piece and then `Finished`; raise `ModelError` otherwise.

    `budget` is the time for everything, retry included, in seconds. Closing the generator (`aclosing`) or
    cancelling the task closes the connection to the provider, which ends the generation there.
    """
    request = request_for(messages, model=model, max_tokens=max_tokens, temperature=temperature,
                          stream=True, stream_options={"include_usage": True})
    deadline = asyncio.get_running_loop().time() + budget
    attempt, visible = 1, False
    while True:
        breaker.check(model)
        try:
            async with aclosing(_Attempt(request, model, deadline).events()) as events:
                async for event in events:
                    visible = True
                    yield event
            breaker.succeeded(model)
            return
        except ModelError as error:
            if not error.permanent:
                breaker.failed(model)
            left = deadline - asyncio.get_running_loop().time()
            delay = None if visible else delay_before_retry(error, attempt=attempt, left=left)
            if delay is None:
                raise
        attempt += 1
        await asyncio.sleep(delay)
