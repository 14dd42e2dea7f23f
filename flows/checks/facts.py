"""Which facts a flow may name, and whether a comparison can ever come true. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from flows.checks.base import Draft, Problem, tests_in
from flows.conditions import Test
from flows.slot import Slot

TIMES = {"weekday": (1, 7), "hour": (0, 23), "minute": (0, 59)}
OF_FAILURES = {"action.error", "action.message"}
OTHERS = {"time.date", "time.clock", "time.open", "conversation.language", *OF_FAILURES}
DATE, CLOCK = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d"
NUMBER = re.compile(r"\s*[-+]?\d{1,15}(?:\.\d{1,9})?\s*")
ORDERED = {"above", "below", "at_least", "at_most"}


def check(draft: Draft) -> Iterator[Problem]:
    for node, field, condition in draft.conditions():
        for test in tests_in(condition):
            yield from _test(draft, node, field, test, slots=True)
    if draft.graph.when is not None:
        for test in tests_in(draft.graph.when):
            yield from _test(draft, "", "when", test, slots=False)


def is_known(draft: Draft, path: str) -> bool:
    """Whether there is such a fact. What is known of a customer depends on where they come from: anything."""
    root, _, name = path.partition(".")
    if root == "slots":
        return name.partition(".")[0] in draft.graph.slots
    return root == "customer" or path in OTHERS or (root == "time" and name in TIMES)


def _test(draft: Draft, node: str, field: str, test: Test, *, slots: bool) -> Iterator[Problem]:
    if not is_known(draft, test.fact):
        if slots or not test.fact.startswith("slots."):  # another flow may have left it behind
            yield Problem("warns", node, field, "unknown_fact", {"name": test.fact})
        return
    if test.op in ("known", "unknown", "contains"):
        return
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    if test.op != "one_of" and isinstance(test.value, tuple) or not values:
        yield Problem("warns", node, field, "never", {"name": test.fact, "value": _shown(test.value)})
        return
    for value in values:
        if not _can_be(draft, test, value):
            yield Problem("warns", node, field, "never", {"name": test.fact, "value": _shown(value)})


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(one) for one in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _can_be(draft: Draft, test: Test, value: Any) -> bool:
    root, _, name = test.fact.partition(".")
    if value is None:
        return test.op not in ORDERED
    if root == "slots" and "." not in name:
        return _fits(draft.graph.slots[name], value, test.op)
    if root == "time" and name in TIMES:
        least, most = TIMES[name]
        return _is_number(value) and (test.op in ORDERED or least <= float(value) <= most)
    if test.fact in FORMS_OF_FACTS:
        return FORMS_OF_FACTS[test.fact](value)
    known = {language.partition("-")[0].casefold() for language in draft.languages}
    return test.fact != "conversation.language" or str(value).partition("-")[0].casefold() in known


def _fits(slot: Slot, value: Any, op: str) -> bool:
    if slot.kind == "choice":
        known = {choice.value.strip().casefold() for choice in slot.choices}
        return op in ORDERED or not known or str(value).strip().casefold() in known
    if slot.kind == "yes_no":
        return op not in ORDERED and _is_yes_or_no(value)
    if slot.kind in FORMS:
        return FORMS[slot.kind](value)
    return not isinstance(value, bool)


def _is_yes_or_no(value: Any) -> bool:
    return isinstance(value, bool) or str(value).casefold() in ("true", "false")


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return NUMBER.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _begins_with(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.match(pattern, value.strip()) is not None


FORMS: dict[str, Callable[[Any], bool]] = {
    "number": _is_number,
    "money": _is_number,
    "date": _begins_with(DATE),
    "moment": _begins_with(DATE),
    "period": _begins_with(DATE),
    "time": _begins_with(CLOCK),
}
FORMS_OF_FACTS: dict[str, Callable[[Any], bool]] = {
    "time.date": _begins_with(DATE),
    "time.clock": _begins_with(CLOCK),
    "time.open": _is_yes_or_no,
}
