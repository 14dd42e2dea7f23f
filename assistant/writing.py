"""Let the model word the answer: a stream of text that may be shown, and at the end what it has decided."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from django.conf import settings

from assistant.citations import whole_sentences
from assistant.events import Delta
from assistant.evidence import Evidence
from assistant.prompts import Decision, Opening
from assistant.showing import Gate
from llm.choosing import ChatModel
from llm.pricing import Usage
from llm.streaming import ChatMessage, Finished, TextDelta, stream_chat

MAX_TOKENS = 700
# Why a provider ended before the model did; whatever else it names is an end like any other.
CUT_SHORT = {"length": "cut_length", "content_filter": "cut_content_filter"}


@dataclass(frozen=True)
class Written:
    """Everything the model said, for the check, without the sentence in which it was cut off.

    `cut` says why it was, "" when it was not.
    """

    text: str
    decision: Decision
    usage: Usage | None
    cut: str = ""


async def write(
    prompt: Sequence[ChatMessage], *, model: ChatModel, evidence: Sequence[Evidence], question: str
) -> AsyncGenerator[Delta | Written, None]:
    """Yield what may be shown and, last, `Written`. Raises `ModelError`."""
    opening, gate = Opening(), Gate(evidence, question)
    said, finished = "", None
    stream = stream_chat(prompt, model=model, max_tokens=MAX_TOKENS, budget=settings.REPLY_BUDGET_SECONDS)
    async with aclosing(stream) as events:
        async for event in events:
            if isinstance(event, Finished):
                finished = event
            elif isinstance(event, TextDelta) and (text := opening.feed(event.text)):
                said += text
                if opening.decision is Decision.ANSWER and (shown := gate.feed(text)):
                    yield Delta(shown)
    if rest := opening.rest():
        said += rest
        gate.feed(rest)
    if opening.decision is Decision.ANSWER and (shown := gate.rest()):
        yield Delta(shown)
    yield _written(said, opening, finished)


def _written(said: str, opening: Opening, finished: Finished | None) -> Written:
    cut = CUT_SHORT.get(finished.reason, "") if finished else ""
    return Written(
        text=whole_sentences(said) if cut else said,
        decision=opening.decision or Decision.ANSWER,
        usage=finished.usage if finished else None,
        cut=cut,
    )
