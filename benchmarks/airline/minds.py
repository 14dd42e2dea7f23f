"""The two ways in which a customer's words are understood here, as `assistant/hearing.py` does it in replies.

`RouterAlone`: the trained router and the rules, without a model. `Scripted`: the rules, and a model that is
asked over the wire wherever the product asks one, and always answers with the right commands. It shows what
the flows and the engine can do when everything is understood, and nothing of what a real model understands.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import yaml

from assistant import interpreting
from assistant.events import Said as Turn
from assistant.events import Transcript
from assistant.handoff import asks_for_a_person
from assistant.interpreting import Meaning
from assistant.routing import fitting
from assistant.routing.asking import NOWHERE, Routed, decided
from assistant.routing.samples import of_flows
from assistant.routing.signs import signs
from assistant.routing.telling import said as words_of
from assistant.understanding import Way, understand
from benchmarks.airline.customer import Said
from benchmarks.offline_vectors import embed
from benchmarks.routing_sets import off_topic
from flows.interpreting import Interpreted, Words, interpret
from flows.library import Shelf
from flows.run import Facts
from flows.state import Heard, State
from flows.word_for_word import named
from llm.choosing import ChatModel
from llm.clients import close_clients
from llm.completing import complete_structured
from tests.modelserver.control import ModelServer

GUIDANCE = yaml.safe_load(Path(__file__).with_name("guidance.yaml").read_text("utf-8"))


class Mind(Protocol):
    def hears(self, library: Shelf, state: State, facts: Facts, said: Said) -> Heard | None:
        """None where no flow is concerned."""


class RouterAlone:
    def __init__(self, library: Shelf) -> None:
        begin = [flow for _, flow in library.published.values() if flow.begins]
        samples = [*of_flows(begin), *off_topic()]
        vectors = embed([one.text for one in samples], "query")
        shapes = [signs(one.text) for one in samples]
        texts = [one.text for one in samples]
        fitted = fitting.fit(vectors, shapes, [one.label for one in samples], texts)
        assert fitted is not None
        self.fitted, self.flows = fitted, frozenset(flow.key for flow in begin)

    def hears(self, library: Shelf, state: State, facts: Facts, said: Said) -> Heard | None:
        return read(library, state, facts, said, self.route).heard

    def route(self, text: str) -> Routed:
        [vector] = embed([text], "query")
        return decided(self.fitted, np.asarray(vector), signs(text), self.flows, words_of(text))


class Scripted:
    def __init__(self, server: ModelServer) -> None:
        self.server, self.runner = server, asyncio.Runner()
        self.model = ChatModel("scripted", server.url, "none")

    def hears(self, library: Shelf, state: State, facts: Facts, said: Said) -> Heard | None:
        first = read(library, state, facts, said, lambda _text: NOWHERE)
        if first.certain:
            return first.heard
        meaning = self.runner.run(self._ask(library, state, facts, said))
        commands = interpreting.commands(meaning, library, state, facts, said.text)
        return Heard(commands) if commands else first.heard

    async def _ask(self, library: Shelf, state: State, facts: Facts, said: Said) -> Meaning:
        answer = {"commands": [one.model_dump() for one in said.meant]}
        await asyncio.to_thread(self.server.script, {"text": json.dumps(answer)})
        prompt = interpreting.prompt(library, state, facts, said.text, ())
        return (await complete_structured(prompt, model=self.model, schema=Meaning, budget=120.0))[0]

    def close(self) -> None:
        self.runner.run(close_clients())
        self.runner.close()


def read(
    library: Shelf, state: State, facts: Facts, said: Said, route: Callable[[str], Routed]
) -> Interpreted:
    """By the rules, with what the router makes of words that are no courtesy and no wish for a person."""
    begin = {key: flow for key, (_, flow) in library.published.items() if flow.begins}
    understood = understand(
        Transcript((Turn("customer", said.text),), facts.language),
        languages=["en"],
        out_of_scope=GUIDANCE["out_of_scope"],
    )
    by_name = named(begin, said.text)
    plain = understood.way is Way.KNOWLEDGE and not by_name
    routed = route(said.text) if plain else NOWHERE
    message = Words(
        said.text,
        begins=by_name or (routed.flow if routed.sure else ""),
        likely=1.0 if by_name else routed.likely,
        close=routed.close,
        courtesy="Hello." if understood.way is Way.SMALL_TALK else "",
        wants_person=asks_for_a_person(said.text),
    )
    return interpret(library, state, message, facts)


def wordings(flows: Sequence) -> int:
    return sum(len(lines) for flow in flows for lines in flow.examples.values())
