"""The model writes, calls, is told, and writes on: a bounded number of times, within one budget."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace

from django.conf import settings

from assistant.events import Delta, Progress
from assistant.evidence import Evidence
from assistant.tools.desk import Desk, is_object
from assistant.writing import Written, write
from llm.choosing import ChatModel
from llm.messages import ChatMessage, ToolCall
from llm.pricing import added


async def write_with_tools(
    prompt: Sequence[ChatMessage],
    *,
    models: Sequence[ChatModel],
    evidence: Sequence[Evidence],
    question: str,
    desk: Desk,
) -> AsyncGenerator[Progress | Delta | Written, None]:
    """As `write`, and in between what it calls is done. Raises `ModelError` as that does: what was brought
    until then lies on the desk, and what it cost."""
    until = asyncio.get_running_loop().time() + settings.REPLY_BUDGET_SECONDS
    messages = list(prompt)
    written: Written | None = None
    while written is None or (written.calls and desk.may_call):
        if written is not None:
            yield Progress("acting")
            answered = await desk.take(written.calls, passages=len(evidence), until=until)
            if desk.is_over:
                break
            messages += [ChatMessage("assistant", "", calls=sayable(written.calls)), *answered]
            yield Progress("writing")
        known = [*evidence, *desk.evidence]
        writing = write(
            messages, models=models, evidence=known, question=question, until=until,
            tools=desk.tools, may_call=desk.may_call,
        )  # fmt: skip
        async with aclosing(writing) as events:
            async for event in events:
                if isinstance(event, Delta):
                    yield event
                else:
                    written = event
                    desk.usage = added(desk.usage, event.usage)
    assert written is not None  # the loop has run once
    yield written


def sayable(calls: Sequence[ToolCall]) -> tuple[ToolCall, ...]:
    """As they may be repeated to the model: servers read the arguments, and stumble over what is no JSON."""
    return tuple(
        replace(call, name=call.name or "unknown", arguments=call.arguments if is_object(call) else "{}")
        for call in calls
    )
