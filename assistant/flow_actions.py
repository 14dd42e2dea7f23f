"""Which actions flows may name: what `actions` has, told to `flows`, which stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext

from actions.arguments import SUITS
from actions.bookings.labels import HINTS, in_languages, offered
from actions.declared import Argument, Declared
from actions.kinds import whole
from actions.kinds.http import HttpTool
from flows.known_actions import KnownAction, Parameter

Pairs = tuple[tuple[str, str], ...]
Labels = Mapping[str, Mapping[str, str]]
# What people write as it is. A day comes from a slot, unless the argument takes any.
WRITTEN = {"text", "email", "phone", "code", "number"}


def known() -> Iterator[KnownAction]:
    """What appointments can be for stands in the calendar: asked for once."""
    chosen, labels = offered(), in_languages()
    for action in whole():
        if action.kind == "bookings":
            yield _known(action, chosen, labels, HINTS)
        else:
            yield _known(action, {}, {}, {})


def _known(
    action: Declared, chosen: Mapping[str, Pairs], labels: Labels, hints: Mapping[str, str | Promise]
) -> KnownAction:
    parameters = tuple(
        _parameter(one, chosen.get(one.name, ()), str(hints.get(one.name, one.description)))
        for one in action.arguments
    )
    addressed = not isinstance(action.how, HttpTool) or bool(action.how.request.url)
    page = reverse("admin:actions_tool_change", args=[action.row]) if action.row else ""
    return KnownAction(
        action.name, action.title, action.description, parameters, action.takes, action.refuses,
        action.changes, action.verified_only, action.enabled, action.labels, addressed, page, action.kinds,
        {language: _only(names, action.labels) for language, names in labels.items()},
    )  # fmt: skip


def _only(names: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    return {name: words for name, words in names.items() if name in wanted}


def _parameter(argument: Argument, chosen: Pairs, about: str) -> Parameter:
    offers = chosen or _choices(argument)
    written = not offers and (not argument.suits or bool(WRITTEN & set(argument.suits)))
    return Parameter(
        argument.name, argument.kind, about, argument.required, argument.choices,
        bool(argument.own), argument.advised, argument.suits or SUITS[argument.kind], offers, written,
    )  # fmt: skip


def _choices(argument: Argument) -> Pairs:
    if argument.kind == "boolean":
        return (("true", gettext("yes")), ("false", gettext("no")))
    return tuple((choice, choice) for choice in argument.choices)
