"""Walk a designed conversation within a reply: the flows decide, what they ask for is done, and it is told.

The steps themselves are pure (`flows/runner.py`); here they meet the model, the knowledge and the actions.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from assistant import composing, interpreting
from assistant.composing import Draft
from assistant.events import (
    Answer,
    Citation,
    Completed,
    Delta,
    HandoffReason,
    Option,
    Outcome,
    Progress,
    ReplyEvent,
    Sources,
    Transcript,
)
from assistant.models import Assistant
from assistant.models_in_use import models_of
from assistant.parts import renumbered
from assistant.phrases import say
from assistant.routing.asking import NOWHERE, route
from assistant.understanding import Way
from assistant.withholding import withheld
from flows.interpreting import Message, in_words, interpret, named
from flows.library import Shelf
from flows.run import Facts
from flows.runner import step
from flows.shelves import shelf
from flows.state import (
    Acted,
    Answered,
    AnswerFromKnowledge,
    AskKnowledge,
    Do,
    HandOver,
    Heard,
    Reached,
    Say,
    State,
)
from flows.stock import phrase
from llm.choosing import chat_model_for
from llm.completing import complete_structured
from llm.errors import ModelError
from llm.pricing import added

MOST_OFFERED = 2  # flows below an answer
MOST_ROUNDS = 12  # of actions and answers that one message may lead to

AnswerFrom = Callable[[str], AsyncGenerator[ReplyEvent, None]]
Acting = Callable[[Do], Awaitable[Acted]]


@dataclass(frozen=True)
class Situation:
    """The flows there are, where the conversation stands in them, and what they may look at."""

    library: Shelf
    state: State
    facts: Facts

    @property
    def under_way(self) -> bool:
        return bool(self.state.frames)


async def situation(draft: Draft, transcript: Transcript) -> Situation | None:
    """None where no flow is published and none is under way."""
    state = State.from_json(draft.state.get("flow"))
    library = await asyncio.to_thread(shelf, state)
    if not library.published and not state.frames:
        return None
    facts = Facts(
        now=timezone.localtime().replace(tzinfo=None),
        language=draft.language,
        customer={**transcript.customer, "verified": transcript.audience != "everyone"},
    )
    return Situation(library, state, facts)


async def hear(
    here: Situation, draft: Draft, assistant: Assistant
) -> tuple[Heard | None, Draft, tuple[Option, ...]]:
    """What the words mean for the flows, None where nothing; and the flows that may be offered then.

    A model is asked where there is one and the words are not plain anyway.
    """
    understood = draft.understood
    begin = {key: flow for key, (_, flow) in here.library.published.items() if flow.begins}
    said = named(begin, understood.text)
    plain = understood.way is Way.KNOWLEDGE and not said
    routed = await route(understood.text, frozenset(begin)) if plain else NOWHERE
    small = understood.way is Way.SMALL_TALK
    message = Message(
        understood.text,
        begins=said or (routed.flow if routed.sure else ""),
        likely=1.0 if said else routed.likely,
        close=routed.close,
        courtesy=composing.without_search(draft, assistant.name).text if small else "",
        wants_person=understood.way is Way.HANDOFF,
    )
    read = await asyncio.to_thread(interpret, here.library, here.state, message, here.facts)
    heard = read.heard
    if not read.certain and (plain or here.under_way):
        heard, draft = await _by_model(here, draft, assistant, read.heard)
    offered = [in_words(begin[key], draft.language) for key in routed.close[:MOST_OFFERED]]
    return heard, draft, () if heard else tuple(Option(words, words) for words in offered)


async def _by_model(
    here: Situation, draft: Draft, assistant: Assistant, otherwise: Heard | None
) -> tuple[Heard | None, Draft]:
    """What a model makes of the words; without one, or when it fails, what was made of them without it."""
    model = chat_model_for("rewrite", models_of(assistant))
    if model is None:
        return otherwise, draft
    text, before = draft.understood.text, draft.understood.before
    if assistant.redact_prompts:
        text, before = withheld(text, before, draft.language)
    try:
        meaning, usage = await complete_structured(
            interpreting.prompt(here.library, here.state, here.facts, text, before),
            model=model,
            schema=interpreting.Meaning,
            max_tokens=interpreting.MOST_TOKENS,
            budget=interpreting.BUDGET_SECONDS,
        )
    except ModelError as error:
        return otherwise, draft.because(f"interpret_{error.code}")
    draft = replace(draft.because("interpreted"), usage=added(draft.usage, usage))
    commands = interpreting.commands(meaning, here.library, here.state, here.facts)
    asks = all(isinstance(command, AskKnowledge) for command in commands)
    if not here.under_way and asks:  # nothing for the flows
        return None, draft
    return Heard(commands) if commands else otherwise, draft


def offering(event: ReplyEvent, flows: tuple[Option, ...]) -> ReplyEvent:
    """Who asks how something is done may want to have it done: an answer offers the flow that is near."""
    if not flows or not isinstance(event, Completed) or event.answer.outcome is not Outcome.ANSWERED:
        return event
    return Completed(replace(event.answer, options=(*event.answer.options, *flows)))


@dataclass
class Told:
    """What has been said and done so far in this reply."""

    texts: list[str] = field(default_factory=list)
    options: tuple[Option, ...] = ()
    citations: tuple[Citation, ...] = ()
    steps: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    handed_over: HandOver | None = None

    def take(self, said: Say) -> str:
        """What is to be shown of it; the buttons of the last question are those that count."""
        self.options = tuple(Option(button.label, button.value) for button in said.buttons)
        return self.add(said.text)

    def add(self, text: str) -> str:
        if not text:
            return ""
        self.texts.append(text)
        return text if len(self.texts) == 1 else f"\n\n{text}"


async def walk(
    here: Situation, heard: Heard, draft: Draft, *, answer_from: AnswerFrom, acting: Acting, started: float
) -> AsyncGenerator[ReplyEvent, None]:
    told, event, state = Told(), heard, here.state
    for _round in range(MOST_ROUNDS):
        done = step(here.library, state, event, here.facts, asked=draft.understood.text)
        state = done.state
        for shown in _tell(told, done.effects):
            yield Delta(shown)
        wanted = done.effects[-1] if done.effects else None
        if isinstance(wanted, Do):
            yield Progress("acting")
            event = await acting(wanted)
        elif isinstance(wanted, AnswerFromKnowledge):
            async with aclosing(_answered(told, answer_from(wanted.question), draft.language)) as events:
                async for shown_event in events:
                    yield shown_event
            event = Answered(told.answers[-1].outcome is Outcome.ANSWERED)
        else:
            break
    else:
        state, told.handed_over = State(), HandOver("tool_failure")
    yield Completed(_completed(told, state, draft, started))


def _tell(told: Told, effects: tuple[Any, ...]) -> list[str]:
    shown = []
    for effect in effects:
        if isinstance(effect, Say):
            shown.append(told.take(effect))
        elif isinstance(effect, Reached):
            told.steps.append(f"{effect.flow}@{effect.version}/{effect.node}")
        elif isinstance(effect, HandOver):
            told.handed_over = effect
    return [text for text in shown if text]


async def _answered(
    told: Told, events: AsyncGenerator[ReplyEvent, None], language: str
) -> AsyncGenerator[ReplyEvent, None]:
    """Pass on what the knowledge says. What it does not know is said in one line: the flow goes on."""
    begun = False
    async for event in events:
        if isinstance(event, Completed):
            told.answers.append(event.answer)
        elif isinstance(event, Delta):
            lead = "\n\n" if told.texts and not begun else ""
            begun = True
            yield Delta(lead + event.text)
        elif isinstance(event, Progress | Sources):
            yield event
    answer = told.answers[-1]
    if answer.outcome is Outcome.ANSWERED:
        before = len(told.citations)
        told.add(renumbered(answer.text, before))
        told.citations += tuple(replace(one, number=one.number + before) for one in answer.citations)
    else:
        yield Delta(told.add(phrase("unknown", language)))


def _completed(told: Told, state: State, draft: Draft, started: float) -> Answer:
    draft = replace(
        draft,
        state={**draft.state, "flow": state.as_json()},
        timings={**draft.timings, "total": (time.perf_counter() - started) * 1000},
    )
    for answer in told.answers:
        draft = replace(draft, usage=added(draft.usage, answer.usage))
    outcome, reason = _outcome(told)
    if outcome is Outcome.HANDOFF:
        told.add(say("handoff", draft.language))
    answer = composing.finish(
        draft, "\n\n".join(told.texts), outcome, kind="flow", citations=told.citations,
        options=() if outcome is Outcome.HANDOFF else told.options, handoff_reason=reason,
    )  # fmt: skip
    return replace(answer, route=_route(answer, told))


def _outcome(told: Told) -> tuple[Outcome, HandoffReason | None]:
    """A question that the knowledge could not answer is a gap in it, also in the middle of a flow."""
    if told.handed_over is not None:
        return Outcome.HANDOFF, HandoffReason(told.handed_over.reason)
    if any(answer.outcome is not Outcome.ANSWERED for answer in told.answers):
        return Outcome.DECLINED, None
    return Outcome.GUIDED, None


def _route(answer: Answer, told: Told) -> Any:
    """Why it is so, for staff: the steps, and what was searched in between."""
    within = [one.route for one in told.answers if one.route]
    route = answer.route
    if route is None:
        return None
    if within:
        last = within[-1]
        searched = {name: getattr(last, name) for name in ("query", "passages", "floor", "prompt", "model")}
        reasons = (*route.reasons, *last.reasons)
        route = replace(route, **searched, degraded=last.degraded, reasons=reasons)
    return replace(route, steps=tuple(told.steps))
