"""One request for a streamed reply: its bytes, its clock, and what counts as a complete answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import AsyncExitStack
from typing import Any

from . import dialects
from .choosing import ChatModel
from .clients import async_client, timeout
from .deltas import read_delta
from .errors import ModelError, provider_errors
from .gathering import Gathered
from .limits import limits
from .sdk import openai
from .sse import EventSplitter, WholeBody

DONE = b"[DONE]"


class StreamAttempt:
    """Iterate `texts()` once; then `reason`, `usage` and `called` say how it ended. Raises `ModelError`.

    Nothing is repaired by guessing: a line that is not JSON, or an end without its mark, fails the attempt,
    because a reply with a hole in it reads like a reply.
    """

    def __init__(self, request: Mapping[str, Any], model: ChatModel, deadline: float) -> None:
        self._limits = limits()
        self._request = {**request, "timeout": timeout(self._limits.silence)}
        self._model, self._deadline = model, deadline
        self._clock = asyncio.get_running_loop().time
        self._first_token_by = self._clock() + self._limits.first_token
        self._splitter: EventSplitter | WholeBody = EventSplitter()
        self._answered = self._alive = self._done = self._ended = False
        self.visible = False
        self.reason = ""
        self.usage: Mapping[str, Any] | None = None
        self.called = Gathered()

    async def texts(self) -> AsyncGenerator[str, None]:
        """The visible text, piece by piece, none of them empty."""
        async with AsyncExitStack() as stack:
            with provider_errors():
                response = await self._open(stack)
            chunks = response.iter_bytes()
            while not self._ended:
                for data in await self._next(chunks):
                    if text := self._take(data):
                        self.visible = True
                        yield text
        self._conclude()

    async def _open(self, stack: AsyncExitStack) -> openai.AsyncAPIResponse[Any]:
        completions = async_client(self._model.base_url, self._model.api_key).chat.completions
        while True:
            request = dialects.spoken(self._request, self._model)
            try:
                async with asyncio.timeout_at(self._patience()):
                    response = await stack.enter_async_context(
                        completions.with_streaming_response.create(**request)
                    )
            except openai.APIStatusError as error:
                if not dialects.learn(error, self._model):
                    raise
            else:
                if response.headers.get("content-type", "").startswith("application/json"):
                    self._splitter = WholeBody()
                return response

    async def _next(self, chunks: AsyncIterator[bytes]) -> list[bytes]:
        """The events of the next bytes; sets `_ended` when there are no more."""
        try:
            with provider_errors():
                chunk = await self._read(chunks)
        except StopAsyncIteration:
            self._ended = True
            return self._splitter.rest()
        except ModelError as error:
            if not self._complete():
                raise self._named(error) from error
            self._ended = True  # only the farewell is lost
            return []
        return self._splitter.feed(chunk)

    async def _read(self, chunks: AsyncIterator[bytes]) -> bytes:
        # While the budget is far away, the socket's own timeout watches; a timer per token would cost 10 %.
        if self._alive and not self._complete() and self._clock() + self._limits.silence < self._deadline:
            return await anext(chunks)
        async with asyncio.timeout_at(self._patience()):
            return await anext(chunks)

    def _take(self, data: bytes) -> str:
        """The text in one event, which may be none."""
        if data == DONE:
            self._done = True
        if data == DONE or not data:
            return ""
        delta = read_delta(data)
        self._answered = True
        self._alive = self._alive or delta.alive
        self.reason = delta.reason or self.reason
        self.usage = delta.usage or self.usage
        if delta.calls:
            self.called.add(delta.calls)
        return delta.text

    def _patience(self) -> float:
        """The loop time until which the next bytes may take."""
        now = self._clock()
        if self._complete():
            return now + self._limits.farewell
        wait_until = now + self._limits.silence if self._alive else self._first_token_by
        return min(wait_until, self._deadline)

    def _complete(self) -> bool:
        return self._done or bool(self.reason)

    def _named(self, error: ModelError) -> ModelError:
        """A timeout means something else once the model has begun."""
        if error.code != "timeout" or not self._alive:
            return error
        code = "over_budget" if self._clock() >= self._deadline else "stalled"
        return ModelError(code, detail=error.detail)

    def _conclude(self) -> None:
        if not self._answered and not self._done:
            foreign = self._splitter.bytes_seen > 0
            raise ModelError("not_a_stream" if foreign else "empty", permanent=foreign)
        if not self._complete():
            raise ModelError("interrupted", detail="the stream ended without its mark")
        # Some servers end with the mark alone.
        self.reason = self.reason or "stop"
        if not self.visible and not self.called and self.reason in ("stop", "tool_calls"):
            raise ModelError("empty")
