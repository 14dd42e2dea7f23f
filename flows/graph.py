"""A designed conversation as data: what a flow is. Pure; how it runs is in `flows/runner.py`.

A flow is a graph of steps (nodes) and what they ask for (slots). The same model is read from YAML, kept as
JSON in the database and edited in the browser, so nothing is lost between them. Reading checks the form of
each part; what a whole flow lacks (a step that nobody reaches, a missing translation) is told by
`flows/problems.py`, since a draft may be unfinished.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from flows.cards import Cards
from flows.conditions import Condition
from flows.parts import DEEPEST, Key, Line, Lines, Part, Target, Text, check_parts
from flows.slot import Slot

MOST_NODES = 1_000

HandOffReason = Literal[
    "customer_request", "missing_knowledge", "unsupported_request", "policy", "tool_failure",
    "pending_clarification", "usage_limit",
]  # fmt: skip
Repair = Literal[
    "corrected", "cancelled", "resumed", "not_understood", "failed", "too_late", "human", "aside"
]  # fmt: skip


class Step(Part):
    """What every node has. `note` is for whoever edits the flow."""

    id: Key
    note: Line = ""


class Say(Step):
    kind: Literal["say"] = "say"
    text: Text = {}
    cards: Cards = ()  # shown below the text
    next: Target = ""


class Ask(Step):
    """Ask until the slot has a value, then go on. A slot that is known already is not asked for."""

    kind: Literal["ask"] = "ask"
    slot: Key
    again: bool = False  # asks although it is known
    next: Target = ""
    otherwise: Target = ""  # after too many answers that were none; "": a person is offered


class Form(Step):
    """Ask for several slots at once: as a form where the customer's page shows one, else one after the other.

    What is known already is not asked for. `optional` are those that may stay empty.
    """

    kind: Literal["form"] = "form"
    text: Text = {}  # said above it
    slots: tuple[Key, ...] = ()
    optional: tuple[Key, ...] = ()
    again: bool = False  # asks for what is known too
    next: Target = ""
    otherwise: Target = ""  # as of `ask`


class Option(Part):
    """A button of a `choose` step, and where it leads. One that `confirms` the action to which it leads is
    a yes to it: the customer is not asked again."""

    value: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    label: Text = {}
    synonyms: Lines = {}
    next: Target = ""
    confirms: Annotated[Target, Field(exclude_if=lambda name: not name)] = ""  # elsewhere led, it does not


class Choose(Step):
    """Offer a few ways on, as buttons; what was chosen may be kept in a slot."""

    kind: Literal["choose"] = "choose"
    text: Text = {}
    options: tuple[Option, ...] = ()
    slot: Target = ""
    most_asks: Annotated[int, Field(ge=1, le=9)] = 3
    otherwise: Target = ""


class Case(Part):
    when: Condition
    next: Target = ""


class Branch(Step):
    """Go on with the first case that holds, else with `next`."""

    kind: Literal["branch"] = "branch"
    cases: tuple[Case, ...] = ()
    next: Target = ""


class Set(Step):
    """Give slots values; None forgets one. A string may hold `{other_slot}`."""

    kind: Literal["set"] = "set"
    values: dict[Key, str | bool | int | float | None] = {}
    next: Target = ""


class Act(Step):
    """Have something done. `given` are its arguments, with `{slot}` in them; `takes` says which slot gets
    which part of what came back ("" is all of it, "items.0.name" a part, "failed.times" one of a refusal)."""

    kind: Literal["act"] = "act"
    action: Annotated[str, StringConstraints(max_length=120)] = ""
    given: dict[str, str] = {}
    takes: dict[Key, str] = {}
    confirm: Text = {}  # asked before it is done; "no" leads to `declined`
    next: Target = ""
    failed: Target = ""  # "": said so, and a person is offered
    declined: Target = ""
    pending: Target = ""  # while staff decide whether it is done; "": said so, and that is the end


class Answer(Step):
    """Answer from the knowledge: what the customer said last, or what stands here."""

    kind: Literal["answer"] = "answer"
    question: Text = {}
    next: Target = ""
    unknown: Target = ""  # where the knowledge has no answer; "": as `next`, after saying so


class HandOff(Step):
    kind: Literal["handoff"] = "handoff"
    text: Text = {}
    reason: HandOffReason = "policy"


class Call(Step):
    """Walk another flow, then come back. Slots of one name in both are handed over and taken back."""

    kind: Literal["call"] = "call"
    flow: Key
    gives: dict[Key, Key] = {}  # their slot: ours
    takes: dict[Key, Key] = {}  # our slot: theirs
    next: Target = ""


class End(Step):
    kind: Literal["end"] = "end"
    text: Text = {}
    outcome: Literal["done", "given_up"] = "done"


Node = Annotated[
    Say | Ask | Form | Choose | Branch | Set | Act | Answer | HandOff | Call | End,
    Field(discriminator="kind"),
]


class Graph(Part):
    """A designed conversation. `examples` and `description` say what begins it, and `when` whether it may."""

    key: Key
    name: Text = {}
    description: Text = {}
    examples: Lines = {}
    unlike: Lines = {}  # what sounds alike and does not begin it
    when: Condition | None = None
    begins: bool = True  # False: only other flows call it
    any_language: bool = False  # begins also in languages that it has no texts in (flows/languages.py)
    repair: Repair | Literal[""] = ""  # which everyday trouble it deals with, if any
    slots: dict[Key, Slot] = {}
    start: Target = ""
    nodes: Annotated[tuple[Node, ...], Field(max_length=MOST_NODES)] = ()
    layout: dict[Key, tuple[float, float]] = {}  # where each step stands on the canvas

    @model_validator(mode="before")
    @classmethod
    def _can_be_kept(cls, given: Any) -> Any:
        check_parts(given, DEEPEST)
        return given

    @model_validator(mode="after")
    def _told_apart(self) -> Graph:
        name, times = next(iter(Counter(node.id for node in self.nodes).most_common(1)), ("", 0))
        if times > 1:
            raise PydanticCustomError("same_step", "two steps are called {name}", {"name": name})
        return self

    def node(self, name: str) -> Any:
        """The step of that name, None where there is none."""
        return next((node for node in self.nodes if node.id == name), None)


def ways(node: Any) -> Iterator[tuple[str, str]]:
    """Where a step leads: (field, target) for each way on, ends ("") included."""
    if isinstance(node, Choose):
        for number, option in enumerate(node.options):
            yield f"options.{number}", option.next
    elif isinstance(node, Branch):
        for number, case in enumerate(node.cases):
            yield f"cases.{number}", case.next
    for field in WAYS_ON[node.kind]:
        yield field, getattr(node, field)


def asks_for(node: Any) -> tuple[str, ...]:
    """The slots whose own questions a step asks."""
    if isinstance(node, Form):
        return node.slots
    return (node.slot,) if isinstance(node, Ask) else ()


def keeps(node: Any) -> set[str]:
    """The slots that a step gives what the customer answers there."""
    return set(asks_for(node)) | ({node.slot} - {""} if isinstance(node, Choose) else set())


WAYS_ON: dict[str, tuple[str, ...]] = {
    "say": ("next",),
    "ask": ("next", "otherwise"),
    "form": ("next", "otherwise"),
    "choose": ("otherwise",),
    "branch": ("next",),
    "set": ("next",),
    "act": ("next", "failed", "declined", "pending"),
    "answer": ("next", "unknown"),
    "handoff": (),
    "call": ("next",),
    "end": (),
}
