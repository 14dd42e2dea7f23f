"""What an action is, of whatever kind: its name, its arguments, what it changes, who may use it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Changes = Literal["reads", "writes", "approval"]
MOST_OFFERED = 15  # actions that a model is told of; more confuse it
# How a model is told of each kind (JSON Schema).
SCHEMAS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "choice": {"type": "string"},
    "email": {"type": "string", "format": "email"},
    "data": {},
}


@dataclass(frozen=True, slots=True)
class Argument:
    """One that an action takes. `own` names a fact of the signed-in customer ("email") that it is filled
    with, so that neither the customer's words nor a model can say another's. `private` is never written to
    the log. `suits` are the kinds of slots whose values it can read, () for any."""

    name: str
    kind: str = "text"  # a key of SCHEMAS
    description: str = ""
    required: bool = True
    choices: tuple[str, ...] = ()
    own: str = ""
    private: bool = False
    advised: bool = False  # customers expect to say it, though it works without
    suits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """`words` say for customers what it does, by language. `how` is the business of its kind."""

    name: str
    kind: str
    title: str
    description: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[Argument, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)  # its arguments, and what it brings, for people
    takes: tuple[str, ...] = ()  # the names in what it brings, where they are known
    refuses: tuple[str, ...] = ()  # the names in what a refusal brings
    kinds: Mapping[str, str] = field(
        default_factory=dict
    )  # of both, as slots have them; "moment list": of these
    changes: Changes = "reads"
    verified_only: bool = False
    in_free_conversation: bool = False
    enabled: bool = True
    per_minute: int = 0  # 0: no limit
    seconds: float = 10.0
    rests_until: datetime | None = None  # the server asked for it
    row: int | None = None  # of the tool, where it is declared as one
    how: Any = None

    @property
    def final(self) -> bool:
        """Whether what it does outside cannot be taken back."""
        return self.changes != "reads"

    def said_in(self, language: str) -> str:
        found = self.words.get(language) or self.words.get(language.partition("-")[0])
        return found or next(iter(self.words.values()), self.title)

    def schema(self) -> dict[str, Any]:
        """Its arguments as JSON Schema, without those that the customer's own data fills in."""
        asked = [argument for argument in self.arguments if not argument.own]
        return {
            "type": "object",
            "properties": {argument.name: _schema(argument) for argument in asked},
            "required": [argument.name for argument in asked if argument.required],
            "additionalProperties": False,
        }


def _schema(argument: Argument) -> dict[str, Any]:
    schema = dict(SCHEMAS[argument.kind])
    if argument.choices:
        schema["enum"] = list(argument.choices)
    return {**schema, "description": argument.description} if argument.description else schema


def is_verified(customer: Mapping[str, Any] | None) -> bool:
    return bool(customer) and (customer or {}).get("verified") is True


@dataclass(frozen=True, slots=True)
class Order:
    """One call as its kind gets it: arguments that are in order, and for whom. `key` is the same when the
    same is asked for again."""

    values: Mapping[str, Any]
    key: str
    now: datetime
    customer: Mapping[str, Any] | None = None
    conversation: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What it brought: `data` for whoever asked, `shown` for the log, `status` where there is one."""

    data: Any
    shown: str = ""
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it. `data` is data: it is never read as a template, nor as an instruction. What is refused
    for a reason of the action's own has the reason as its `error`, a `message` for the customer, and the
    `data` of the refusal."""

    ok: bool
    data: Any = None
    error: str = ""
    message: str = ""
    final: bool = False
    waiting_for_approval: bool = False
