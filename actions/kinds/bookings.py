"""Appointments: the built-in actions, whose doing is in `actions/bookings/`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from actions.bookings.acting import Action, Context, Customer
from actions.bookings.actions import ACTIONS
from actions.bookings.labels import BROUGHT, LABELS, SUITS
from actions.declared import Argument, Brought, Changes, Declared, Order, is_verified
from actions.errors import Refused

PER_MINUTE = 30  # of each


class Bookings:
    name = "bookings"

    def find(self, name: str) -> Declared | None:
        return _declared(ACTIONS[name]) if name in ACTIONS else None

    def all(self, tools: object) -> list[Declared]:
        return [_declared(action) for action in ACTIONS.values()]

    def perform(self, declared: Declared, order: Order) -> Brought:
        """What is refused ("taken", "closed") is told to the customer, with what may help instead."""
        result = ACTIONS[declared.name].run(order.values, _context(order))
        if not result.ok:
            brings = {name: value for name, value in result.data.items() if name != "message"}
            raise Refused(result.error, result.data["message"], brings)
        return Brought(result.data)


def _declared(action: Action) -> Declared:
    schema = action.parameters
    arguments = tuple(
        Argument(
            name,
            description=str(about["description"]),
            required=name in schema["required"],
            advised=name in action.advised,
            suits=SUITS.get(name, ()),
        )
        for name, about in schema["properties"].items()
    )
    named = {*schema["properties"], *action.brings, *action.refuses}
    changes: Changes = "writes" if action.changes == "writes" else "reads"
    return Declared(
        name=action.name, kind=Bookings.name, title=str(action.title), arguments=arguments,
        labels={one: str(LABELS[one]) for one in sorted(named)},
        takes=action.brings, refuses=action.refuses, changes=changes, per_minute=PER_MINUTE,
        kinds={one: BROUGHT[one] for one in (*action.brings, *action.refuses)},
    )  # fmt: skip


def _context(order: Order) -> Context:
    facts: Mapping[str, Any] = order.customer or {}
    now = order.now if timezone.is_aware(order.now) else timezone.make_aware(order.now)
    said = {name: str(facts.get(name) or "") for name in ("name", "email", "phone")}
    return Context(
        key=order.key,
        customer=Customer(**said, verified=is_verified(facts)),
        conversation=_conversation(order.conversation),
        language=str(facts.get("language") or "en"),
        now=now,
    )


def _conversation(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
