"""What a step of a flow asks for. Pure; how words become a value is in `flows/slots/`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from flows.conditions import Condition
from flows.parts import Lines, Part, Target, Text

SlotKind = Literal[
    "text", "choice", "yes_no", "number", "money", "date", "time", "moment", "period",
    "email", "phone", "postal_code", "code", "file",
]  # fmt: skip


class Choice(Part):
    """One value of a choice slot: how it is called and what else customers say for it."""

    value: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    label: Text = {}
    synonyms: Lines = {}


class Slot(Part):
    """What a step asks for. The kind says how words become a value, and which form the value has.

    `text`, `choice`, `email`, `phone` (E.164), `postal_code`, `code`: a string. `yes_no`: a boolean.
    `number`: a number. `money`: `{"amount": "12.50", "currency": "EUR"}`. `date`: "2026-12-01".
    `time`: "15:00". `moment`: "2026-12-01T15:00". `period`: `{"from": moment, "to": moment}`.
    `file`: `{"id": …, "name": …}`. Times are local to the company.
    """

    kind: SlotKind = "text"
    label: Text = {}
    ask: Text = {}
    reject: Text = {}  # said when what was answered is none of these
    choices: tuple[Choice, ...] = ()
    offered: Target = ""  # the slot whose list is chosen from, such as the free times that an action brought
    pattern: Annotated[str, StringConstraints(max_length=300)] = ""  # of a code: a regular expression
    least: float | None = None  # of a number or an amount; of a text its characters
    most: float | None = None  # of a file its megabytes
    accept: Literal["", "pictures", "documents"] = ""  # of a file: which kind; "": either
    future: bool = False  # a date or a moment that is to come
    valid: Condition | None = None  # beyond its kind: `{fact: slots.guests, op: at_most, value: 8}`
    most_asks: Annotated[int, Field(ge=1, le=9)] = 3
    remembered: bool = False  # other flows of the conversation know it too

    @model_validator(mode="after")
    def _complete(self) -> Slot:
        values = [choice.value for choice in self.choices]
        if len(set(values)) != len(values):
            raise PydanticCustomError("same_choice", "two choices have the same value")
        if self.pattern:
            _check_pattern(self.pattern)
        return self


def _check_pattern(pattern: str) -> None:
    from flows.patterns import check_pattern

    try:
        check_pattern(pattern)
    except ValueError as error:
        raise PydanticCustomError("not_a_pattern", "{why}", {"why": str(error)}) from error
