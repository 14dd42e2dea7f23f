"""What another system's bot is read into: flows, and a line for each part of it. Pure.

An importer first says which files are its own (`claim`), by what they hold and never by their names; those
are read together (`load`). Runs in a reading process (flows/importers/reader.py): nothing that stands in the
files is run or evaluated. What is said about them is a code; flows/import_words.py has the words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from flows.graph import Graph
from untrusted.together import Files

# mapped: as it was. draft: here, and somebody has to finish it. left_out: not here, and the code says why.
Level = Literal["mapped", "draft", "left_out"]
Param = str | int


@dataclass(frozen=True)
class Line:
    """What became of one part: `what` kind of part, `where` it stands, for a person who knows the bot."""

    level: Level
    what: str
    where: str
    code: str
    params: dict[str, Param] = field(default_factory=dict)


# Checks that whoever takes a test up understands; any other is the other system's own word.
STARTED, SLOTS, ACTION, PERSON, LATER = "flow_started", "slot_was_set", "action", "handoff", "later"


@dataclass(frozen=True)
class Turn:
    """`role` is customer or bot; `check` names what else is to be so at that point: a flow of ours was begun,
    slots have these `values`, an action of ours was done, a person takes over; `later`, once the customer has
    said more than the test shows."""

    role: Literal["customer", "bot", "check"]
    text: str
    check: str = ""
    values: dict[str, str | bool | float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """A test of the bot as a conversation."""

    name: str
    turns: tuple[Turn, ...]
    language: str = ""


@dataclass(frozen=True)
class Parameter:
    name: str
    kind: str = "text"
    place: Literal["query", "body"] = "body"


@dataclass
class Webhook:
    """What the bot called, under the name by which the steps of its flows do (`Act.action`). It is never
    switched on, and keeps no secrets: the address without its query, user and password, and of the headers
    nothing. `body` is JSON with parameters in braces, where that system wants it in a form of its own."""

    name: str
    title: str = ""
    url: str = ""
    method: str = "POST"
    parameters: list[Parameter] = field(default_factory=list)
    body: str = ""


@dataclass(frozen=True)
class Written:
    """A flow of ours as YAML, and the file that it stands in."""

    where: str
    yaml: str


@dataclass
class Imported:
    flows: list[Graph] = field(default_factory=list)
    report: list[Line] = field(default_factory=list)
    scenarios: list[Scenario] = field(default_factory=list)
    webhooks: list[Webhook] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)


@dataclass(frozen=True)
class Importer:
    """One system's export. `load` is given the language of texts that name none."""

    name: str
    claim: Callable[[Files], set[str]]
    load: Callable[[Files, set[str], str], Imported]
