"""What a running flow remembers, what comes in, and what it wants done. Pure, and all of it is JSON.

The state belongs to the conversation and is stored with each answer. A frame is one flow that was begun and
is not over; the last one is where the conversation stands, those before it wait.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from flows.shown_cards import ShownCard

Outcome = Literal["done", "given_up", "cancelled", "lost"]
Waiting = Literal["", "slot", "form", "choice", "confirmation", "action", "answer"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One flow under way, at the version it began with.

    `trail` are the steps it has taken, `asks` how often each step has asked in vain, `said` what it has told
    already and `skip` what a correction need not tell again, `done` the actions that cannot be taken back,
    `failure` why the last action failed: {"error": code, "message": words}.

    Of a form: `asking` is the slot that was asked for in words last, `filled` what was answered since the
    step was come to, `empty` what was left empty, `wrong` what was refused: {slot: {"written": …, "why": …}}.
    """

    flow: str
    version: int
    node: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    asks: Mapping[str, int] = field(default_factory=dict)
    trail: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    failure: Mapping[str, str] = field(default_factory=dict)
    waiting: Waiting = ""
    asides: int = 0  # questions in a row that were asked instead of an answer
    asking: str = ""
    filled: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    wrong: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    half: str = ""  # what was answered and lacks a part: "tomorrow", without a time
    confirmed: bool = False
    called: bool = False  # by the frame below, which takes its slots back
    about: Mapping[str, Any] = field(default_factory=dict)  # of a repair: which flow, which slot, which value
    begun: int = 0  # at which turn of the conversation

    @property
    def last(self) -> str:
        """The step that it stands at, or that it ended with."""
        return self.node or next(iter(self.trail[-1:]), "")

    def with_slot(self, name: str, value: Any) -> Frame:
        slots = {**self.slots, name: value}
        return replace(self, slots={key: one for key, one in slots.items() if one is not None})


@dataclass(frozen=True, slots=True)
class State:
    """Empty at first. `remembered` holds the slots that flows share, `vain` how often nothing was understood
    in a row, `turns` counts what came in (so that an action has a key of its own), `walked` the steps since
    the customer said something: actions and answers may lead on for ever."""

    frames: tuple[Frame, ...] = ()
    remembered: Mapping[str, Any] = field(default_factory=dict)
    vain: int = 0
    turns: int = 0
    walked: int = 0

    @property
    def top(self) -> Frame | None:
        return self.frames[-1] if self.frames else None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> State:
        """What was stored, or the empty state where it cannot be read: a conversation never breaks on it."""
        try:
            kept = dict(kept or {})
            frames = tuple(_frame(one) for one in kept.get("frames", ()))
            vain, turns, walked = (int(kept.get(name, 0)) for name in ("vain", "turns", "walked"))
            return cls(frames, dict(kept.get("remembered", {})), vain, turns, walked)
        except (TypeError, ValueError, AttributeError):
            return cls()


LISTS = ("trail", "said", "skip", "done", "filled", "empty")


def _frame(kept: Mapping[str, Any]) -> Frame:
    lists = {name: tuple(kept.get(name, ())) for name in LISTS}
    return Frame(**{**kept, **lists})


# --- What comes in: what was understood of the customer's words, or what came of what we asked for


@dataclass(frozen=True, slots=True)
class StartFlow:
    flow: str


@dataclass(frozen=True, slots=True)
class SetSlot:
    slot: str
    value: Any


@dataclass(frozen=True, slots=True)
class FillForm:
    """A form was sent: what was written, by slot."""

    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """The customer does not want to say what a form asks for."""

    slot: str


@dataclass(frozen=True, slots=True)
class CorrectSlot:
    slot: str
    value: Any


@dataclass(frozen=True, slots=True)
class ChooseOption:
    value: str


@dataclass(frozen=True, slots=True)
class Confirm:
    yes: bool


@dataclass(frozen=True, slots=True)
class CancelFlow:
    pass


@dataclass(frozen=True, slots=True)
class AskKnowledge:
    """A question that the knowledge answers, whatever flow is under way."""

    question: str


@dataclass(frozen=True, slots=True)
class Clarify:
    """One of these flows is meant, and it is not sure which."""

    flows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantPerson:
    pass


@dataclass(frozen=True, slots=True)
class ChitChat:
    """A greeting, thanks: `reply` is what is said to it, `phrase` its name where it is one of ours."""

    reply: str
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """What was answered (`said`) is no value of the slot; `why` names the rule (see `flows/slots`)."""

    slot: str
    why: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    pass


Command = (
    StartFlow | SetSlot | FillForm | LeaveOut | CorrectSlot | ChooseOption | Confirm | CancelFlow
    | AskKnowledge | Clarify | WantPerson | ChitChat | Rejected | NotUnderstood
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """What the customer's words mean, in the order to be dealt with."""

    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Acted:
    """What came of an action: `data` is what it brought, `error` why it failed, `message` the same in the
    customer's language where the action says it."""

    ok: bool
    data: Any = None
    error: str = ""
    message: str = ""
    final: bool = False  # it changed something outside and cannot be taken back
    pending: bool = False  # staff decide about it first


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether the knowledge had an answer."""

    found: bool


Event = Heard | Acted | Answered


# --- What is wanted: said, done, answered, handed over


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    value: str  # what is sent when it is pressed


@dataclass(frozen=True, slots=True)
class Say:
    text: str
    buttons: tuple[Button, ...] = ()
    step: str = ""  # "flow/node", for whoever looks on
    cards: tuple[ShownCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Do:
    """Run an action and come back with `Acted`. The same `key` is never done twice."""

    action: str
    given: Mapping[str, Any]
    key: str


@dataclass(frozen=True, slots=True)
class AnswerFromKnowledge:
    """Answer from the knowledge and come back with `Answered`."""

    question: str


@dataclass(frozen=True, slots=True)
class HandOver:
    reason: str
    slots: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reached:
    """A step was taken: for coverage, the emulator and traces. `begins`: the flow began with it."""

    flow: str
    version: int
    node: str
    why: str = ""
    begins: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Over:
    """A flow is over, and this was its last step. `handed_over`: the step brought in a person."""

    flow: str
    outcome: Outcome
    version: int = field(default=0, compare=False)
    node: str = field(default="", compare=False)
    handed_over: bool = field(default=False, compare=False)


Effect = Say | Do | AnswerFromKnowledge | HandOver | Reached | Over


@dataclass(frozen=True, slots=True)
class Step:
    """Where the conversation stands afterwards, and what is to happen, in order."""

    state: State
    effects: tuple[Effect, ...]
