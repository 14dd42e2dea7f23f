"""Which actions flows may name: what `actions` has, told to `flows`, which stands beside it."""

from __future__ import annotations

from collections.abc import Iterator

from actions.declared import Argument, Declared
from actions.kinds import whole
from flows.known_actions import KnownAction, Parameter


def known() -> Iterator[KnownAction]:
    return map(_known, whole())


def _known(action: Declared) -> KnownAction:
    parameters = tuple(map(_parameter, action.arguments))
    return KnownAction(
        action.name, action.title, action.description, parameters, action.takes, action.refuses,
        action.changes, action.verified_only, action.enabled,
    )  # fmt: skip


def _parameter(argument: Argument) -> Parameter:
    return Parameter(
        argument.name, argument.kind, argument.description, argument.required, argument.choices,
        bool(argument.own), argument.advised,
    )  # fmt: skip
