"""Let the model word the answer: a stream of text that may be shown, and at the end what it has decided."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from django.conf import settings

from assistant.citations import whole_sentences
from assistant.events import Delta
from assistant.evidence import Evidence
from assistant.prompts import Decision, Opening
from assistant.showing import Gate
from llm.choosing import ChatModel
from llm.errors import ModelError
from llm.pricing import Usage
from llm.streaming import ChatMessage, Finished, TextDelta, Tool, ToolCall, stream_chat

MAX_TOKENS = 700
LEAST_BUDGET = 0.1  # seconds
# Why a provider ended before the model did; whatever else it names is an end like any other.
CUT_SHORT = {"length": "cut_length", "content_filter": "cut_content_filter"}


@dataclass(frozen=True)
class Written:
    """Everything the model said, for the check, without the sentence in which it was cut off.

    `cut` says why it was, "" when it was not. `failed` holds the reasons why another model did not write it.
    `calls` is what it wants called, instead of writing.
    """

    text: str
    decision: Decision
    usage: Usage | None
    cut: str = ""
    model: str = ""
    failed: tuple[str, ...] = ()
    calls: tuple[ToolCall, ...] = ()


async def write(
    prompt: Sequence[ChatMessage],
    *,
    models: Sequence[ChatModel],
    evidence: Sequence[Evidence],
    question: str,
    until: float = 0.0,
    tools: Sequence[Tool] = (),
    may_call: bool = True,
) -> AsyncGenerator[Delta | Written, None]:
    """Yield what may be shown and, last, `Written`.

    A model that fails before anything of its is shown makes room for the next one, within the same budget
    (`until` a time of the loop, 0 for that of a whole reply). Raises `ModelError` when the last one fails, or
    one that was heard already.
    """
    clock = asyncio.get_running_loop().time
    until = until or clock() + settings.REPLY_BUDGET_SECONDS
    failed: tuple[str, ...] = ()
    for model in models:
        shown = False
        try:
            stream = stream_chat(
                prompt, model=model, tools=tools, may_call=may_call, max_tokens=MAX_TOKENS,
                budget=max(until - clock(), LEAST_BUDGET),
            )  # fmt: skip
            written = _write_with(model, stream, evidence, question, cautious=bool(tools))
            async with aclosing(written) as events:
                async for event in events:
                    shown = shown or isinstance(event, Delta)
                    yield replace(event, failed=failed) if isinstance(event, Written) else event
            return
        except ModelError as error:
            if shown or model is models[-1] or clock() >= until:
                raise
            failed = (*failed, f"fallback_{error.code}")


async def _write_with(
    model: ChatModel,
    stream: AsyncGenerator[TextDelta | Finished, None],
    evidence: Sequence[Evidence],
    question: str,
    *,
    cautious: bool,
) -> AsyncGenerator[Delta | Written, None]:
    """`cautious`: words before a decision may turn out to lead up to a call, and are kept back."""
    opening, gate = Opening(), Gate(evidence, question)
    said, finished = "", None
    async with aclosing(stream) as events:
        async for event in events:
            if isinstance(event, Finished):
                finished = event
            elif isinstance(event, TextDelta) and (text := opening.feed(event.text)):
                said += text
                if _is_shown(opening, evidence, cautious) and (shown := gate.feed(text)):
                    yield Delta(shown)
    if rest := opening.rest():
        said += rest
        gate.feed(rest)
    if _is_shown(opening, evidence, cautious) and (shown := gate.rest()):
        yield Delta(shown)
    yield _written(said, opening, finished, model)


def _is_shown(opening: Opening, evidence: Sequence[Evidence], cautious: bool) -> bool:
    return opening.decision is Decision.ANSWER and (not cautious or (opening.spoken and bool(evidence)))


def _written(said: str, opening: Opening, finished: Finished | None, model: ChatModel) -> Written:
    cut = CUT_SHORT.get(finished.reason, "") if finished else ""
    return Written(
        text=whole_sentences(said) if cut else said,
        decision=opening.decision or Decision.ANSWER,
        usage=finished.usage if finished else None,
        cut=cut,
        model=model.name,
        calls=finished.calls if finished else (),
    )
