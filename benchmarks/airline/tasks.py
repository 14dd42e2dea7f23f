"""The 50 tasks of tau2's airline, each with the customer that we made for it (`customers.yaml`). Pure.

What a task names (the customer's user id, bookings, means of payment, flights) and which changes it expects
is read from the developers' sample when this runs.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

DATA = Path(os.environ.get("CAUSERIE_DATA", "../shared/data")) / "tau2_airline" / "tasks.json"
CUSTOMERS = Path(__file__).with_name("customers.yaml")
BOOKING = re.compile(r"\b(?!HAT\d{3}\b)[A-Z0-9]{6}\b")
USER = re.compile(r"\b[a-z]+_[a-z]+_\d{4}\b")
CHANGES = {
    "cancel_reservation", "update_reservation_flights", "update_reservation_passengers",
    "update_reservation_baggages", "book_reservation", "send_certificate",
}  # fmt: skip
KINDS = {"credit": "credit card", "gift": "gift card", "certificate": "certificate"}
Change = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Want:
    flow: str
    says: str
    answers: dict[str, Any]
    reaches: str = ""
    told: str = ""
    person: bool = False


@dataclass(frozen=True)
class Task:
    number: int
    user: str
    name: str
    names: dict[str, str]  # r1 … and p1 …: what they stand for
    expected: tuple[Change, ...]
    person_expected: bool
    labels: dict[str, str] = field(default_factory=dict)  # of the means of payment
    made: dict[str, Any] = field(default_factory=dict)  # bookings, payments, search, membership, saved
    wants: tuple[Want, ...] = ()

    @property
    def refused(self) -> bool:
        return not self.expected


def read_tasks() -> list[Task]:
    """Empty where the developers' sample is not there."""
    if not DATA.exists():
        return []
    customers = yaml.safe_load(CUSTOMERS.read_text("utf-8"))
    given = json.loads(DATA.read_text("utf-8"))
    return [_task(one, customers["tasks"][int(one["id"])], customers["defaults"]) for one in given]


def _task(given: dict[str, Any], made: dict[str, Any], defaults: dict[str, Any]) -> Task:
    told = " ".join(str(text) for text in given["user_scenario"]["instructions"].values())
    actions = given["evaluation_criteria"].get("actions") or []
    user = next(iter(USER.findall(told)))
    expected = tuple((one["name"], one["arguments"]) for one in actions if one["name"] in CHANGES)
    bookings = _numbered("r", _bookings(told, actions), made.get("bookings", {}))
    names = {**bookings, **_numbered("p", _payments(actions), made.get("payments", {}))}
    name = " ".join(part.capitalize() for part in user.split("_")[:2])
    labels = {one: _label(names[one], one, made.get("payments", {})) for one in names if one[0] == "p"}
    words = {
        **names,
        **{f"label of {one}": label for one, label in labels.items()},
        "user": user,
        "name": name,
    }
    return Task(
        number=int(given["id"]), user=user, name=name, names=names, expected=expected,
        person_expected=any(one["name"] == "transfer_to_human_agents" for one in actions),
        labels=labels, made={part: made[part] for part in made if part != "wants"},
        wants=tuple(_want(one, words, defaults) for one in made["wants"]),
    )  # fmt: skip


def _want(made: dict[str, Any], words: dict[str, str], defaults: dict[str, Any]) -> Want:
    answers = _filled({**defaults, **made.get("answers", {})}, words)
    return Want(
        made.get("flow", ""), _filled(made["says"], words), answers,
        made.get("reaches", ""), made.get("told", ""), made.get("person", False),
    )  # fmt: skip


def _filled(part: Any, words: dict[str, str]) -> Any:
    if isinstance(part, str):
        return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), part)
    if isinstance(part, dict) and "pay" in part:
        return {"like": words[f"label of {part['pay']}"]}
    if isinstance(part, dict):
        return {name: _filled(one, words) for name, one in part.items()}
    return [_filled(one, words) for one in part] if isinstance(part, list) else part


def _label(number: str, name: str, made: dict[str, str]) -> str:
    """What the customer sees: as the task's customer calls it, or by its kind and place."""
    return made.get(name) or f"{KINDS[number.split('_')[0]]} {name[1:]}"


def _numbered(letter: str, found: list[str], made: dict[str, Any]) -> dict[str, str]:
    """r1, r2 … are those that the task names; those beyond them are our own."""
    names = {f"{letter}{number}": one for number, one in enumerate(found, 1)}
    for name, told in made.items():
        kind = "certificate" if str(told).startswith("certificate") else "gift_card"
        names.setdefault(name, f"OWN00{name[1:]}" if letter == "r" else f"{kind}_own_{name[1:]}")
    if letter == "p":
        names.setdefault("p1", "credit_card_own_1")
    return names


def _bookings(told: str, actions: list[dict[str, Any]]) -> list[str]:
    named = [one["arguments"].get("reservation_id", "") for one in actions]
    return list(dict.fromkeys([*BOOKING.findall(told), *(one for one in named if one)]))


def _payments(actions: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(payment for one in actions for payment, _ in payments_of(one["arguments"])))


def payments_of(arguments: dict[str, Any]) -> Iterator[tuple[str, float]]:
    if "payment_id" in arguments:
        yield arguments["payment_id"], 0.0
    for one in arguments.get("payment_methods", ()):
        yield one["payment_id"], float(one["amount"])


def same(one: Change, other: Change) -> bool:
    """Whether two changes are the same, whatever the order of flights, people and payments in them."""
    return one[0] == other[0] and _plain(one[1]) == _plain(other[1])


def _plain(arguments: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name, value in arguments.items():
        if name == "flights":
            plain[name] = {(one["flight_number"], one["date"]) for one in value}
        elif name == "passengers":
            plain[name] = {(one["first_name"], one["last_name"], one["dob"]) for one in value}
        elif name == "payment_methods":
            plain[name] = {(one["payment_id"], float(one["amount"])) for one in value}
        else:
            plain[name] = value
    return plain
