"""The reply: one function from a conversation to typed events. It knows no HTTP, no sockets and no tables.

Guard → read → a flow's next step, or an answer from the knowledge → events. The model words and interprets;
the flows and this module decide.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import Any

from assistant import agreeing, files, guiding, hearing
from assistant.acting import act
from assistant.composing import Draft
from assistant.events import Answer, Completed, Delta, Outcome, Progress, ReplyEvent, Transcript
from assistant.from_knowledge import from_knowledge
from assistant.grounding import timed
from assistant.guidance.guarding import guarded, with_cards_settled
from assistant.guidance.judging import with_guidance
from assistant.guidance.saying import escalated, refused
from assistant.models import Assistant
from assistant.own_models import models_of
from assistant.parts import split_questions, together
from assistant.situation import Situation, Trial
from assistant.tools import confirming, wishes
from assistant.tools.answering import desk_for
from assistant.understanding import Way
from chatbot.kept_connections import in_thread
from flows.state import Heard
from llm.choosing import answering_models
from llm.pricing import Usage, added


async def reply(
    assistant: Assistant,
    transcript: Transcript,
    state: dict[str, Any],
    *,
    acting: guiding.Acting | None = None,
    trial: Trial | None = None,
) -> AsyncGenerator[ReplyEvent, None]:
    """Yield progress, text and sources, and always last `Completed`.

    `state` is what the previous answer of this conversation carried (`Answer.state`), {} at first. `acting`
    stands for what actions do, where they must not be done (a rehearsal), `trial` for the flows that
    customers get. Raises `ModelError` only when the
    model failed after words of it were shown; before that it is done without.
    """
    started = time.perf_counter()
    yield Progress("reading")
    draft = await with_guidance(assistant, await hearing.newest(assistant, transcript, state), transcript)
    wish = wishes.wish_in(state)
    if answer := await _settled(wish, draft, transcript, started):
        yield Delta(answer.text)
        yield Completed(answer)
        return
    draft = replace(draft, state=wishes.without_wish(state))
    async with aclosing(
        _deal_with(assistant, draft, transcript, started, acting=acting, trial=trial)
    ) as events:
        async for event in events:
            for told in confirming.put_again(event, wish, draft.language):
                yield told


async def suggested(assistant: Assistant, transcript: Transcript, state: dict[str, Any]) -> Answer | None:
    """What the knowledge says to the customer's newest words, for a person who answers: no flow moves, and no
    tool is called. None where they ask nothing."""
    started = time.perf_counter()
    draft = await with_guidance(assistant, await hearing.newest(assistant, transcript, state), transcript)
    if draft.understood.way is not Way.KNOWLEDGE:
        return None
    return await _completed(_informed(assistant, draft, transcript, started, tools=False))


async def _settled(
    wish: wishes.Wish | None, draft: Draft, transcript: Transcript, started: float
) -> Answer | None:
    """The answer to a yes or a no, where something was asked that wants one."""
    if wish is None:
        return await confirming.repeated(draft, transcript, started)
    return await confirming.settle(wish, draft, transcript, started)


async def _deal_with(
    assistant: Assistant,
    draft: Draft,
    transcript: Transcript,
    started: float,
    *,
    acting: guiding.Acting | None,
    trial: Trial | None,
) -> AsyncGenerator[ReplyEvent, None]:
    """By a person where guidance says so, by a flow where one is concerned, else from the knowledge and with
    tools."""
    if (called := draft.guidance.escalation) and draft.understood.way is not Way.HANDOFF:
        yield Completed(escalated(timed(draft, started), called))
        return
    heard = await hearing.hear(assistant, transcript, draft, trial)
    here, draft = heard.here, heard.draft
    if here and heard.heard:
        acting = acting or partial(act, transcript=transcript, language=draft.language, now=here.facts.now)
        events = _guided(assistant, here, heard.heard, draft, transcript, started, acting=acting)
    elif agreeing.agrees_to_nothing(draft, by_model=bool(answering_models(models_of(assistant)))):
        answer = await in_thread(agreeing.ask_what_for)(assistant, timed(draft, started), here)
        yield Completed(answer)
        return
    elif draft.understood.way is not Way.KNOWLEDGE:
        answer = files.without_search(timed(draft, started), assistant.name)
        yield files.honest(Completed(answer), draft, heard.heard)
        return
    else:
        events = _informed(assistant, draft, transcript, started)
    async with aclosing(events):
        async for event in events:
            event = hearing.told(hearing.offering(event, heard.offered), heard.routed)
            yield files.honest(event, draft, heard.heard)


async def _guided(
    assistant: Assistant,
    here: Situation,
    heard: Heard,
    draft: Draft,
    transcript: Transcript,
    started: float,
    *,
    acting: guiding.Acting,
) -> AsyncGenerator[ReplyEvent, None]:
    """The next steps of the flows; a question in between is answered like any other."""

    def answer_from(question: str) -> AsyncGenerator[ReplyEvent, None]:
        asked = replace(draft.understood, text=question, way=Way.KNOWLEDGE, history=())
        own = replace(draft, understood=asked, brief=True)
        return _informed(assistant, own, transcript, started)

    walked = guiding.walk(here, heard, draft, answer_from=answer_from, acting=acting, started=started)
    async with aclosing(walked) as events:
        async for event in events:
            yield await with_cards_settled(event, draft)


async def _informed(
    assistant: Assistant, draft: Draft, transcript: Transcript, started: float, *, tools: bool = True
) -> AsyncGenerator[ReplyEvent, None]:
    """From the knowledge, as far as guidance lets it."""
    if refusing := draft.guidance.refusing:
        yield Completed(refused(timed(draft, started), refusing))
        return
    events = guarded(_looked_up(assistant, draft, transcript, started, tools=tools), draft)
    async with aclosing(events):
        async for event in events:
            yield event


async def _looked_up(
    assistant: Assistant, draft: Draft, transcript: Transcript, started: float, *, tools: bool
) -> AsyncGenerator[ReplyEvent, None]:
    """From the knowledge: each of several questions by itself where no model puts the answers together. In
    the middle of a flow a model calls no tools: the flow does."""
    parts = split_questions(draft.understood.text, draft.language)
    models = answering_models(models_of(assistant))
    audience = transcript.audience
    yield Progress("searching")
    if len(parts) > 1 and not models:
        answer = await _in_parts(assistant, draft, parts, audience, started)
        yield Delta(answer.text)
        yield Completed(answer)
        return
    calls = tools and models and not draft.brief
    desk = await desk_for(assistant, draft, transcript) if calls else None
    async with aclosing(from_knowledge(assistant, draft, models, audience, started, desk)) as events:
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
