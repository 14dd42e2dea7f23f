"""The reply: one function from a conversation to typed events. It knows no HTTP, no sockets and no tables.

Guard → read → a flow's next step, or an answer from the knowledge → events. The model words and interprets;
the flows and this module decide.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import Any

from assistant import composing, files, guiding, hearing
from assistant.acting import act
from assistant.composing import Draft
from assistant.events import Answer, Completed, Delta, Outcome, Progress, ReplyEvent, Transcript
from assistant.from_knowledge import from_knowledge, timed
from assistant.models import Assistant
from assistant.models_in_use import models_of
from assistant.parts import split_questions, together
from assistant.scope import lines_of
from assistant.understanding import Understood, Way, understand
from flows.state import Heard
from llm.choosing import answering_models
from llm.pricing import Usage, added


async def reply(
    assistant: Assistant, transcript: Transcript, state: dict[str, Any]
) -> AsyncGenerator[ReplyEvent, None]:
    """Yield progress, text and sources, and always last `Completed`.

    `state` is what the previous answer of this conversation carried (`Answer.state`), {} at first. Raises
    `ModelError` only when the model failed after words of it were shown; before that it is done without.
    """
    started = time.perf_counter()
    yield Progress("reading")
    # In a thread: the first message of a process loads the language detector, while other replies stream.
    understood = await asyncio.to_thread(_understood, assistant, transcript, state)
    draft = hearing.in_the_same_language(Draft(understood, state))
    here = await hearing.situation(draft, transcript)
    heard, draft, offered = await hearing.hear(here, draft, assistant) if here else (None, draft, ())
    if here and heard:
        events = _guided(assistant, here, heard, draft, transcript, started)
    elif draft.understood.way is not Way.KNOWLEDGE:
        yield files.honest(Completed(_without_search(timed(draft, started), assistant.name)), draft, heard)
        return
    else:
        events = _informed(assistant, draft, transcript.audience, started)
    async with aclosing(events):
        async for event in events:
            yield files.honest(hearing.offering(event, offered), draft, heard)


def _without_search(draft: Draft, name: str) -> Answer:
    only_a_file = draft.understood.way is Way.FILE
    return files.keep_file(draft) if only_a_file else composing.without_search(draft, name)


async def _guided(
    assistant: Assistant,
    here: hearing.Situation,
    heard: Heard,
    draft: Draft,
    transcript: Transcript,
    started: float,
) -> AsyncGenerator[ReplyEvent, None]:
    """The next steps of the flows; a question in between is answered like any other."""

    def answer_from(question: str) -> AsyncGenerator[ReplyEvent, None]:
        asked = replace(draft.understood, text=question, way=Way.KNOWLEDGE, history=())
        own = replace(draft, understood=asked, brief=True)
        return _informed(assistant, own, transcript.audience, started)

    acting = partial(act, transcript=transcript, language=draft.language, now=here.facts.now)
    walked = guiding.walk(here, heard, draft, answer_from=answer_from, acting=acting, started=started)
    async with aclosing(walked) as events:
        async for event in events:
            yield event


async def _informed(
    assistant: Assistant, draft: Draft, audience: str, started: float
) -> AsyncGenerator[ReplyEvent, None]:
    """From the knowledge: each of several questions by itself where no model puts the answers together."""
    parts = split_questions(draft.understood.text, draft.language)
    models = answering_models(models_of(assistant))
    yield Progress("searching")
    if len(parts) > 1 and not models:
        answer = await _in_parts(assistant, draft, parts, audience, started)
        yield Delta(answer.text)
        yield Completed(answer)
        return
    async with aclosing(from_knowledge(assistant, draft, models, audience, started)) as events:
        async for event in events:
            yield event


async def _in_parts(
    assistant: Assistant, draft: Draft, parts: tuple[str, ...], audience: str, started: float
) -> Answer:
    """Each question by itself, and with those before it when it makes no sense alone."""
    answers = []
    spent: Usage | None = None
    for number, part in enumerate(parts):
        histories = [draft.understood.history] if number == 0 else [(), parts[:number]]
        for history in histories:
            understood = replace(draft.understood, text=part, history=history)
            own = replace(draft, understood=understood, brief=True)
            answer = await _completed(from_knowledge(assistant, own, [], audience, started))
            spent = added(spent, answer.usage)
            if answer.outcome is Outcome.ANSWERED:
                break
        answers.append(answer)
    return replace(together(parts, answers), usage=spent)


async def _completed(reply_events: AsyncGenerator[ReplyEvent, None]) -> Answer:
    async with aclosing(reply_events) as events:
        async for event in events:
            if isinstance(event, Completed):
                return event.answer
    raise RuntimeError("a reply always ends with Completed")


def _understood(assistant: Assistant, transcript: Transcript, state: dict[str, Any]) -> Understood:
    return understand(
        transcript,
        languages=assistant.languages,
        out_of_scope=lines_of(assistant.out_of_scope),
        habitual=str(state.get("language", "")),
    )
