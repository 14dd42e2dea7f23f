"""A conversation with the runner, for scenarios: what was understood goes in, what is said comes out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flows.graph import Graph
from flows.library import Shelf
from flows.run import Facts
from flows.runner import step
from flows.state import (
    Acted,
    Answered,
    AnswerFromKnowledge,
    Command,
    Do,
    Effect,
    Event,
    HandOver,
    Heard,
    Over,
    Say,
    State,
)

NOW = datetime(2026, 11, 28, 10)


@dataclass
class Talk:
    """Stands in for the assistant: keeps the state as it is stored, and does what comes back at once."""

    library: Shelf
    language: str = "en"
    customer: Mapping[str, Any] | None = None
    state: State = field(default_factory=State)
    effects: list[Effect] = field(default_factory=list)
    asked: str = ""
    told: Mapping[str, str] | None = None

    @classmethod
    def over(cls, *flows: Graph, **how: Any) -> Talk:
        return cls(Shelf.of(*flows), **how)

    def hear(self, *commands: Command) -> str:
        return self._step(Heard(commands))

    def acted(self, ok: bool = True, data: Any = None, **how: Any) -> str:
        return self._step(Acted(ok, data, **how))

    def answered(self, found: bool = True) -> str:
        return self._step(Answered(found))

    def _step(self, event: Event) -> str:
        """All that was said to it, in lines, with the buttons below."""
        facts = Facts(NOW, self.language, self.customer, told=self.told)
        result = step(self.library, self.state, event, facts, asked=self.asked)
        self.state = State.from_json(json.loads(json.dumps(result.state.as_json())))
        self.effects = list(result.effects)
        return "\n".join(_line(one) for one in self.effects if isinstance(one, Say))

    @property
    def to_do(self) -> Do | None:
        """What is to be done before it goes on."""
        return next((one for one in self.effects if isinstance(one, Do)), None)

    @property
    def question(self) -> str:
        """What the knowledge is asked."""
        return next((one.question for one in self.effects if isinstance(one, AnswerFromKnowledge)), "")

    @property
    def handed_over(self) -> HandOver | None:
        return next((one for one in self.effects if isinstance(one, HandOver)), None)

    @property
    def over_with(self) -> list[tuple[str, str]]:
        return [(one.flow, one.outcome) for one in self.effects if isinstance(one, Over)]

    @property
    def under_way(self) -> list[str]:
        return [frame.flow for frame in self.state.frames]


def _line(said: Say) -> str:
    buttons = " ".join(f"[{button.label}]" for button in said.buttons)
    return f"{said.text} {buttons}".strip()
