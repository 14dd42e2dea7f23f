"""What a model is not told, where an assistant is set so: addresses and numbers of those who write. Pure.

Passages are left as they are: the company's own words, whose numbers customers ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.events import Said
from flows.state import Frame, State
from knowledge.cleaning.base import Rules
from knowledge.cleaning.personal import redact

RULES = Rules(frozenset(["personal"]), personal="redact")


def without_personal_data(text: str, language: str) -> str:
    """E-mail addresses, telephone numbers, bank accounts and cards as words that say what stood there."""
    return redact(text, RULES, language)[0]


def withheld_in(state: State, language: str) -> State:
    """Where a conversation stands in the flows, without personal data in what they know."""
    return replace(state, frames=tuple(_withheld_in(frame, language) for frame in state.frames))


def _withheld_in(frame: Frame, language: str) -> Frame:
    slots = {
        name: without_personal_data(value, language) if isinstance(value, str) else value
        for name, value in frame.slots.items()
    }
    return replace(frame, slots=slots)


def withheld(question: str, before: Sequence[Said], language: str) -> tuple[str, tuple[Said, ...]]:
    """A question and what was said before it, without personal data."""
    told = tuple(replace(said, text=without_personal_data(said.text, language)) for said in before)
    return without_personal_data(question, language), told
