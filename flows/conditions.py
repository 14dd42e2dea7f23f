"""Conditions of a flow: data that is compared, never code that is run. Pure.

A condition is a test of one fact, or a group: `{all: […]}`, `{any: […]}`, `{not: …}`. Facts are named by
their path: `slots.total`, `customer.verified`, `conversation.language`, `time.weekday` (1 is Monday),
`time.hour`, `time.date`, `time.open` (within the opening hours); after an action that failed `action.error`
and `action.message`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

Value = str | bool | int | float | None
Op = Literal[
    "is", "is_not", "above", "below", "at_least", "at_most", "contains", "one_of", "known", "unknown"
]  # fmt: skip
FACT = r"^(slots|customer|conversation|time|action)\.[A-Za-z_][A-Za-z0-9_.]{0,79}$"


class Test(BaseModel):
    """One fact against a value. Amounts are compared as numbers, dates by time, words without case."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    fact: Annotated[str, Field(pattern=FACT)]
    op: Op
    value: Value | tuple[Value, ...] = None


class All(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    all: tuple[Condition, ...]


class AnyOf(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    any: tuple[Condition, ...]


class Not(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True)

    no: Condition = Field(alias="not")


def _form(value: Any) -> str:
    if isinstance(value, dict):
        return next((form for form in ("all", "any", "not") if form in value), "test")
    return FORMS.get(type(value), "test")


Condition = Annotated[
    Annotated[Test, Tag("test")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_form),
]
FORMS: dict[type, str] = {All: "all", AnyOf: "any", Not: "not"}
for _model in (All, AnyOf, Not):
    _model.model_rebuild()


def holds(condition: Any, facts: Mapping[str, Any]) -> bool:
    """Whether it is true; what is not known is neither above nor below anything."""
    if isinstance(condition, All):
        return all(holds(one, facts) for one in condition.all)
    if isinstance(condition, AnyOf):
        return any(holds(one, facts) for one in condition.any)
    if isinstance(condition, Not):
        return not holds(condition.no, facts)
    return OPERATIONS[condition.op](fact(facts, condition.fact), condition.value)


def fact(facts: Mapping[str, Any], path: str) -> Any:
    """What stands at the end of a path; None where it ends early."""
    found: Any = facts
    for step in path.split("."):
        if isinstance(found, Mapping):
            found = found.get(step)
        elif isinstance(found, list | tuple) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return found


def facts_named(condition: Any) -> set[str]:
    """The paths of all facts that a condition looks at."""
    if isinstance(condition, Not):
        return facts_named(condition.no)
    if isinstance(condition, All | AnyOf):
        inner = condition.all if isinstance(condition, All) else condition.any
        return {path for one in inner for path in facts_named(one)}
    return {condition.fact}


def _plain(value: Any) -> Any:
    """An amount by its number, a period by its beginning, words without case."""
    if isinstance(value, Mapping):
        value = value.get("amount", value.get("from", ""))
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        text = value.strip()
        return float(text) if re.fullmatch(r"[-+]?\d{1,15}(?:\.\d{1,9})?", text) else text.casefold()
    return float(value) if isinstance(value, int | float) else str(value)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compared(one: Any, other: Any) -> bool:
        one, other = _plain(one), _plain(other)
        same = (
            isinstance(one, float)
            and isinstance(other, float)
            or isinstance(one, str)
            and isinstance(other, str)
        )
        return same and compare(one, other)

    return compared


def _is(one: Any, other: Any) -> bool:
    one, other = _plain(one), _plain(other)
    if isinstance(one, bool) != isinstance(other, bool):
        return str(one).casefold() == str(other).casefold()
    return bool(one == other)


def _contains(one: Any, other: Any) -> bool:
    if isinstance(one, list | tuple):
        return any(_is(part, other) for part in one)
    return one is not None and other is not None and str(other).casefold() in str(one).casefold()


def _one_of(one: Any, other: Any) -> bool:
    return any(_is(one, part) for part in (other if isinstance(other, list | tuple) else (other,)))


def _known(one: Any, _other: Any) -> bool:
    return one is not None and one != "" and one != [] and one != {}


OPERATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "is": _is,
    "is_not": lambda one, other: not _is(one, other),
    "above": _ordered(lambda one, other: one > other),
    "below": _ordered(lambda one, other: one < other),
    "at_least": _ordered(lambda one, other: one >= other),
    "at_most": _ordered(lambda one, other: one <= other),
    "contains": _contains,
    "one_of": _one_of,
    "known": _known,
    "unknown": lambda one, other: not _known(one, other),
}
