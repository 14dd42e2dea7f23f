"""Walk a designed conversation within a reply: the flows decide, what they ask for is done, and it is told.

The steps themselves are pure (`flows/runner.py`); here they meet the model, the knowledge and the actions.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Any

from assistant import composing
from assistant.cards import MOST_IN_ANSWER, options_of, without_replies
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
)
from assistant.guidance.saying import GUARDED
from assistant.parts import renumbered
from assistant.phrases import say
from assistant.situation import Situation
from flows import walked
from flows.awaiting import awaited
from flows.runner import step
from flows.shown_cards import ShownCard
from flows.state import (
    Acted,
    Answered,
    AnswerFromKnowledge,
    Do,
    Event,
    HandOver,
    Heard,
    Reached,
    Say,
    State,
)
from llm.pricing import added

MOST_ROUNDS = 12  # of actions and answers that one message may lead to

AnswerFrom = Callable[[str], AsyncGenerator[ReplyEvent, None]]
Acting = Callable[[Do], Awaitable[Acted]]


@dataclass
class Told:
    """What has been said and done so far in this reply."""

    texts: list[str] = field(default_factory=list)
    options: tuple[Option, ...] = ()
    cards: tuple[ShownCard, ...] = ()
    citations: tuple[Citation, ...] = ()
    steps: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    handed_over: HandOver | None = None

    def take(self, said: Say) -> str:
        """What is to be shown of it; the buttons of the last question are those that count."""
        self.options = tuple(Option(button.label, button.value) for button in said.buttons)
        self.cards = (*self.cards, *said.cards)[:MOST_IN_ANSWER]
        return self.add(said.text)

    def add(self, text: str) -> str:
        if not text:
            return ""
        self.texts.append(text)
        return text if len(self.texts) == 1 else f"\n\n{text}"


async def walk(
    here: Situation, heard: Heard, draft: Draft, *, answer_from: AnswerFrom, acting: Acting, started: float
) -> AsyncGenerator[ReplyEvent, None]:
    told, state = Told(), here.state
    otherwise = here.library.phrase("unknown", draft.language)
    event: Event = heard
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
            async with aclosing(_answered(told, answer_from(wanted.question), otherwise)) as events:
                async for shown_event in events:
                    yield shown_event
            event = Answered(told.answers[-1].outcome is Outcome.ANSWERED)
        else:
            break
    else:
        told.passed += walked.lost(state)
        state, told.handed_over = State(turns=state.turns), HandOver("tool_failure")
    answer = _completed(told, state, draft, started)
    handed_over = answer.outcome is Outcome.HANDOFF
    yield Completed(replace(answer, asks={} if handed_over else awaited(here.library, state, draft.language)))


def _tell(told: Told, effects: tuple[Any, ...]) -> list[str]:
    shown = []
    told.passed += walked.began_and_ended(effects)
    for effect in effects:
        if isinstance(effect, Say):
            shown.append(told.take(effect))
        elif isinstance(effect, Reached):
            told.steps.append(f"{effect.flow}@{effect.version}/{effect.node}")
        elif isinstance(effect, HandOver):
            told.handed_over = effect
    return [text for text in shown if text]


async def _answered(
    told: Told, events: AsyncGenerator[ReplyEvent, None], otherwise: str
) -> AsyncGenerator[ReplyEvent, None]:
    """Pass on what the knowledge says. Where it knows nothing, `otherwise` is said, and the flow goes on."""
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
    if answer.route and answer.route.kind == GUARDED:
        yield Delta(told.add(answer.text))
    elif answer.outcome is Outcome.ANSWERED:
        before = len(told.citations)
        told.add(renumbered(answer.text, before))
        told.citations += tuple(replace(one, number=one.number + before) for one in answer.citations)
    else:
        yield Delta(told.add(otherwise))


def _completed(told: Told, state: State, draft: Draft, started: float) -> Answer:
    stopped = walked.stopped(told.passed)
    draft = replace(
        draft,
        state={**draft.state, "flow": state.as_json(), "stopped": stopped},
        timings={**draft.timings, "total": (time.perf_counter() - started) * 1000},
    )
    for answer in told.answers:
        draft = replace(draft, usage=added(draft.usage, answer.usage))
    outcome, reason = _outcome(told)
    told.passed += walked.standing(state, handed_over=outcome is Outcome.HANDOFF)
    passed_on = say("handoff", draft.language)
    if outcome is Outcome.HANDOFF and passed_on not in told.texts:  # a flow may say it itself
        told.add(passed_on)
    cards = without_replies(told.cards) if outcome is Outcome.HANDOFF else told.cards
    answer = composing.finish(
        draft, "\n\n".join(told.texts), outcome, kind="flow", citations=told.citations,
        options=() if outcome is Outcome.HANDOFF else (*told.options, *options_of(cards)),
        handoff_reason=reason,
    )  # fmt: skip
    collected = dict(told.handed_over.slots) if told.handed_over else {}
    return replace(answer, route=_route(answer, told), cards=cards, collected=collected)


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
        guidance = tuple(note for one in within for note in one.guidance)
        route = replace(route, **searched, degraded=last.degraded, reasons=reasons, guidance=guidance)
    return replace(route, steps=tuple(told.steps), passed=tuple(told.passed))
