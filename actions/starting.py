"""From a name and what was given to a call that may be carried out; and carrying it out. Synchronous.

Everything is checked before a row says that it is under way; nothing is sent inside a transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from actions import calls, kinds
from actions.arguments import check
from actions.calls import Elsewhere
from actions.declared import Declared, Done, Order, is_verified
from actions.errors import ActionError
from actions.models import Call
from chatbot.outgoing import OutgoingError

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Begun:
    call: Call
    declared: Declared
    order: Order


def start(
    name: str, given: Facts, *, key: str, customer: Facts | None, conversation: str, now: datetime,
    tester: Any = None,
) -> Begun | Done | Elsewhere:  # fmt: skip
    """What is refused is in the log afterwards, and told as `Done`."""
    try:
        declared = _allowed(name, customer, tester=tester)
        values = check(declared.arguments, given, customer)
        begun = calls.begin(declared, values, key=key, conversation=conversation, tester=tester)
    except ActionError as error:
        return calls.refuse(name, dict(given), error, conversation=conversation, tester=tester)
    if isinstance(begun, Done | Elsewhere):
        return begun
    return Begun(begun, declared, Order(values, key, now, customer, conversation))


def carry_out(begun: Begun) -> Done:
    """Never raises for what the other side does; an error of our own is logged as one and raised."""
    began = monotonic()
    try:
        brought = kinds.kind_of(begun.declared).perform(begun.declared, begun.order)
    except ActionError as error:
        return calls.fail(begun.call, begun.declared, error, ms=_since(began))
    except OutgoingError as error:
        return calls.fail(begun.call, begun.declared, ActionError.of(error), ms=_since(began))
    except Exception as error:  # boundary: a row that says "under way" would stand for ever
        broken = ActionError("broken", type(error).__name__, sent=True)
        calls.fail(begun.call, begun.declared, broken, ms=_since(began))
        raise
    return calls.finish(begun.call, begun.declared, brought, ms=_since(began))


def _allowed(name: str, customer: Facts | None, *, tester: Any) -> Declared:
    declared = kinds.find(name)
    if declared is None:
        raise ActionError("unknown_action", name[:64])
    if not declared.enabled and tester is None:
        raise ActionError("switched_off")
    if declared.verified_only and not is_verified(customer):
        raise ActionError("not_verified")
    return declared


def _since(began: float) -> int:
    return round((monotonic() - began) * 1000)
