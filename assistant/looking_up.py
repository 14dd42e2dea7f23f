"""The search step of a reply: the question made searchable, its vectors, and what is found."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from channels.db import database_sync_to_async

from assistant.models import Assistant
from assistant.models_in_use import models_of
from assistant.rewriting import BUDGET_SECONDS, Standalone, rewrite_prompt, usable
from assistant.understanding import Understood
from knowledge.matching import weigh_words
from knowledge.reading import Reading, read
from knowledge.search import Query, Results, asking_model, find, question_texts
from llm.choosing import chat_model_for
from llm.completing import complete_structured
from llm.embedding import aembed_queries
from llm.errors import ModelError
from llm.pricing import Usage

PASSAGES = 8


@dataclass(frozen=True)
class Found:
    """`weights` is what each term of the question is worth; `timings` are in milliseconds."""

    query: Query
    results: Results
    weights: Mapping[int, float]
    reading: Reading
    reasons: tuple[str, ...] = ()
    usage: Usage | None = None
    timings: dict[str, float] = field(default_factory=dict)


async def look_up(assistant: Assistant, understood: Understood, audience: str) -> Found:
    """Never fails for want of a model: without a rewriter the earlier turns count, without vectors words."""
    started = time.perf_counter()
    text, reasons, usage = await _standalone(assistant, understood)
    rewritten = time.perf_counter()
    history = () if text else understood.history
    query = Query(text or understood.text, history, understood.language, audience=audience)
    vectors, made_by = await _vectors(question_texts(query))
    embedded = time.perf_counter()
    query, results, weights = await _search(assistant, query, vectors, made_by)
    timings = {
        "rewrite": (rewritten - started) * 1000,
        "embedding": (embedded - rewritten) * 1000,
        "search": (time.perf_counter() - embedded) * 1000,
    }
    reading = read(query.text, understood.language, results)
    return Found(query, results, weights, reading, reasons, usage, timings)


async def _standalone(
    assistant: Assistant, understood: Understood
) -> tuple[str, tuple[str, ...], Usage | None]:
    """The follow-up as a question of its own, or "" where it has to be searched with its history."""
    model = chat_model_for("rewrite", models_of(assistant)) if understood.history else None
    if model is None:
        return "", ("carried_over",) if understood.history else (), None
    try:
        written, usage = await complete_structured(
            rewrite_prompt(understood.text, understood.before),
            model=model,
            schema=Standalone,
            max_tokens=150,
            budget=BUDGET_SECONDS,
        )
    except ModelError as error:
        return "", (f"rewrite_{error.code}", "carried_over"), None
    return usable(written), ("rewritten",), usage


async def _vectors(texts: Sequence[str]) -> tuple[list[list[float]] | None, str]:
    """The vectors, by the model whose vectors are searched, and its identity."""
    try:
        model = await database_sync_to_async(asking_model, thread_sensitive=False)()
        return await aembed_queries(texts, model), model.identity
    except ModelError:
        return None, ""


async def _search(
    assistant: Assistant, query: Query, vectors: list[list[float]] | None, made_by: str
) -> tuple[Query, Results, Mapping[int, float]]:
    # Any thread will do: the one that is shared by default would make all replies wait for each other.
    search = database_sync_to_async(_search_now, thread_sensitive=False)
    return await search(assistant, query, vectors, made_by)


def _search_now(
    assistant: Assistant, query: Query, vectors: list[list[float]] | None, made_by: str
) -> tuple[Query, Results, Mapping[int, float]]:
    sources = frozenset(assistant.sources.values_list("pk", flat=True))
    query = replace(query, sources=sources or None)
    results = find(query, vectors, PASSAGES, made_by=made_by)
    return query, results, weigh_words(query).weights
