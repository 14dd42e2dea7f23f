"""What was given for an action, against what it declares: a value of the right form, or a named reason. Pure.

Values come from slots of a flow (strings, numbers, yes or no, amounts as mappings), from a model or a form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

from actions.cleaning import without_control_characters
from actions.declared import Argument, is_verified
from actions.errors import ActionError

LONGEST_TEXT = 4_000
LARGEST = 10**15  # beyond it JavaScript, and so many a server, counts wrong
MOST_DATA = 20_000  # characters of a list or an object
# Kinds of slots whose values each kind of argument can read, () for any. Words are numbers by chance only.
SUITS: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "choice", "number", "money", "date", "time", "moment", "period", "email", "phone"),
        *("postal_code", "code", "file"),
    ),
    "whole": ("number", "money", "code", "choice"),
    "number": ("number", "money", "code", "choice"),
    "boolean": ("yes_no", "choice"),
    "date": ("date", "moment"),
    "moment": ("moment", "period"),
    "choice": ("choice", "text", "code"),
    "email": ("email",),
    "data": (),
}  # fmt: skip
EMAIL = re.compile(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,190}\.[^\s@<>\"]{2,63}")
YES = {"true", "yes", "on", "1", "oui"}
NO = {"false", "no", "off", "0", "non"}


def check(
    arguments: tuple[Argument, ...], given: Mapping[str, Any], customer: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The values by name; what is optional and not given is left out. Raises ActionError."""
    asked = {argument.name for argument in arguments if not argument.own}
    if unknown := sorted(str(name) for name in given.keys() - asked):
        raise ActionError("bad_argument", f"{unknown[0][:60]}: unknown")
    values = {argument.name: _value(argument, given, customer) for argument in arguments}
    return {name: value for name, value in values.items() if value is not None}


def _value(argument: Argument, given: Mapping[str, Any], customer: Mapping[str, Any] | None) -> Any:
    if argument.own:
        value = (customer or {}).get(argument.own) if is_verified(customer) else None
        if argument.required and value in (None, ""):
            raise ActionError("not_known", argument.own)
    else:
        value = given.get(argument.name)
    if isinstance(value, str):
        value = without_control_characters(value).strip()
    if value is None or value == "":
        if argument.required:
            raise ActionError("bad_argument", f"{argument.name}: missing")
        return None
    try:
        return READ[argument.kind](value, argument)
    except _Wrong as wrong:
        raise ActionError("bad_argument", f"{argument.name}: {wrong}") from None


class _Wrong(Exception):
    pass


def _text(value: Any, _argument: Argument) -> str:
    if isinstance(value, Mapping):
        value = _in_one_line(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _Wrong("not_text")
    if len(text := str(value)) > LONGEST_TEXT:
        raise _Wrong("too_long")
    return text


def _in_one_line(value: Mapping[str, Any]) -> Any:
    """A file by its name, an amount as "12.50 EUR", a period as ISO 8601 writes one: what flows have."""
    if "id" in value:
        return value.get("name")
    for first, second, between in (("amount", "currency", " "), ("from", "to", "/")):
        if value.keys() == {first, second}:
            return f"{value[first]}{between}{value[second]}"
    return value


def _decimal(value: Any, wrong: str) -> Decimal:
    if isinstance(value, Mapping):  # an amount of money, as flows have it
        value = value.get("amount")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _Wrong(wrong)
    try:
        number = Decimal(str(value)[:60])
    except InvalidOperation:
        raise _Wrong(wrong) from None
    if not number.is_finite() or abs(number) > LARGEST:
        raise _Wrong(wrong)
    return number


def _number(value: Any, _argument: Argument) -> int | float:
    number = float(_decimal(value, "not_number"))
    if not isfinite(number):
        raise _Wrong("not_number")
    return int(number) if number.is_integer() else number


def _whole(value: Any, _argument: Argument) -> int:
    number = _decimal(value, "not_whole")
    if number != number.to_integral_value():
        raise _Wrong("not_whole")
    return int(number)


def _boolean(value: Any, _argument: Argument) -> bool:
    word = str(value).lower()
    if word not in YES | NO:
        raise _Wrong("not_boolean")
    return word in YES


def _date(value: Any, _argument: Argument) -> str:
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        raise _Wrong("not_date") from None


def _moment(value: Any, _argument: Argument) -> str:
    if isinstance(value, Mapping):  # a period: when it begins
        value = value.get("from")
    text = str(value)
    try:
        if "T" not in text and " " not in text:
            raise ValueError
        return datetime.fromisoformat(text[:40]).isoformat()
    except ValueError:
        raise _Wrong("not_moment") from None


def _choice(value: Any, argument: Argument) -> str:
    """As it is declared, however its letters are written."""
    by_letters = {choice.casefold(): choice for choice in argument.choices}
    if (found := by_letters.get(str(value).casefold())) is None:
        raise _Wrong("not_choice")
    return found


def _email(value: Any, _argument: Argument) -> str:
    if not isinstance(value, str) or not EMAIL.fullmatch(value):
        raise _Wrong("not_email")
    return value


def _data(value: Any, _argument: Argument) -> Any:
    """A list or an object, as tools of other makers may want them."""
    if len(str(value)) > MOST_DATA:
        raise _Wrong("too_long")
    return _printable(value)


def _printable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {without_control_characters(str(name)): _printable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_printable(one) for one in value]
    return without_control_characters(value) if isinstance(value, str) else value


READ: dict[str, Callable[[Any, Argument], Any]] = {
    "text": _text,
    "whole": _whole,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "moment": _moment,
    "choice": _choice,
    "email": _email,
    "data": _data,
}
