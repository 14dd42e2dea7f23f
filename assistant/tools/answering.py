"""An answer with tools: one request holds the passages and the tools, and the model takes what it needs.

Where it calls nothing, all is as without tools: what the knowledge answers costs no second request.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from assistant import composing, outcomes
from assistant.acting import facts_of
from assistant.composing import Draft
from assistant.events import Answer, Completed, Delta, Outcome, Progress, ReplyEvent, Transcript
from assistant.grounding import asked_in, evidence_of, held_against, quote, readable, reading, timed
from assistant.guidance.saying import for_prompt
from assistant.models import Assistant
from assistant.outcomes import Verdict
from assistant.prompts import Decision, answer_prompt
from assistant.tools import confirming, telling, wishes
from assistant.tools.desk import Desk
from assistant.tools.offering import offered
from assistant.tools.results import Result
from assistant.tools.rounds import write_with_tools
from assistant.writing import Written
from knowledge.search import Passage
from llm.choosing import ChatModel
from llm.errors import ModelError
from llm.messages import ChatMessage
from llm.pricing import added

SAID = 6  # messages by which it is seen that the same is answered again


@dataclass(frozen=True)
class Reply:
    """What it is made from. Without passages the engine has decided not to answer from the knowledge: then
    only what a tool brings is an answer."""

    draft: Draft
    verdict: Verdict
    passages: Sequence[Passage]
    desk: Desk
    started: float

    def so_far(self, **changes: Any) -> Draft:
        """With what tools have done."""
        desk, draft = self.desk, replace(self.draft, **changes)
        if not desk.trail:
            return timed(draft, self.started)
        brought = [ChatMessage("tool", result.for_trace()) for result in desk.results]
        draft = replace(
            draft,
            calls=tuple(desk.trail),
            prompt=(*draft.prompt, *brought),
            state=wishes.with_wish(draft.state, None, desk.number + 1),
            timings={**draft.timings, "tools": desk.milliseconds},
        )
        return timed(draft, self.started)


async def desk_for(assistant: Assistant, draft: Draft, transcript: Transcript) -> Desk:
    return Desk(
        offered=await offered(transcript, draft.language),
        customer=facts_of(transcript, draft.language),
        conversation=transcript.conversation,
        language=draft.language,
        now=timezone.localtime().replace(tzinfo=None),
        number=wishes.count_in(draft.state),
        said="\n".join(said.text for said in transcript.said[-SAID:]),
        personal=not assistant.redact_prompts,
    )


async def with_tools(
    assistant: Assistant,
    draft: Draft,
    models: list[ChatModel],
    verdict: Verdict,
    desk: Desk,
    started: float,
) -> AsyncGenerator[ReplyEvent, None]:
    """When the model fails, what was brought is told as it is. Without that the knowledge is quoted or, when
    words of the model were shown, `ModelError` raised."""
    answers = verdict.outcome is Outcome.ANSWERED
    passages = readable(draft) if answers else []
    draft = draft.because(*verdict.reasons) if answers else draft
    for told in reading(passages) if passages else ():
        yield told
    before, now = draft.understood.before, draft.understood.text
    staff = for_prompt(draft.guidance)
    prompt = answer_prompt(assistant, now, passages, before, draft.language, tools=True, staff=staff)
    reply = Reply(replace(draft, prompt=tuple(prompt)), verdict, passages, desk, started)
    shown = False
    try:
        async with aclosing(_write(reply, prompt, models)) as events:
            async for event in events:
                shown = shown or isinstance(event, Delta)
                yield event
    except ModelError as error:
        if shown and not desk.results:
            raise
        spent = added(draft.usage, desk.usage)
        lacking = reply.so_far(degraded=f"model_{error.code}", model=models[0].name, usage=spent)
        async with aclosing(_without_words(reply, lacking)) as rest:
            async for event in rest:
                yield event


async def _write(
    reply: Reply, prompt: list[ChatMessage], models: list[ChatModel]
) -> AsyncGenerator[ReplyEvent, None]:
    yield Progress("writing")
    evidence = evidence_of(reply.passages)
    writing = write_with_tools(
        prompt, models=models, evidence=evidence, question=asked_in(reply.draft), desk=reply.desk
    )
    async with aclosing(writing) as events:
        async for event in events:
            if not isinstance(event, Written):
                yield event
                continue
            spent = added(reply.draft.usage, reply.desk.usage)
            draft = reply.so_far(model=event.model, usage=spent).because(*event.failed)
            async with aclosing(_conclude(reply, draft, event)) as last:
                async for conclusion in last:
                    yield conclusion


async def _conclude(reply: Reply, draft: Draft, written: Written) -> AsyncGenerator[ReplyEvent, None]:
    """What changes something is not done here, and what the model says only with what supports it."""
    if answer := _decided(reply, draft, written):
        yield Completed(answer)
        return
    yield Progress("checking")
    draft = draft.because(written.cut) if written.cut else draft
    evidence = [*evidence_of(reply.passages), *reply.desk.evidence]
    checked, draft = await held_against(written.text, evidence, draft)
    if checked.used:
        sources: list[Passage | Result] = [*reply.passages, *reply.desk.results]
        yield Completed(composing.written(timed(draft, reply.started), checked, sources))
        return
    lacking = replace(draft, degraded=written.cut or "unsupported")
    async with aclosing(_without_words(reply, lacking)) as events:
        async for event in events:
            yield event


def _decided(reply: Reply, draft: Draft, written: Written) -> Answer | None:
    """What needs no words of the model; None: it has written an answer."""
    desk = reply.desk
    if desk.wish:
        return confirming.ask(draft, desk.wish, desk)
    if desk.waiting:
        return telling.waiting(draft, desk.waiting.said_in(draft.language))
    if written.decision is Decision.ASK:
        return _asked(reply, draft, written)
    if written.decision is Decision.ANSWER and (reply.passages or desk.results):
        return None
    return _nothing(reply, draft)


def _asked(reply: Reply, draft: Draft, written: Written) -> Answer:
    """For what a tool needs, as long as nothing was read that could have put the question into its mouth."""
    if not reply.desk.results and (asked := telling.needed(draft, reply.desk.offered, written.text)):
        return asked
    if reply.passages and not draft.understood.asked_before:
        titles = list(dict.fromkeys(passage.title for passage in reply.passages))[: outcomes.MOST_OPTIONS]
        return composing.ask_back(draft.because("model_asks"), titles)
    return _nothing(reply, draft)


def _nothing(reply: Reply, draft: Draft) -> Answer:
    """A tool that failed is told; else what was decided before the model was asked."""
    if reply.desk.errors and not reply.desk.results:
        return telling.failed(draft, *reply.desk.errors[-1])
    if reply.passages:
        return composing.decline(draft.because("model_found_nothing"))
    return composing.refuse(draft, reply.verdict)


async def _without_words(reply: Reply, draft: Draft) -> AsyncGenerator[ReplyEvent, None]:
    """What was brought as it is, else a quote of the passages, else what was decided before."""
    if found := telling.found(draft, reply.desk.results):
        yield Completed(found)
        return
    if not reply.passages or reply.desk.results or reply.desk.errors:
        yield Completed(_nothing(reply, draft))
        return
    async with aclosing(quote(draft, reply.started)) as events:
        async for event in events:
            yield event
