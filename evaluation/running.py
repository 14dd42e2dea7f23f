"""Run a scenario: the assistant's own replies, turn by turn, and whether each is what is expected.

Nothing is stored and no action is really done: the scenario says what each of them brings.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from assistant.asking import reply_to
from assistant.events import Said, Transcript
from assistant.models import Assistant
from evaluation.expecting import Turned, checks
from evaluation.filling import filled_in
from evaluation.meaning import conveyed
from evaluation.otherwise import said_otherwise
from evaluation.scripted import Brings, Script, Turn
from flows.state import Acted, Do

MOST_SECONDS = 60.0  # somebody waits for it


@dataclass
class _Conversation:
    assistant: Assistant
    script: Script
    name: str = field(default_factory=lambda: f"scenario-{uuid4().hex}")
    said: list[Said] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    asks: Mapping[str, Any] | None = None  # what the last answer helps to give: a form, say

    def say(self, turn: Turn) -> Turned:
        self.done = []
        filled = [filled_in(turn.form, self.asks, self.script.language)] if turn.form is not None else []
        sent = [*(one.said for one in filled), *([Said("customer", turn.customer)] if turn.customer else [])]
        self.said += sent
        transcript = Transcript(tuple(self.said), self.script.language, conversation=self.name)
        answer = reply_to(self.assistant, transcript, self.state, acting=self._act)
        self.said.append(Said("assistant", answer.said, answer.options, answer.outcome))
        self.state, self.asks = answer.state, answer.asks
        means = conveyed(turn.expects.means, answer.said, answer.language, turn.customer)
        otherwise = {
            line: sentence
            for line in turn.expects.means
            if (sentence := said_otherwise(line, answer.said, answer.language))
        }
        met = checks(turn.expects, answer, self.done, means, otherwise)
        found = (*(check for one in filled for check in one.checks), *met)
        steps = answer.route.steps if answer.route else ()
        words = "\n".join(one.text for one in sent)
        return Turned(turn, answer.said, str(answer.outcome), steps, tuple(self.done), found, words)

    def _act(self, wanted: Do) -> Acted:
        self.done.append(wanted.action)
        brings = self.script.actions.get(wanted.action, Brings())
        return Acted(brings.ok, brings.data, "" if brings.ok else "failed")


def run_scenario(
    script: Script,
    assistant: Assistant,
    *,
    most_seconds: float = MOST_SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> list[Turned]:
    """What came of each turn; fewer than there are when it took too long. Raises `ModelError` when a model
    failed in the middle of an answer."""
    conversation, began, turned = _Conversation(assistant, script), clock(), list[Turned]()
    for turn in script.turns:
        if clock() - began > most_seconds:
            break
        turned.append(conversation.say(turn))
    return turned
