"""The search step of a reply: the question made searchable, its vectors, what is found and in which order."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ParamSpec, TypeVar

from assistant.models import Assistant
from assistant.own_models import models_of
from assistant.rewriting import BUDGET_SECONDS, Standalone, rewrite_prompt, usable
from assistant.understanding import Understood
from assistant.withholding import withheld, without_personal_data
from chatbot.kept_connections import in_thread
from knowledge.chunking import passage_text
from knowledge.matching import Passage
from knowledge.query import conversation
from knowledge.reading import READ, Reading, read, unmentioned_names
from knowledge.restating import restate
from knowledge.search import Query, Results, asking_model, find, question_texts
from knowledge.spelling import corrected
from llm.choosing import chat_model_for
from llm.completing import complete_structured
from llm.embedding import aembed_queries
from llm.errors import ModelError
from llm.pricing import Usage, added
from llm.rerank_form import MOST_DOCUMENTS
from llm.reranking import Reranked, Reranker, rerank, reranker

PASSAGES = 8
ASKED_CHARACTERS = 1000  # of a question, its last: the passages need their part of what a reranker reads
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Found:
    """What is answered from are `passages`, best first. That is the order of `results` unless a reranker gave
    another, with a score of its own for each (`relevance`, by chunk); `results` and `reading`, by which it is
    decided whether to answer, stay the search's. `timings` are in milliseconds; `read_as` is the question in
    the words that were meant, where slips were mended."""

    query: Query
    results: Results
    reading: Reading
    passages: Sequence[Passage] = ()
    relevance: Mapping[int, float] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    usage: Usage | None = None
    timings: dict[str, float] = field(default_factory=dict)
    read_as: str = ""


async def look_up(assistant: Assistant, understood: Understood, audience: str) -> Found:
    """Never fails for want of a model: without a rewriter the earlier turns count, without vectors words,
    without a reranker the search's order."""
    started = time.perf_counter()
    text, reasons, usage = await _standalone(assistant, understood)
    rewritten = time.perf_counter()
    history = () if text else understood.history
    sources = await _in_thread(sources_of, assistant)
    asked_in = understood.asked_in or understood.language
    query = Query(text or understood.text, history, asked_in, sources, audience)
    found = replace(await _search(query), reasons=reasons, usage=usage)
    if usage or reasons:
        found.timings["rewrite"] = (rewritten - started) * 1000
    found = await _with_slips_mended(found)
    model = reranker()
    if model is None or not _worth_reranking(found):
        return _as_searched(found)
    asked = conversation(found.query)
    if assistant.redact_prompts:
        asked = without_personal_data(asked, understood.language)
    return await _reranked(found, asked[-ASKED_CHARACTERS:], model)


async def _with_slips_mended(found: Found) -> Found:
    """The same, or what is found for the words that were meant, where that is nearer."""
    words = await _in_thread(corrected, found.query.text, found.query.language or "en", found.query.sources)
    if words == found.query.text:
        return found
    mended = await _search(replace(found.query, text=words))
    if mended.reading.margin <= found.reading.margin:
        return found
    timings = {step: found.timings.get(step, 0) + mended.timings.get(step, 0) for step in found.timings}
    return replace(
        mended, reasons=(*found.reasons, "slip_mended"), usage=found.usage, timings=timings, read_as=words
    )


def _worth_reranking(found: Found) -> bool:
    """Where nothing will be answered, no order helps."""
    return len(found.results.passages) > 1 and (found.reading.answers or found.results.above_floor)


def _as_searched(found: Found) -> Found:
    results = replace(found.results, passages=found.results.passages[:PASSAGES])
    return replace(found, results=results, passages=results.passages)


async def _reranked(found: Found, asked: str, model: Reranker) -> Found:
    started = time.perf_counter()
    candidates = found.results.passages
    try:
        ranked = await rerank(asked, texts_of(candidates), model=model, keep=PASSAGES)
    except ModelError as error:
        found = replace(_as_searched(found), reasons=(*found.reasons, f"rerank_{error.code}"))
    else:
        found = await _in_thread(_in_its_order, found, ranked)
    found.timings["rerank"] = (time.perf_counter() - started) * 1000
    return found


def texts_of(passages: Sequence[Passage]) -> list[str]:
    return [passage_text(one.title, one.heading_path, one.text) for one in passages]


def _in_its_order(found: Found, ranked: Reranked) -> Found:
    """Which names are missing is asked of what will be read; the rest of the reading stays the search's."""
    chosen = [(found.results.passages[place], score) for place, score in ranked.places]
    passages = [passage for passage, _score in chosen]
    query = found.query
    unmentioned = unmentioned_names(query.text, query.language or "en", passages[:READ])
    return replace(
        _as_searched(found),
        passages=passages,
        relevance={passage.chunk_id: score for passage, score in chosen},
        reading=replace(found.reading, unmentioned=unmentioned),
        reasons=(*found.reasons, "reranked"),
        usage=added(found.usage, ranked.usage),
    )


async def _standalone(
    assistant: Assistant, understood: Understood
) -> tuple[str, tuple[str, ...], Usage | None]:
    """The follow-up as a question of its own, or "" where it has to be searched with its history."""
    model = chat_model_for("rewrite", models_of(assistant)) if understood.history else None
    if model is None:
        return "", ("carried_over",) if understood.history else (), None
    asked, before = understood.text, understood.before
    if assistant.redact_prompts:
        asked, before = withheld(asked, before, understood.language)
    try:
        written, usage = await complete_structured(
            rewrite_prompt(asked, before),
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
        model = await _in_thread(asking_model)
        return await aembed_queries(texts, model), model.identity
    except ModelError:
        return None, ""


async def _search(query: Query) -> Found:
    started = time.perf_counter()
    query = await _in_thread(restate, query)
    vectors, made_by = await _vectors(question_texts(query))
    embedded = time.perf_counter()
    results, reading = await _in_thread(_find_and_read, query, vectors, made_by)
    timings = {
        "embedding": (embedded - started) * 1000,
        "search": (time.perf_counter() - embedded) * 1000,
    }
    return Found(query, results, reading, timings=timings)


def _find_and_read(query: Query, vectors: list[list[float]] | None, made_by: str) -> tuple[Results, Reading]:
    results = find(query, vectors, MOST_DOCUMENTS if reranker() else PASSAGES, made_by=made_by)
    return results, read(query.text, query.language or "en", results, follows=bool(query.history))


async def _in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    # Any thread will do: the one that is shared by default would make all replies wait for each other.
    return await in_thread(work)(*args, **kwargs)


def sources_of(assistant: Assistant) -> frozenset[int] | None:
    """None: all of them."""
    if assistant.released:
        return assistant.released.sources or None
    return frozenset(assistant.sources.values_list("pk", flat=True)) or None
