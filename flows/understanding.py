"""What customers mean, as far as it is known below the assistant: the form of it, and the door to it.

`flows` never imports `assistant`, which knows how words are understood; that registers itself here when the
apps are ready, and whoever tries a draft asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from flows.graph import Graph
from flows.library import Shelf
from flows.run import Facts
from flows.sent_files import SentFile
from flows.state import Button, Heard, State

By = Literal["button", "form", "name", "example", "router", "words", "model"]
# What the assistant does where no flow is concerned.
Does = Literal["knowledge", "small_talk", "person", "out_of_scope", "more", "file"]


@dataclass(frozen=True, slots=True)
class How:
    """By which means a command was understood; by the router how likely, and from where on it begins."""

    by: By
    likely: float = 0.0
    bar: float = 0.0


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What the assistant does where no flow is concerned: what it says, if it needs no knowledge for it."""

    does: Does
    text: str = ""
    buttons: tuple[Button, ...] = ()
    about: str = ""  # of what is out of scope: the line that says so


@dataclass(frozen=True, slots=True)
class Meaning:
    """What words mean: `how` says it of each command. `heard` is None where no flow is concerned.

    `nearest` is the flow that the router thought of, if it was asked and has learned anything; `trouble` says
    why the model was done without.
    """

    heard: Heard | None
    how: tuple[How, ...]
    facts: Facts
    text: str
    otherwise: Otherwise = Otherwise("knowledge")
    nearest: str = ""
    near: How | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was said. After what was `declined` a yes means that a person is wanted."""

    who: Literal["customer", "assistant"]
    text: str
    buttons: tuple[Button, ...] = ()
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Supposed:
    """As whom, and when, a draft is tried: `at` is the company's local time, None for now."""

    verified: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a customer says to a draft, what was said before, and where the conversation stands."""

    text: str
    before: tuple[Line, ...]
    draft: Graph
    library: Shelf
    state: State
    language: str
    files: tuple[SentFile, ...] = ()
    supposed: Supposed = Supposed()
    form: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class OfFlow:
    """How a flow's own examples were understood by a router that had not seen them."""

    examples: int
    right: int
    missed: int  # they began no flow
    taken_for: Mapping[str, int] = field(default_factory=dict)  # another flow: how many


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What becomes of a draft's examples beside what is published: how many there are, how many begin none;
    by flow those of either that begin the other; and questions of the knowledge that begin the draft."""

    examples: int = 0
    missed: int = 0
    mixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Learned:
    """What the router has learned, and how well: shares between 0 and 1, on what it had not seen."""

    right: float  # of the flows' examples, those that begin the right flow
    left_alone: float  # of what is no flow's, what begins none
    samples: int
    at: datetime
    flows: Mapping[str, OfFlow]


@dataclass(frozen=True)
class Understanding:
    """The means themselves. `shelf` are the flows as the assistant walks them from this state; `opened` says
    whether the company is open at a local time, None where it has no opening hours. `foreseen` is None while
    it is not known yet: ask again."""

    hear: Callable[[Spoken], Meaning]
    shelf: Callable[[State], Shelf]
    learned: Callable[[], Learned | None]
    foreseen: Callable[[Sequence[Graph]], Mapping[str, Foreseen] | None]
    opened: Callable[[datetime], bool | None]


_registered: list[Callable[[], Understanding]] = []


def register(means: Callable[[], Understanding]) -> None:
    _registered[:] = [means]


def understanding() -> Understanding:
    if not _registered:
        raise RuntimeError("nobody has registered how customers are understood (see assistant/apps.py)")
    return _registered[0]()
