"""An answer from the knowledge, or an honest refusal: search, decide, write or quote, check.

One question goes in, typed events come out, `Completed` last. The model words; this module decides.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from assistant import composing, outcomes
from assistant.composing import Draft
from assistant.events import Completed, Delta, Outcome, Progress, ReplyEvent
from assistant.evidence import Evidence
from assistant.grounding import (
    asked_in,
    evidence_of,
    found_for,
    held_against,
    quote,
    readable,
    reading,
    timed,
    verdict_on,
)
from assistant.guidance.saying import for_prompt
from assistant.looking_up import Found, look_up
from assistant.meaning import forbidden_by_meaning
from assistant.models import Assistant
from assistant.prompts import Decision, answer_prompt
from assistant.scope import lines_of
from assistant.tools.answering import with_tools
from assistant.tools.desk import Desk
from assistant.writing import Written, write
from knowledge.language import detect_language
from knowledge.search import Passage
from llm.choosing import ChatModel
from llm.errors import ModelError
from llm.pricing import added


async def from_knowledge(
    assistant: Assistant,
    draft: Draft,
    models: list[ChatModel],
    audience: str,
    started: float,
    desk: Desk | None = None,
) -> AsyncGenerator[ReplyEvent, None]:
    """Search, decide, and answer if there is an answer. With tools on the `desk` a model is asked also where
    nothing was found: only it can tell whether one of them helps."""
    draft = _with_found(draft, await look_up(assistant, draft.understood, audience))
    verdict = verdict_on(draft, strict=not models)
    if not models and verdict.reasons != ("no_topic",):
        begun = time.perf_counter()
        line = await _forbidden(assistant, draft)
        draft = timed(draft, begun, "scope")
        if line:
            draft = timed(draft.because(f"out_of_scope: {line}"), started)
            yield Completed(composing.decline_topic(draft))
            return
    if models and desk and desk.offered:
        events = with_tools(assistant, draft, models, verdict, desk, started)
    elif verdict.outcome is not Outcome.ANSWERED:
        yield Completed(composing.refuse(timed(draft, started), verdict))
        return
    else:
        events = _answer(assistant, draft.because(*verdict.reasons), models, started)
    async with aclosing(events):
        async for event in events:
            yield event


async def _forbidden(assistant: Assistant, draft: Draft) -> str | None:
    """The line that forbids this question, by meaning; a model reads the lines by itself."""
    found, spoken = found_for(draft), assistant.languages

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


async def _answer(
    assistant: Assistant, draft: Draft, models: list[ChatModel], started: float
) -> AsyncGenerator[ReplyEvent, None]:
    """With a model if there is one, else, or when all fail before their first word, by quoting."""
    passages = readable(draft)
    for told in reading(passages):
        yield told
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
    async with aclosing(quote(draft, started)) as events:
        async for event in events:
            yield event


async def _write(
    assistant: Assistant, draft: Draft, passages: list[Passage], models: list[ChatModel], started: float
) -> AsyncGenerator[ReplyEvent, None]:
    yield Progress("writing")
    understood, staff = draft.understood, for_prompt(draft.guidance)
    prompt = answer_prompt(
        assistant, understood.text, passages, understood.before, draft.language, staff=staff
    )
    evidence = evidence_of(passages)
    draft = replace(draft, prompt=tuple(prompt))
    async with aclosing(write(prompt, models=models, evidence=evidence, question=asked_in(draft))) as events:
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
    checked, draft = await held_against(written.text, evidence, draft)
    if checked.used:
        yield Completed(composing.written(timed(draft, started), checked, passages))
        return
    async with aclosing(quote(replace(draft, degraded=written.cut or "unsupported"), started)) as events:
        async for event in events:
            yield event
