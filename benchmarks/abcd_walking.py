"""Walk a draft from beginning to end: a customer who answers each question, tools that always succeed.

Used by `benchmarks/abcd_guidelines.py`. What a draft leaves to be written (an empty step with a note) is
passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.graph import Ask, Graph
from flows.interpreting import Words, interpret
from flows.library import Shelf
from flows.run import Facts
from flows.runner import step
from flows.slot import Slot
from flows.state import (
    Acted,
    Answered,
    AnswerFromKnowledge,
    Do,
    Event,
    Heard,
    Over,
    Reached,
    Say,
    StartFlow,
    State,
)

FACTS = Facts(datetime(2026, 11, 28, 10))
MOST_TURNS = 60
ANSWERS = {
    "text": "it is Anna Martin 42", "email": "anna@example.com", "phone": "+33 1 42 68 53 00", "money": "$50",
    "postal_code": "10115", "yes_no": "yes", "number": "2", "date": "tomorrow", "code": "AB1234",
}  # fmt: skip


@dataclass(frozen=True)
class Walk:
    """`outcome` is how the flow ended, "" when it did not."""

    outcome: str
    reached: set[str]
    turns: int
    lines: list[str]


def walk(flow: Graph) -> Walk:
    library, state, lines = Shelf.of(flow), State(), list[str]()
    reached, turns = set[str](), 0
    event: Event = Heard((StartFlow(flow.key),))
    while turns < MOST_TURNS:
        done = step(library, state, event, FACTS)
        state = done.state
        for effect in done.effects:
            if isinstance(effect, Reached):
                reached.add(effect.node)
            elif isinstance(effect, Over) and effect.flow == flow.key:
                return Walk(effect.outcome, reached, turns, lines)
            elif isinstance(effect, Say):
                lines.append(f"  assistant: {effect.text} {[one.label for one in effect.buttons] or ''}")
        last = done.effects[-1]
        if isinstance(last, Do):
            lines.append(f"  (does {last.action})")
            event = Acted(True, {})
        elif isinstance(last, AnswerFromKnowledge):
            event = Answered(True)
        else:
            turns += 1
            said = _answer(flow, state)
            lines.append(f"  customer: {said}")
            heard = interpret(library, state, Words(said), FACTS).heard
            event = heard or Heard(())
    return Walk("", reached, turns, lines)


def _answer(flow: Graph, state: State) -> str:
    node: Any = flow.node(state.top.node) if state.top else None
    if isinstance(node, Ask):
        slot = flow.slots.get(node.slot, Slot())
        return _label(slot.choices[0]) if slot.choices else ANSWERS.get(slot.kind, "yes")
    return _label(node.options[0]) if getattr(node, "options", ()) else "yes"


def _label(choice: Any) -> str:
    return next(iter(choice.label.values()), choice.value)
