"""What every kind of action has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from actions.declared import Brought, Declared, Order
from actions.models import Tool


class Kind(Protocol):
    """`perform` runs in a thread, with no transaction open, and raises nothing but ActionError and
    OutgoingError. It is called once for an order; whether it may be called at all is decided before."""

    name: str

    def find(self, name: str) -> Declared | None:
        """The action of this name, also when it is switched off."""

    def all(self, tools: Sequence[Tool]) -> Sequence[Declared]:
        """Whatever there is of this kind. `tools`: those of all kinds, read once for all of these."""

    def perform(self, declared: Declared, order: Order) -> Brought:
        """Do it."""
