"""Talking to a draft: one step of it, with what it says, the steps it took and what it knows. Pure.

Nothing is stored and nothing is done: the conversation goes to the browser and back, signed by whoever calls
this, and what an action brings is told by whoever tries the flow. What words mean is not for the emulator to
say: it gets the same `Meaning` that a reply to a customer follows (see `flows/understanding.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from flows.form_steps import MOST_FIELDS
from flows.graph import Graph
from flows.library import Shelf
from flows.run import Facts
from flows.runner import step
from flows.shown_cards import ShownCard, in_words
from flows.state import (
    Acted,
    Answered,
    AskKnowledge,
    Button,
    CancelFlow,
    Command,
    Event,
    Heard,
    Say,
    StartFlow,
    State,
    Step,
    WantPerson,
)
from flows.understanding import Line, Meaning

DRAFT = 0  # its version
REMEMBERED = 12  # lines: what a model reads, and what the last answer offered


FieldText = Annotated[str, StringConstraints(max_length=4_000)]


class Done(BaseModel):
    """What came of an action; of one that failed also why, as a code and in words."""

    model_config = ConfigDict(extra="forbid", strict=True)

    ok: bool
    data: Any = None
    error: str = Field("", max_length=200)
    message: str = Field("", max_length=1_000)


class Happening(BaseModel):
    """What happens next: one of these."""

    model_config = ConfigDict(extra="forbid", strict=True)

    say: str | None = None
    start: bool = False
    acted: Done | None = None
    answered: bool | None = None
    does: Literal["cancel", "question", "person"] | None = None
    sends: Literal["picture", "document"] | None = None
    form: dict[str, FieldText] | None = Field(None, max_length=MOST_FIELDS)


@dataclass(frozen=True)
class Talk:
    """A conversation with a draft: where it stands, and what was said."""

    state: State = State()
    lines: tuple[Line, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"state": self.state.as_json(), "lines": [asdict(line) for line in self.lines]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Talk:
        return cls(State.from_json(kept["state"]), tuple(_line(one) for one in kept["lines"]))


def _line(kept: Mapping[str, Any]) -> Line:
    return Line(**{**kept, "buttons": tuple(Button(**one) for one in kept["buttons"])})


@dataclass(frozen=True)
class Tried:
    """The step that was taken, the conversation after it, and what the customer's words meant, if any."""

    step: Step
    talk: Talk
    library: Shelf
    meaning: Meaning | None = None


def library_with(shelf: Shelf, draft: Graph) -> Shelf:
    """The published flows, and the draft in the place of its own published version."""
    return replace(shelf, published={**shelf.published, draft.key: (DRAFT, draft)})


def say(library: Shelf, talk: Talk, words: str, meaning: Meaning) -> Tried:
    """The customer has said something: the flows follow what it means, if it concerns any."""
    heard = meaning.heard
    taken = (
        step(library, talk.state, heard, meaning.facts, asked=meaning.text) if heard else Step(talk.state, ())
    )
    answer = _answer(taken) if heard else Line("assistant", meaning.otherwise.text, meaning.otherwise.buttons)
    return Tried(taken, _after(talk, taken, Line("customer", words), answer), library, meaning)


def happen(library: Shelf, draft: Graph, talk: Talk, what: Happening, facts: Facts) -> Tried:
    """Something else has: it was begun by hand, an action came back, the knowledge had an answer or not."""
    if what.start or (what.does, what.acted, what.answered) == (None, None, None):
        talk = Talk() if what.start else talk
        begun = library_with(library, draft.model_copy(update={"begins": True, "when": None}))
        taken = step(begun, talk.state, Heard((StartFlow(draft.key),)), facts)
    else:
        taken = step(library, talk.state, _event(what), facts)
    answer = replace(_answer(taken), declined=what.answered is False)
    return Tried(taken, _after(talk, taken, answer), library)


def _event(what: Happening) -> Event:
    if what.acted is not None:
        came = what.acted
        if came.ok:
            return Acted(True, came.data)
        return Acted(False, came.data, came.error or "tried", came.message)
    if what.answered is not None:
        return Answered(what.answered)
    return Heard((DOES[what.does or "cancel"],))


def _answer(taken: Step) -> Line:
    """As a customer gets it: in one message, with the buttons of the last question."""
    said = [effect for effect in taken.effects if isinstance(effect, Say)]
    cards = [card for one in said for card in one.cards]
    words = [*(one.text for one in said), in_words(cards)]
    buttons = (*(said[-1].buttons if said else ()), *_replies(cards))
    return Line("assistant", "\n\n".join(filter(None, words)), buttons)


def _replies(cards: Iterable[ShownCard]) -> Iterator[Button]:
    buttons = (button for card in cards for button in card.buttons)
    return (Button(button.label, button.says) for button in buttons if button.says)


def _after(talk: Talk, taken: Step, *lines: Line) -> Talk:
    return Talk(taken.state, (*talk.lines, *lines)[-REMEMBERED:])


DOES: dict[str, Command] = {
    "cancel": CancelFlow(),
    "question": AskKnowledge("…"),
    "person": WantPerson(),
}
