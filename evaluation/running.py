"""Run a scenario: the assistant's own replies, turn by turn, and whether each is what is expected.

Nothing is stored and no action is really done: the scenario says what each of them brings.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.utils import timezone

from assistant.asking import Asked, reply_to
from assistant.events import Answer, Said, Transcript
from assistant.models import Assistant
from assistant.situation import Trial
from evaluation.expecting import Played, checks
from evaluation.filling import filled_in
from evaluation.meaning import conveyed
from evaluation.otherwise import said_otherwise
from evaluation.scripted import Expected, Script, Turn
from evaluation.turned import Source, Spent, Turned
from flows.state import Acted, Do

MOST_SECONDS = 60.0  # somebody waits for it
MOST_PASSAGES = 10  # that are kept by name


@dataclass
class _Conversation:
    """`said` is the transcript, `done` what the last answer wanted done, `asks` what it helps to give (a
    form)."""

    assistant: Assistant
    script: Script
    trial: Trial | None = None
    name: str = field(default_factory=lambda: f"scenario-{uuid4().hex}")
    said: list[Said] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)
    done: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    ever: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    walked: list[str] = field(default_factory=list)
    asks: Mapping[str, Any] | None = None

    def say(self, turn: Turn) -> Turned:
        self.done = []
        filled = [filled_in(turn.form, self.asks, self.script.language)] if turn.form is not None else []
        sent = [*(one.said for one in filled), *([Said("customer", turn.customer)] if turn.customer else [])]
        self.said += sent
        transcript = Transcript(tuple(self.said), self.script.language, conversation=self.name)
        asked = reply_to(self.assistant, transcript, self.state, acting=self._act, trial=self.trial)
        answer = asked.answer
        self.said.append(Said("assistant", answer.said, answer.options, answer.outcome))
        self.state, self.asks = answer.state, answer.asks
        self.walked += answer.route.steps if answer.route else ()
        met = checks(turn.expects, self._played(asked, turn.expects, turn.customer))
        found = (*(check for one in filled for check in one.checks), *met)
        words = "\n".join(one.text for one in sent)
        return _turned(asked, words=words, checks=found, notes=turn.notes, done=self.done)

    def _played(self, asked: Asked, expected: Expected, question: str) -> Played:
        answer = asked.answer
        return Played(
            answer,
            done=tuple(self.done),
            walked=tuple(self.walked),
            conveyed=conveyed(expected.means, answer.said, answer.language, question),
            otherwise={
                line: sentence
                for line in expected.means
                if (sentence := said_otherwise(line, answer.said, answer.language))
            },
            spent=spent_on(asked),
        )

    def _act(self, wanted: Do) -> Acted:
        before = sum(name == wanted.action for name, _given in self.ever)
        self.done.append((wanted.action, dict(wanted.given)))
        self.ever.append(self.done[-1])
        brings = self.script.brings(wanted.action, before)
        return Acted(brings.ok, brings.data, "" if brings.ok else brings.error or "failed", brings.message)


def run_scenario(
    script: Script,
    assistant: Assistant,
    *,
    trial: Trial | None = None,
    most_seconds: float = MOST_SECONDS,
    clock: Callable[[], float] = time.monotonic,
    after: Callable[[], None] = lambda: None,
) -> list[Turned]:
    """What came of each turn; fewer than there are when it took too long. `trial` is what stands in the place
    of what customers get; `after` is called after each turn. Raises `ModelError` when a model failed in the
    middle of an answer."""
    script = script.on(timezone.localdate())
    conversation, began, turned = _Conversation(assistant, script, trial), clock(), list[Turned]()
    for turn in script.turns:
        if clock() - began > most_seconds:
            break
        turned.append(conversation.say(turn))
        after()
    return turned


def _turned(asked: Asked, *, done: list[tuple[str, Mapping[str, Any]]], **more: Any) -> Turned:
    answer = asked.answer
    return Turned(
        said=answer.said,
        outcome=str(answer.outcome),
        steps=tuple(answer.route.steps) if answer.route else (),
        actions=tuple(name for name, _given in done),
        language=answer.language,
        reason=str(answer.handoff_reason or ""),
        options=tuple(option.label for option in answer.options),
        sources=tuple(
            Source(one.number, one.external_id or one.title, one.title, one.passage)
            for one in answer.citations
        ),
        found=_found(answer),
        spent=spent_on(asked),
        **more,
    )


def _found(answer: Answer) -> tuple[str, ...]:
    """Articles, each once, in the order of their best passage."""
    passages = answer.route.passages if answer.route else ()
    names = (str(one.get("external_id") or one.get("title") or "") for one in passages)
    return tuple(dict.fromkeys(name for name in names if name))[:MOST_PASSAGES]


def spent_on(asked: Asked) -> Spent:
    usage = asked.answer.usage
    known = usage is not None and usage.reported
    return Spent(
        first_word=round(asked.first_word / 1000, 3),
        seconds=round(asked.total / 1000, 3),
        tokens=usage.prompt_tokens + usage.completion_tokens if usage and known else 0,
        cost=float(usage.cost) if usage and usage.cost is not None else None,
        model=usage.model if usage else "",
    )
