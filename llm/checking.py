"""Try each configured model at what its tasks need, and say what it can do."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial

import pydantic
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import dialects
from .choosing import ChatModel, Use
from .clients import own_loop, sync_client
from .completing import complete, complete_structured
from .embedding import embed_passages
from .embedding_model import configured_model
from .errors import REASONS, ModelError, provider_errors
from .lifetimes import ask_lifetime, known_lifetime, warning
from .messages import ChatMessage, Tool, request_for
from .rerank_form import MOST_DOCUMENTS
from .reranking import Reranker, rerank, reranker
from .streaming import TextDelta, stream_chat

GREETING = [ChatMessage("user", "Say hello in one short sentence.")]
TOOL = Tool(
    "order_status",
    "Look up where an order is.",
    {"type": "object", "properties": {"number": {"type": "string"}}, "required": ["number"]},
)
PASSAGE_CHARACTERS = 700  # as long as most
PASSAGES = ["Refunds are paid within five days.", "Les remboursements sont versés sous cinq jours."]


class Opening(pydantic.BaseModel):
    """What the structured check asks for."""

    weekday: str
    open: bool


@dataclass(frozen=True)
class Finding:
    """One thing that was tried. `uses` says for whom and what; `needed`: that cannot be done without it."""

    model: str
    uses: str
    ability: str
    works: bool
    needed: bool
    seconds: float
    detail: str


def check_chat_models(models: Mapping[ChatModel, Sequence[Use]]) -> list[Finding]:
    """Ask each model for everything; takes seconds, and costs a few hundred tokens for each."""
    with own_loop() as runner:
        return [finding for model, uses in models.items() for finding in _chat(runner, model, uses)]


def check_embeddings() -> Finding:
    name = configured_model().name
    return _tried(_embeds, model=name, uses="search", ability="embeddings", needed=True)


def check_reranker() -> list[Finding]:
    """Nothing where none is named."""
    model = reranker()
    if model is None:
        return []
    with own_loop() as runner:
        trial = partial(runner.run, _reranks(model))
        return [_tried(trial, model=model.name, uses="search", ability="reranking", needed=True)]


def no_model() -> str:
    """What to say when there is nothing to check."""
    return _(
        "No chat model is configured: answers are quoted from the articles. "
        "Set OPENAI_API_KEY or OPENAI_BASE_URL, and ANSWER_MODEL."
    )


def _chat(runner: asyncio.Runner, model: ChatModel, uses: Sequence[Use]) -> Iterator[Finding]:
    """A model that cannot even say hello is asked for nothing else."""
    streams = any(use.task in ("answer", "fallback") for use in uses)
    abilities: dict[str, tuple[Callable[[], str], bool]] = {
        "chat": (lambda: runner.run(_completes(model)), True),
        "streaming": (lambda: runner.run(_streams(model)), streams),
        "structured": (lambda: runner.run(_structures(model)), False),
        "tools": (lambda: _calls_tools(model), False),
    }
    named = ", ".join(map(str, uses))
    for ability, (trial, needed) in abilities.items():
        found = _tried(trial, model=model.name, uses=named, ability=ability, needed=needed)
        yield found
        if ability == "chat" and not found.works:
            break
    yield _lifetime(model, named)


def _lifetime(model: ChatModel, uses: str) -> Finding:
    """How long it will be there; a server that has no list of models gives no reason to worry."""
    start = time.monotonic()
    try:
        lifetime = ask_lifetime(model)
    except ModelError:
        lifetime = known_lifetime(model)
    words = warning(lifetime, timezone.localdate())
    detail = words or _("no shutdown is announced")
    return Finding(model.name, uses, "lifetime", not words, False, round(time.monotonic() - start, 2), detail)


def _tried(trial: Callable[[], str], *, model: str, uses: str, ability: str, needed: bool) -> Finding:
    start = time.monotonic()
    try:
        works, detail = True, trial()
    except ModelError as error:
        works, detail = False, ": ".join(filter(None, (str(REASONS[error.code]), error.detail)))
    return Finding(model, uses, ability, works, needed, round(time.monotonic() - start, 2), detail)


async def _completes(model: ChatModel) -> str:
    completion = await complete(GREETING, model=model, max_tokens=200, budget=60)
    count, cost = completion.usage.completion_tokens, completion.usage.cost
    if not completion.usage.reported:
        return _("tokens not counted")
    tokens = ngettext("%(count)d token", "%(count)d tokens", count) % {"count": count}
    return tokens if cost is None else _("%(tokens)s, cost %(cost)s") % {"tokens": tokens, "cost": cost}


async def _streams(model: ChatModel) -> str:
    start, first, pieces = time.monotonic(), 0.0, 0
    async with aclosing(stream_chat(GREETING, model=model, max_tokens=200)) as events:
        async for event in events:
            if isinstance(event, TextDelta):
                first = first or time.monotonic() - start
                pieces += 1
    return _("first word after %(seconds).2f s, in %(pieces)d pieces") % {"seconds": first, "pieces": pieces}


async def _structures(model: ChatModel) -> str:
    asked = [ChatMessage("user", "The shop is closed on Sunday. Fill in the weekday and whether it is open.")]
    opening, _ = await complete_structured(asked, model=model, schema=Opening, budget=60)
    return f"{opening.weekday}, open: {opening.open}"


def _calls_tools(model: ChatModel) -> str:
    asked = [ChatMessage("user", "Where is my order 1234?")]
    request = request_for(
        asked, model=model, max_tokens=200, temperature=0, tools=[TOOL], tool_choice="required"
    )
    with provider_errors():
        client = sync_client(model.base_url, model.api_key, 60)
        answer = client.chat.completions.create(**dialects.spoken(request, model))
    calls = answer.choices[0].message.tool_calls if answer.choices else None
    if not calls:
        raise ModelError("invalid_output", detail=_("it did not call the tool that it was told to call"))
    return f"{calls[0].function.name}({calls[0].function.arguments})"


def _embeds() -> str:
    first, second = embed_passages(PASSAGES)
    likeness = sum(a * b for a, b in zip(first, second, strict=True))
    about = {"count": len(first), "likeness": likeness}
    return _("%(count)d dimensions, English and French alike by %(likeness).2f") % about


async def _reranks(model: Reranker) -> str:
    """As many texts as a question brings, and as long: a server may be too slow, or set to read less."""
    texts = [f"{text} " * (PASSAGE_CHARACTERS // len(text)) for text in PASSAGES]
    asked = (texts * MOST_DOCUMENTS)[:MOST_DOCUMENTS]
    ranked = await rerank("How long does a refund take?", asked, model=model, keep=1)
    about = {"count": len(asked), "score": ranked.places[0][1]}
    return _("%(count)d passages put into order, the best worth %(score).2f") % about
