"""Talking to a draft: one step of it, with what it says, the steps it took, what it knows and why. Pure.

Nothing is stored and nothing is done: the state goes to the browser and back, signed by whoever calls this,
and what an action brings is told by whoever tries the flow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from flows.graph import Graph
from flows.library import Shelf
from flows.overhearing import heard, sent
from flows.run import Facts
from flows.runner import step
from flows.state import (
    Acted,
    Answered,
    AskKnowledge,
    CancelFlow,
    Command,
    Event,
    Heard,
    StartFlow,
    State,
    Step,
    WantPerson,
)

DRAFT = 0  # its version


class Done(BaseModel):
    """What came of an action."""

    model_config = ConfigDict(extra="forbid", strict=True)

    ok: bool
    data: Any = None


class Happening(BaseModel):
    """What happens next: one of these."""

    model_config = ConfigDict(extra="forbid", strict=True)

    say: str | None = None
    start: bool = False
    acted: Done | None = None
    answered: bool | None = None
    does: Literal["cancel", "question", "person"] | None = None
    sends: Literal["picture", "document"] | None = None


@dataclass(frozen=True)
class Tried:
    """The step that was taken, and why it was this one ("" where that is plain)."""

    step: Step
    why: str
    library: Shelf


def library_with(shelf: Shelf, draft: Graph) -> Shelf:
    """The published flows, and the draft in the place of its own published version."""
    return replace(shelf, published={**shelf.published, draft.key: (DRAFT, draft)})


def try_out(
    shelf: Shelf, draft: Graph, state: State, happens: Happening, *, language: str, now: datetime
) -> Tried:
    if happens.start:  # here it begins whatever says that it may
        draft, state = draft.model_copy(update={"begins": True, "when": None}), State()
    library = library_with(shelf, draft)
    event, why = _event(library, draft, state, happens, language, now)
    asked = happens.say or ""
    facts = Facts(now, language, {"verified": False})
    return Tried(step(library, state, event, facts, asked=asked), why, library)


def _event(
    library: Shelf, draft: Graph, state: State, happens: Happening, language: str, now: datetime
) -> tuple[Event, str]:
    if happens.acted is not None:
        return Acted(happens.acted.ok, happens.acted.data, error="" if happens.acted.ok else "tried"), ""
    if happens.answered is not None:
        return Answered(happens.answered), ""
    if happens.does is not None:
        return Heard((DOES[happens.does],)), ""
    if happens.sends is not None:
        return sent(library, state, happens.sends)
    if happens.say is None:
        return Heard((StartFlow(draft.key),)), ""
    return heard(library, draft, state, happens.say, language, now)


DOES: dict[str, Command] = {
    "cancel": CancelFlow(),
    "question": AskKnowledge("…"),
    "person": WantPerson(),
}
