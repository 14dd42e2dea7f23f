"""Put what a search found into a better order: a reranker reads the question and each passage together.

Only where one is named (`RERANK_MODEL`). Every failure is a `ModelError`; the search's order stands then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings

from .attempts import ATTEMPTS, delay_before_retry
from .breaker import breaker
from .clients import post
from .embedding_model import EMBEDDED, NO_KEY
from .errors import ModelError, provider_errors
from .pricing import Usage, usage_of
from .rerank_form import Form, Ranked, read_ranking
from .sdk import load, openai

BUDGET_SECONDS = 1.5  # one retry, and what a server's refusals teach, included

_forms: dict[Reranker, Form] = {}


@dataclass(frozen=True)
class Reranker:
    name: str
    base_url: str
    api_key: str = field(repr=False)


@dataclass(frozen=True)
class Reranked:
    """Places in the list that was sent, best first, each with the model's score: good for the order only."""

    places: list[tuple[int, float]]
    usage: Usage | None  # None: the server counts no tokens


def reranker() -> Reranker | None:
    """What the settings name; None when they name none, or no server that may have one.

    A key is shown to nobody but the provider it is for. The embedded server has no reranker.
    """
    if not settings.RERANK_MODEL:
        return None
    for base_url, api_key in (
        (settings.RERANK_BASE_URL, ""),
        (
            settings.EMBEDDING_BASE_URL if settings.EMBEDDING_MODEL != EMBEDDED else "",
            settings.EMBEDDING_API_KEY,
        ),
        (settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY),
    ):
        if base_url:
            return Reranker(settings.RERANK_MODEL, base_url, settings.RERANK_API_KEY or api_key or NO_KEY)
    return None


async def rerank(query: str, documents: Sequence[str], *, model: Reranker, keep: int) -> Reranked:
    """The best `keep` of the documents, within `BUDGET_SECONDS`."""
    load()  # a process's first question must not spend its time on that
    clock = asyncio.get_running_loop().time
    until = clock() + BUDGET_SECONDS
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with breaker.asking(model):
                ranked = await _ask(query, documents, model, keep, until)
        except ModelError as error:
            delay = delay_before_retry(error, attempt=attempt, left=until - clock())
            if delay is None:
                raise
            await asyncio.sleep(delay)
        else:
            counted = {"prompt_tokens": ranked.tokens} if ranked.tokens else None
            return Reranked(ranked.places, usage_of(model.name, counted) if counted else None)
    raise AssertionError("the last attempt raises")


async def _ask(query: str, documents: Sequence[str], model: Reranker, keep: int, until: float) -> Ranked:
    """In the form that this server is known to want, or finds acceptable now."""
    form = _forms.get(model, Form())
    while True:
        try:
            body = await _send(form.request(model.name, query, documents, keep), model, until)
        except ModelError as refusal:
            other = form.after(refusal, _words_of(refusal))
            if other is None:
                raise
            form = other
        else:
            ranked = read_ranking(body, count=len(documents), keep=keep)
            _forms[model] = form
            return ranked


async def _send(request: dict[str, object], model: Reranker, until: float) -> bytes:
    with provider_errors():
        async with asyncio.timeout_at(until):
            return await post(model.base_url, model.api_key, "/rerank", request, read=BUDGET_SECONDS)


def _words_of(refusal: ModelError) -> str:
    """All that the server said; an error's own text has less, because it ends up in logs."""
    cause = refusal.__cause__
    return str(cause.body) if isinstance(cause, openai.APIStatusError) else ""


def forget() -> None:
    """What the servers taught."""
    _forms.clear()
