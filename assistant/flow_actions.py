"""Which actions flows may name: what `actions` has, told to `flows`, which stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.urls import reverse

from actions.bookings.labels import offered
from actions.declared import Argument, Declared
from actions.kinds import whole
from actions.kinds.http import HttpTool
from flows.known_actions import KnownAction, Parameter

Offered = Mapping[str, tuple[tuple[str, str], ...]]


def known() -> Iterator[KnownAction]:
    """What appointments can be for stands in the calendar: asked for once."""
    chosen = offered()
    return (_known(action, chosen if action.kind == "bookings" else {}) for action in whole())


def _known(action: Declared, chosen: Offered) -> KnownAction:
    parameters = tuple(_parameter(one, chosen.get(one.name, ())) for one in action.arguments)
    addressed = not isinstance(action.how, HttpTool) or bool(action.how.request.url)
    page = reverse("admin:actions_tool_change", args=[action.row]) if action.row else ""
    return KnownAction(
        action.name, action.title, action.description, parameters, action.takes, action.refuses,
        action.changes, action.verified_only, action.enabled, action.labels, addressed, page,
    )  # fmt: skip


def _parameter(argument: Argument, chosen: tuple[tuple[str, str], ...]) -> Parameter:
    return Parameter(
        argument.name, argument.kind, argument.description, argument.required, argument.choices,
        bool(argument.own), argument.advised, argument.suits, chosen,
    )  # fmt: skip
