"""What a customer's words mean: for the flows by rules, the router and a model, else which way they go.

One function, `hear`, for whoever answers a customer and for whoever tries a draft.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant import composing, interpreting
from assistant.composing import Draft
from assistant.events import Completed, Option, Outcome, ReplyEvent, Transcript
from assistant.files import as_values
from assistant.models import Assistant
from assistant.offers import is_on_a_button
from assistant.own_models import models_of
from assistant.phrases import PHRASES, say
from assistant.releases.as_served import held_by
from assistant.routing.alluding import alluded
from assistant.routing.asking import NOWHERE, Routed, route
from assistant.routing.signs import without_values
from assistant.routing.wishing import wished
from assistant.scope import lines_of
from assistant.situation import Situation, Trial, answering_the_flow, in_the_same_language, situation
from assistant.smalltalk import Courtesy
from assistant.understanding import ACCEPTED, Understood, Way, understand
from assistant.withholding import withheld, withheld_in
from chatbot.kept_connections import in_thread
from flows.graph import Graph
from flows.interpreting import Words, in_words, interpret
from flows.state import (
    AskKnowledge,
    ChitChat,
    Clarify,
    Command,
    FillForm,
    Heard,
    Rejected,
    StartFlow,
    State,
)
from flows.understanding import How
from flows.word_for_word import exampled, named
from llm.choosing import chat_model_for
from llm.completing import complete_structured
from llm.errors import ModelError
from llm.pricing import added

MOST_OFFERED = 2  # flows below an answer
BY_MODEL, BY_WORDS, BY_BUTTON, BY_FORM = How("model"), How("words"), How("button"), How("form")


@dataclass(frozen=True)
class Hearing:
    """`heard` is what the words mean for the flows, and `how` by which means each command was understood;
    None where no flow is concerned: then `offered` are those that may be offered with an answer.

    `here` is None where there are no flows.
    """

    draft: Draft
    here: Situation | None = None
    heard: Heard | None = None
    how: tuple[How, ...] = ()
    offered: tuple[Option, ...] = ()
    routed: Routed = NOWHERE


@dataclass(frozen=True)
class _Begun:
    """Which flow the words begin (`likely` of it), or which ones may be meant, and who says so."""

    flow: str = ""
    close: tuple[str, ...] = ()
    likely: float = 0.0
    how: How = BY_WORDS
    routed: Routed = NOWHERE
    beside: str = ""  # what a button says to which the words allude: it holds values, too


async def newest(assistant: Assistant, transcript: Transcript, state: Mapping[str, Any]) -> Draft:
    """The customer's last words, read. `state` is what the last answer carried."""
    # In a thread: the first message of a process loads the language detector, while other replies stream.
    understood = await asyncio.to_thread(_understood, assistant, transcript, state)
    return answering_the_flow(in_the_same_language(Draft(understood, state)))


async def hear(
    assistant: Assistant, transcript: Transcript, draft: Draft, trial: Trial | None = None
) -> Hearing:
    """A model is asked where there is one and the words are not plain anyway. `trial` is the draft of a flow
    that takes part in it."""
    if trial is None and assistant.released:
        state = State.from_json(draft.state.get("flow"))
        trial = await in_thread(held_by)(assistant.released, state)
    here = await in_thread(situation)(draft, transcript, trial)
    if here is None:
        return Hearing(draft)
    understood = draft.understood
    begin = here.library.begun_in(here.facts.language)
    begun = await _begun(begin, understood, trial, under_way=here.under_way)
    read = await asyncio.to_thread(
        interpret, here.library, here.state, _words(draft, assistant, begun), here.facts
    )
    heard, how = read.heard, _hows(read.heard, begun, draft)
    plain = understood.way is Way.KNOWLEDGE and begun.how.by != "name"
    if not read.certain and (plain or here.under_way):
        heard, how, draft = await _by_model(here, draft, assistant, (heard, how), begun.routed.likeliest)
    near = [in_words(begin[key], draft.language) for key in begun.routed.close[:MOST_OFFERED]]
    offered = () if heard else tuple(Option(words, words) for words in near)
    return Hearing(draft, here, heard, how, offered, begun.routed)


def _understood(assistant: Assistant, transcript: Transcript, state: Mapping[str, Any]) -> Understood:
    return understand(
        transcript,
        languages=assistant.languages,
        out_of_scope=lines_of(assistant.out_of_scope),
        habitual=str(state.get("language", "")),
    )


async def _begun(
    begin: Mapping[str, Graph], understood: Understood, trial: Trial | None, *, under_way: bool
) -> _Begun:
    """Its name and its examples count word for word; all else is for the router. A form begins none."""
    if understood.form is not None:
        return _Begun()
    if key := named(begin, understood.text):
        return _Begun(key, likely=1.0, how=How("name", 1.0))
    # Also of what is said for a person: whoever draws "call me back" has another way in mind. Our own button
    # and a yes to our own offer lead to a person without any way between.
    offered = understood.way is Way.HANDOFF and (
        ACCEPTED in understood.reasons or is_on_a_button(understood.text, understood.before)
    )
    exact = () if offered else exampled(begin, understood.text)
    if not exact and understood.way is Way.KNOWLEDGE:
        exact = wished(begin, understood.text)
    if exact:
        alone = exact[0] if len(exact) == 1 else ""
        return _Begun(alone, exact, 1.0, How("example", 1.0))
    if understood.way is not Way.KNOWLEDGE:
        return _Begun()
    button = "" if under_way else alluded(understood.text, understood.before)
    if len(exact := wished(begin, without_values(button))) == 1:  # also before anything is learned
        return _Begun(exact[0], exact, 1.0, How("button", 1.0), beside=button)
    if button and (pressed := await route(button, frozenset(begin), trial)).sure:
        how = How("button", pressed.likely, pressed.bar)
        return _Begun(pressed.flow, pressed.close, pressed.likely, how, pressed, button)
    routed = await route(understood.text, frozenset(begin), trial)
    how = How("router", routed.likely, routed.bar)
    return _Begun(routed.flow if routed.sure else "", routed.close, routed.likely, how, routed)


def _words(draft: Draft, assistant: Assistant, begun: _Begun) -> Words:
    understood = draft.understood
    small = understood.way is Way.SMALL_TALK
    return Words(
        "\n".join(filter(None, [understood.text, begun.beside])),
        begins=begun.flow,
        likely=begun.likely,
        close=begun.close,
        courtesy=_said_between(draft, assistant) if small else "",
        leaves=understood.courtesy is Courtesy.BYE,
        wants_person=understood.way is Way.HANDOFF,
        files=as_values(understood.files),
        form=understood.form,
        beside=understood.beside,
    )


def _said_between(draft: Draft, assistant: Assistant) -> str:
    """To a courtesy in the middle of a flow: without another question, since the flow's own comes next."""
    short = f"{draft.understood.courtesy}_between"
    if short in PHRASES:
        return say(short, draft.language)
    return composing.without_search(draft, assistant.name).text


def _hows(heard: Heard | None, begun: _Begun, draft: Draft) -> tuple[How, ...]:
    """Without a model: what begins a flow by its own means, else by the words or a button of that name."""
    plain = BY_BUTTON if is_on_a_button(draft.understood.text, draft.understood.before) else BY_WORDS
    filled = BY_FORM if draft.understood.form is not None else plain
    beginning = plain if begun.how.by == "name" and plain is BY_BUTTON else begun.how
    commands = heard.commands if heard else ()
    hows = {StartFlow: beginning, Clarify: beginning, FillForm: filled}
    return tuple(hows.get(type(one), plain) for one in commands)


async def _by_model(
    here: Situation,
    draft: Draft,
    assistant: Assistant,
    otherwise: tuple[Heard | None, tuple[How, ...]],
    likeliest: tuple[str, ...],
) -> tuple[Heard | None, tuple[How, ...], Draft]:
    """What a model makes of the words; without one, or when it fails, what was made of them without it."""
    model = chat_model_for("rewrite", models_of(assistant))
    if model is None:
        return (*otherwise, draft)
    text, before, files = draft.understood.text, draft.understood.before, as_values(draft.understood.files)
    state = here.state
    if assistant.redact_prompts:
        text, before = withheld(text, before, draft.language)
        state = withheld_in(state, draft.language)
    try:
        meaning, usage = await complete_structured(
            interpreting.prompt(
                here.library, state, here.facts, text, before, files=len(files), likeliest=likeliest
            ),
            model=model,
            schema=interpreting.Meaning,
            max_tokens=interpreting.MOST_TOKENS,
            budget=interpreting.BUDGET_SECONDS,
        )
    except ModelError as error:
        return (*otherwise, draft.because(f"interpret_{error.code}"))
    draft = replace(draft.because("interpreted"), usage=added(draft.usage, usage))
    meant = interpreting.commands(meaning, here.library, here.state, here.facts, files)
    return (*_taken(meant, here, draft.understood.text, otherwise), draft)


def _taken(
    commands: tuple[Command, ...],
    here: Situation,
    text: str,
    otherwise: tuple[Heard | None, tuple[How, ...]],
) -> tuple[Heard | None, tuple[How, ...]]:
    """What the flows allow of it, with the values that stand in the words beside it."""
    besides = interpreting.besides(commands, here.library, here.facts, text)
    aside = all(isinstance(command, AskKnowledge | ChitChat) for command in commands)
    if not here.under_way and aside:  # nothing for the flows
        return None, ()
    unread = all(isinstance(command, Rejected) for command in commands)
    if not commands or (unread and otherwise[0] is not None):  # what the rules make of it is as good
        return otherwise
    return Heard((*commands, *besides)), (*[BY_MODEL] * len(commands), *[BY_WORDS] * len(besides))


def told(event: ReplyEvent, routed: Routed) -> ReplyEvent:
    """An answer with what the router thought of the words, where it was asked: staff may put it right."""
    if routed is NOWHERE or not isinstance(event, Completed) or event.answer.route is None:
        return event
    thought = {
        "flow": routed.flow,
        "sure": routed.sure,
        "close": list(routed.close),
        "likely": round(routed.likely, 3),
    }
    return Completed(replace(event.answer, route=replace(event.answer.route, routed=thought)))


def offering(event: ReplyEvent, flows: tuple[Option, ...]) -> ReplyEvent:
    """Who asks how something is done may want to have it done: an answer offers the flow that is near. One
    for which a tool has done something does not."""
    if not flows or not isinstance(event, Completed) or event.answer.outcome is not Outcome.ANSWERED:
        return event
    if event.answer.route and event.answer.route.kind == "tool":
        return event
    return Completed(replace(event.answer, options=(*event.answer.options, *flows)))
