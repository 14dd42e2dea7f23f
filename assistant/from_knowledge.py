"""An answer from the knowledge, or an honest refusal: search, decide, write or quote, check.

One question goes in, typed events come out, `Completed` last. The model words; this module decides.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from assistant import composing, outcomes
from assistant.citations import check, foreign_claims
from assistant.composing import Draft
from assistant.events import Completed, Delta, Outcome, Progress, ReplyEvent, Sources
from assistant.evidence import Evidence
from assistant.extracts import choose_quotes
from assistant.looking_up import Found, look_up
from assistant.meaning import borne_out, forbidden_by_meaning, likeness_of_units
from assistant.models import Assistant
from assistant.outcomes import Verdict
from assistant.prompts import Decision, answer_prompt
from assistant.scope import lines_of
from assistant.writing import Written, write
from knowledge.language import detect_language
from knowledge.search import Passage
from llm.choosing import ChatModel
from llm.errors import ModelError
from llm.pricing import added

PASSAGES_WRITTEN_FROM = 5


async def from_knowledge(
    assistant: Assistant, draft: Draft, models: list[ChatModel], audience: str, started: float
) -> AsyncGenerator[ReplyEvent, None]:
    """Search, decide, and answer if there is an answer."""
    draft = _with_found(draft, await look_up(assistant, draft.understood, audience))
    verdict = _verdict(draft, strict=not models)
    if not models and verdict.reasons != ("no_topic",):
        begun = time.perf_counter()
        line = await _forbidden(assistant, draft)
        draft = timed(draft, begun, "scope")
        if line:
            draft = timed(draft.because(f"out_of_scope: {line}"), started)
            yield Completed(composing.decline_topic(draft))
            return
    if verdict.outcome is not Outcome.ANSWERED:
        yield Completed(composing.refuse(timed(draft, started), verdict))
        return
    async with aclosing(_answer(assistant, draft.because(*verdict.reasons), models, started)) as events:
        async for event in events:
            yield event


async def _forbidden(assistant: Assistant, draft: Draft) -> str | None:
    """The line that forbids this question, by meaning; a model reads the lines by itself."""
    found, spoken = _found(draft), assistant.languages

    def with_language(text: str) -> dict[str, str]:
        return {line: detect_language(line, spoken, draft.language) for line in lines_of(text)}

    return await forbidden_by_meaning(
        found.query.text,
        draft.language,
        lines=with_language(assistant.out_of_scope),
        tasks=with_language(assistant.tasks),
        results=found.results,
        margin=found.reading.margin,
    )


def _with_found(draft: Draft, found: Found) -> Draft:
    return replace(draft, found=found, usage=added(draft.usage, found.usage), timings=found.timings)


def _verdict(draft: Draft, *, strict: bool) -> Verdict:
    understood, found = draft.understood, _found(draft)
    return outcomes.decide(
        found.query.text,
        found.results,
        found.reading,
        language=understood.language,
        follows=bool(understood.history),
        asked_before=understood.asked_before,
        strict=strict,
    )


async def _answer(
    assistant: Assistant, draft: Draft, models: list[ChatModel], started: float
) -> AsyncGenerator[ReplyEvent, None]:
    """With a model if there is one, else, or when all fail before their first word, by quoting."""
    passages = _readable(draft)
    yield Progress("found", {"title": passages[0].title})
    yield Sources(tuple(composing.citation_of(passage, n) for n, passage in enumerate(passages, 1)))
    if models:
        shown = False
        try:
            async with aclosing(_write(assistant, draft, passages, models, started)) as events:
                async for event in events:
                    shown = shown or isinstance(event, Delta)
                    yield event
            return
        except ModelError as error:
            if shown:
                raise
            draft = replace(draft, degraded=f"model_{error.code}", model=models[0].name)
            draft = draft.because("fallback_failed") if len(models) > 1 else draft
    async with aclosing(_quote(draft, started)) as events:
        async for event in events:
            yield event


async def _write(
    assistant: Assistant, draft: Draft, passages: list[Passage], models: list[ChatModel], started: float
) -> AsyncGenerator[ReplyEvent, None]:
    yield Progress("writing")
    question, language = _found(draft).query.text, draft.language
    prompt = answer_prompt(assistant, draft.understood.text, passages, draft.understood.before, language)
    evidence = [
        Evidence(one.text, one.language, " ".join([one.title, *one.heading_path])) for one in passages
    ]
    draft = replace(draft, prompt=tuple(prompt))
    asked = f"{question} {draft.understood.text}"
    async with aclosing(write(prompt, models=models, evidence=evidence, question=asked)) as events:
        async for event in events:
            if isinstance(event, Delta):
                yield event
                continue
            draft = replace(draft.because(*event.failed), model=event.model)
            draft = replace(draft, usage=added(draft.usage, event.usage))
            async with aclosing(_conclude(draft, event, evidence, passages, started)) as last:
                async for conclusion in last:
                    yield conclusion


async def _conclude(
    draft: Draft, written: Written, evidence: list[Evidence], passages: list[Passage], started: float
) -> AsyncGenerator[ReplyEvent, None]:
    """Check what was written; what nothing supports becomes a quote. "None" and "ask" have fixed words."""
    if written.decision is Decision.ASK and not draft.understood.asked_before:
        titles = list(dict.fromkeys(passage.title for passage in passages))[: outcomes.MOST_OPTIONS]
        yield Completed(composing.ask_back(timed(draft, started).because("model_asks"), titles))
        return
    if written.decision is not Decision.ANSWER:
        yield Completed(composing.decline(timed(draft, started).because("model_found_nothing")))
        return
    yield Progress("checking")
    draft = draft.because(written.cut) if written.cut else draft
    question = f"{_found(draft).query.text} {draft.understood.text}"
    begun = time.perf_counter()
    # In threads, like all that computes for long: other answers stream through this loop.
    claims = await asyncio.to_thread(foreign_claims, written.text, evidence, draft.language, question)
    borne = await borne_out(claims, evidence)
    checked = await asyncio.to_thread(check, written.text, evidence, draft.language, question, borne)
    draft = timed(draft, begun, "check")
    if checked.used:
        yield Completed(composing.written(timed(draft, started), checked, passages))
        return
    async with aclosing(_quote(replace(draft, degraded=written.cut or "unsupported"), started)) as events:
        async for event in events:
            yield event


async def _quote(draft: Draft, started: float) -> AsyncGenerator[ReplyEvent, None]:
    found, passages = _found(draft), _quotable(draft)
    verdict = _verdict(draft, strict=True)
    if verdict.outcome is Outcome.DECLINED:
        yield Completed(composing.refuse(timed(draft, started), verdict))
        return
    likeness = await likeness_of_units(found.query.text, passages, draft.language)
    quotes = await asyncio.to_thread(
        choose_quotes, passages, found.results.weights, draft.language, likeness, question=found.query.text
    )
    if not quotes:
        yield Completed(composing.decline(timed(draft, started).because("nothing_to_quote")))
        return
    answer = composing.quoted(timed(draft, started), quotes[: 1 if draft.brief else None], passages)
    if not draft.prompt:  # else words of the model were shown, and the completed answer replaces them
        yield Delta(answer.text)
    yield Completed(answer)


def _readable(draft: Draft) -> list[Passage]:
    return list(_found(draft).passages[:PASSAGES_WRITTEN_FROM])


def _quotable(draft: Draft) -> list[Passage]:
    """The same with the scores that the search gave to their places: quotes are weighed by how far a passage
    is behind the first, which must not undo a reranker's order."""
    scores = [passage.score for passage in _found(draft).results.passages]
    return [replace(one, score=score) for one, score in zip(_readable(draft), scores, strict=False)]


def _found(draft: Draft) -> Found:
    if draft.found is None:
        raise ValueError("this step comes after the search")
    return draft.found


def timed(draft: Draft, started: float, step: str = "total") -> Draft:
    return replace(draft, timings={**draft.timings, step: (time.perf_counter() - started) * 1000})
