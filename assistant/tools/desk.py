"""What a model's calls lead to within one reply: checked, done, and given back as data.

What only reads is done at once. What changes something is put before the customer, or before staff, and ends
the reply. Once something was read, nothing but reading is possible until the customer has spoken again:
whoever wrote what was read could otherwise have more done by it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.arguments import check
from actions.cleaning import without_control_characters
from actions.declared import Declared, Done
from actions.doing import do
from actions.errors import ActionError
from actions.redacting import redacted
from assistant.evidence import Evidence
from assistant.tools.offering import as_tool
from assistant.tools.results import Result, as_data
from assistant.tools.values import can_be_shown
from llm.messages import ChatMessage, Tool, ToolCall
from llm.pricing import Usage

MOST_ROUNDS = 3  # in which a model may call, before it has to answer
MOST_AT_ONCE = 4  # calls in one round
UNKNOWN = "There is no tool of this name."
NOT_NOW = "Not possible now: tell the customer what was found, and ask whether it shall be done."
TOO_LONG = "Too much to be put before the customer. Ask for less, in shorter values."
NOT_JSON = "The arguments are not a JSON object."
TOO_MANY = "Not done: too many calls at once."
FAILED = "It failed ({code}), and brought nothing."
PUT_BEFORE = {"writes": "The customer is asked first.", "approval": "Our staff decide about it."}


@dataclass(frozen=True)
class Order:
    """A call that is in order; `told` else says to the model why it is none."""

    call: ToolCall
    declared: Declared | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    told: str = ""


@dataclass
class Desk:
    """`number` counts the replies of the conversation that called tools, for the keys of their calls.
    `wish` is what the customer is to be asked about, `waiting` what staff decide about."""

    offered: Mapping[str, Declared]
    customer: Mapping[str, Any]
    conversation: str
    language: str
    now: datetime
    number: int = 0
    said: str = ""  # what the customer has said, and what before
    personal: bool = True  # whether the model may read personal data
    results: list[Result] = field(default_factory=list)
    trail: list[dict[str, Any]] = field(default_factory=list)
    errors: list[tuple[Declared, str]] = field(default_factory=list)
    wish: Order | None = None
    waiting: Declared | None = None
    rounds: int = 0
    mistakes: int = 0
    milliseconds: float = 0.0
    usage: Usage | None = None

    @property
    def may_call(self) -> bool:
        """Arguments that are wrong twice are not mended by asking again."""
        return bool(self.offered) and self.rounds < MOST_ROUNDS and self.mistakes < 2

    @property
    def is_over(self) -> bool:
        return self.wish is not None or self.waiting is not None

    @property
    def tools(self) -> list[Tool]:
        return [as_tool(one) for one in self.offered.values() if one.changes == "reads" or not self.results]

    @property
    def evidence(self) -> list[Evidence]:
        return [result.evidence(self.language) for result in self.results]

    async def take(self, calls: Sequence[ToolCall], *, passages: int, until: float) -> list[ChatMessage]:
        """Have them done by the loop's time `until`; returns what the model is told. The numbers of what they
        bring follow on those of the passages."""
        self.rounds += 1
        began = time.perf_counter()
        orders = _one_change([self._read(call) for call in calls[:MOST_AT_ONCE]])
        orders += [Order(call, told=TOO_MANY) for call in calls[MOST_AT_ONCE:]]
        self.mistakes += any(order.told not in ("", TOO_MANY) for order in orders)
        done = await asyncio.gather(*(self._done(order, until) for order in orders))
        told = [
            self._told(order, one, passages) if one is not None else order.told
            for order, one in zip(orders, done, strict=True)
        ]
        self.milliseconds += (time.perf_counter() - began) * 1000
        return [
            ChatMessage("tool", content, answers=order.call.id)
            for order, content in zip(orders, told, strict=True)
        ]

    def _read(self, call: ToolCall) -> Order:
        declared = self.offered.get(call.name)
        if declared is None:
            return self._refused(call, UNKNOWN)
        if self.results and declared.changes != "reads":
            return self._refused(call, NOT_NOW)
        given = _arguments(call.arguments)
        if given is None:
            return self._refused(call, NOT_JSON)
        try:
            values = check(declared.arguments, given, self.customer)
        except ActionError as error:
            return self._refused(call, f"Not as declared: {error.detail}")
        # As they will be sent, whatever the model wrote: the customer says yes to these.
        given = {name: values[name] for name in given if name in values}
        if declared.changes == "writes" and not can_be_shown(given):
            return self._refused(call, TOO_LONG)
        return Order(call, declared, given)

    def _refused(self, call: ToolCall, why: str) -> Order:
        name, why = without_control_characters(call.name)[:64], without_control_characters(why)
        self.trail.append({"action": name, "title": name, "error": why, "ms": 0})
        return Order(call, told=why)

    async def _done(self, order: Order, until: float) -> Done | None:
        """None where nothing is done now."""
        declared = order.declared
        if declared is None:
            return None
        if declared.changes == "writes":
            self._wished(order)
            return None
        began = time.perf_counter()
        try:
            async with asyncio.timeout_at(until):
                done = await do(
                    declared.name, order.given, key=self.key_of(order), customer=self.customer,
                    conversation=self.conversation, now=self.now,
                )  # fmt: skip
        except TimeoutError:
            done = Done(ok=False, error="too_slow")
        self._note(order, done, (time.perf_counter() - began) * 1000)
        return done

    def _wished(self, order: Order) -> None:
        self.wish = order
        self._note(order, None, 0)

    def _told(self, order: Order, done: Done, passages: int) -> str:
        assert order.declared is not None  # else nothing was done
        if done.waiting_for_approval:
            self.waiting = order.declared
            return PUT_BEFORE["approval"]
        if not done.ok:
            self.errors.append((order.declared, done.error))
            return FAILED.format(code=done.error)
        data = as_data(order.declared, done.data, personal=self.personal)
        self.results.append(Result(order.declared, order.given, data, self.now))
        return self.results[-1].for_model(passages + len(self.results))

    def _note(self, order: Order, done: Done | None, ms: float) -> None:
        assert order.declared is not None
        self.trail.append(noted(order.declared, order.given, done, ms))

    def key_of(self, order: Order) -> str:
        """The same call of a reply is made once, however often a model, or a process, begins anew. Staff
        are asked once too when the customer has the same message answered again."""
        decided = order.declared is not None and order.declared.changes == "approval"
        letters = json.dumps([self.said if decided else "", order.given], sort_keys=True, default=str)
        digest = hashlib.blake2b(letters.encode(), digest_size=8).hexdigest()
        return f"free/{'-' if decided else self.number}/{order.call.name}/{digest}"


def noted(declared: Declared, given: Mapping[str, Any], done: Done | None, ms: float) -> dict[str, Any]:
    """A call as staff see it in a trace. `done` is None while the customer is asked."""
    private = [argument.name for argument in declared.arguments if argument.private]
    waits = "customer" if done is None else "staff" if done.waiting_for_approval else ""
    return {
        "action": declared.name,
        "title": declared.title,
        "given": redacted(dict(given), private=private),
        "error": done.error if done else "",
        "waits": waits,
        "ms": round(ms),
    }


def _one_change(orders: list[Order]) -> list[Order]:
    """Of several changes the first: a customer says yes to one thing."""
    changes = [order for order in orders if order.declared and order.declared.changes != "reads"]
    return [Order(order.call, told=TOO_MANY) if order in changes[1:] else order for order in orders]


def _arguments(letters: str) -> dict[str, Any] | None:
    """No letters at all are no arguments; what was left empty was not given."""
    try:
        given = json.loads(letters or "{}")
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, dict):
        return None
    return {str(name): value for name, value in given.items() if value not in (None, "")}


def is_object(call: ToolCall) -> bool:
    return bool(call.arguments) and _arguments(call.arguments) is not None
