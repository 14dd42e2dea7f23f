"""The words of a reply as the model writes them: the lean path.

The SDK keeps its authentication, connections and errors; its objects, which cost more than everything else
together, are bypassed by reading the bytes of the stream ourselves. A failure before the first visible
token may be retried once; after it the caller is told and decides, because the customer has seen words.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from .attempts import ATTEMPTS, delay_before_retry
from .breaker import breaker
from .choosing import ChatModel
from .errors import ModelError
from .messages import ChatMessage, Tool, ToolCall, request_for
from .pricing import Usage, usage_of
from .stream_attempt import StreamAttempt

__all__ = ["ChatMessage", "Finished", "TextDelta", "Tool", "ToolCall", "stream_chat"]


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Always last. `reason` is the provider's: stop, length, content_filter, tool_calls. `calls` are what the
    model wants called; a server may name any reason for them."""

    reason: str
    usage: Usage
    calls: tuple[ToolCall, ...] = ()


async def stream_chat(
    messages: Sequence[ChatMessage],
    *,
    model: ChatModel,
    tools: Sequence[Tool] = (),
    may_call: bool = True,
    max_tokens: int = 800,
    temperature: float = 0.2,
    budget: float = 60.0,
) -> AsyncGenerator[TextDelta | Finished, None]:
    """Yield the reply's text piece by piece and then `Finished`; raise `ModelError` otherwise.

    `budget` is the time for everything, retry included, in seconds. Closing the generator (`aclosing`) or
    cancelling the task closes the connection to the provider, which ends the generation there. `tools` are
    offered to the model, which `may_call` them or, False, is shown them because it has called some before. A
    server that knows none answers without.
    """
    more: dict[str, object] = {} if may_call or not tools else {"tool_choice": "none"}
    request = request_for(
        messages, model=model, max_tokens=max_tokens, temperature=temperature, tools=tools, stream=True,
        stream_options={"include_usage": True}, **more,
    )  # fmt: skip
    clock = asyncio.get_running_loop().time
    deadline = clock() + budget
    for attempt in range(1, ATTEMPTS + 1):
        asked = StreamAttempt(request, model, deadline)
        try:
            with breaker.asking(model):
                async with aclosing(asked.texts()) as texts:
                    async for text in texts:
                        yield TextDelta(text)
        except ModelError as error:
            delay = delay_before_retry(error, attempt=attempt, left=deadline - clock())
            if asked.visible or delay is None:
                raise
            await asyncio.sleep(delay)
        else:
            yield Finished(asked.reason, usage_of(model.name, asked.usage), asked.called.calls)
            return
