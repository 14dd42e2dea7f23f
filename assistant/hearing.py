"""What a customer's words mean for the flows: by rules and the router, and by a model where there is one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from django.utils import timezone

from actions.kinds import confirmed_names
from assistant import composing, interpreting
from assistant.composing import Draft
from assistant.events import Completed, Option, Outcome, ReplyEvent, Transcript
from assistant.files import as_values
from assistant.models import Assistant
from assistant.models_in_use import models_of
from assistant.routing.asking import NOWHERE, route
from assistant.understanding import Way
from assistant.withholding import withheld
from flows.interpreting import Words, in_words, interpret, named
from flows.library import Shelf
from flows.run import Facts
from flows.shelves import shelf
from flows.state import AskKnowledge, Heard, State
from llm.choosing import chat_model_for
from llm.completing import complete_structured
from llm.errors import ModelError
from llm.pricing import added

TELLING_WORDS = 4  # from which a message in the middle of a flow may change the language
MOST_OFFERED = 2  # flows below an answer


@dataclass(frozen=True)
class Situation:
    """The flows there are, where the conversation stands in them, and what they may look at."""

    library: Shelf
    state: State
    facts: Facts

    @property
    def under_way(self) -> bool:
        return bool(self.state.frames)


def in_the_same_language(draft: Draft) -> Draft:
    """A name, an address or a number that a flow asked for says nothing of the language."""
    spoken = str(draft.state.get("language", ""))
    frames = State.from_json(draft.state.get("flow")).frames
    if not frames or not spoken or len(draft.understood.text.split()) >= TELLING_WORDS:
        return draft
    return replace(draft, understood=replace(draft.understood, language=spoken))


async def situation(draft: Draft, transcript: Transcript) -> Situation | None:
    """None where no flow is published and none is under way."""
    state = State.from_json(draft.state.get("flow"))
    library = await asyncio.to_thread(_library, state)
    if not library.published and not state.frames:
        return None
    facts = Facts(
        now=timezone.localtime().replace(tzinfo=None),
        language=draft.language,
        customer={**transcript.customer, "verified": transcript.audience != "everyone"},
    )
    return Situation(library, state, facts)


def _library(state: State) -> Shelf:
    """With what asks the customer first, where any flow may come to it."""
    found = shelf(state)
    wanted = bool(found.published or state.frames)
    return replace(found, confirmed_actions=confirmed_names()) if wanted else found


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
    message = Words(
        understood.text,
        begins=said or (routed.flow if routed.sure else ""),
        likely=1.0 if said else routed.likely,
        close=routed.close,
        courtesy=composing.without_search(draft, assistant.name).text if small else "",
        wants_person=understood.way is Way.HANDOFF,
        files=as_values(understood.files),
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
    text, before, files = draft.understood.text, draft.understood.before, as_values(draft.understood.files)
    if assistant.redact_prompts:
        text, before = withheld(text, before, draft.language)
    try:
        meaning, usage = await complete_structured(
            interpreting.prompt(here.library, here.state, here.facts, text, before, files=len(files)),
            model=model,
            schema=interpreting.Meaning,
            max_tokens=interpreting.MOST_TOKENS,
            budget=interpreting.BUDGET_SECONDS,
        )
    except ModelError as error:
        return otherwise, draft.because(f"interpret_{error.code}")
    draft = replace(draft.because("interpreted"), usage=added(draft.usage, usage))
    said = draft.understood.text
    commands = interpreting.commands(meaning, here.library, here.state, here.facts, said, files)
    asks = all(isinstance(command, AskKnowledge) for command in commands)
    if not here.under_way and asks:  # nothing for the flows
        return None, draft
    return Heard(commands) if commands else otherwise, draft


def offering(event: ReplyEvent, flows: tuple[Option, ...]) -> ReplyEvent:
    """Who asks how something is done may want to have it done: an answer offers the flow that is near."""
    if not flows or not isinstance(event, Completed) or event.answer.outcome is not Outcome.ANSWERED:
        return event
    return Completed(replace(event.answer, options=(*event.answer.options, *flows)))
