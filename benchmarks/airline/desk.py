"""The airline's tools, stubbed: what a flow's actions look up and change. Each change is noted."""

from __future__ import annotations

import re
from typing import Any

from benchmarks.airline.tasks import Change, Task
from benchmarks.airline.world import Booking, Payment, world_of
from flows.state import Acted, Do

FREE_BAGS = {
    "regular": {"basic_economy": 0, "economy": 1, "business": 2},
    "silver": {"basic_economy": 1, "economy": 2, "business": 3},
    "gold": {"basic_economy": 2, "economy": 3, "business": 4},
}
FACTS = (
    "cabin", "insured", "hours", "flown", "airline_cancelled", "delayed", "travellers", "journey",
    "round_trip",
)  # fmt: skip
BAG, INSURANCE, CERTIFICATE = 50, 30, 100
AIRPORTS = {
    "new york": "JFK", "jfk": "JFK", "chicago": "ORD", "philadelphia": "PHL", "seattle": "SEA",
    "san francisco": "SFO", "detroit": "DTW", "newark": "EWR", "denver": "DEN",
}  # fmt: skip
FLIGHT = re.compile(r"(\S+) (\d{4}-\d\d-\d\d)")


class NotFound(Exception):
    """What was asked for is not there: the flow's `failed` way."""


class Desk:
    def __init__(self, task: Task) -> None:
        self.task, self.world = task, world_of(task)
        self.changes: list[Change] = []

    def do(self, wanted: Do) -> Acted:
        try:
            data = getattr(self, wanted.action)(**wanted.given)
        except NotFound as error:
            return Acted(False, error=str(error))
        return Acted(True, data)

    # --- looking up

    def find_customer(self, user: str) -> dict[str, Any]:
        if user != self.task.user:
            raise NotFound(user)
        world = self.world
        return {
            "membership": world.membership,
            "bookings": [_offer(one.number, one.label) for one in world.bookings.values()],
            "payments": self._payments("credit", "gift"),
            "certificates": [*self._payments("certificate"), _offer("none", "No certificate")],
            "cards": [*self._payments("credit"), _offer("none", "No credit card")],
            "gift_total": self._sum("gift"),
            "certificate_total": self._sum("certificate"),
        }

    def _payments(self, *kinds: str) -> list[dict[str, str]]:
        return [_offer(one.number, one.label) for one in self.world.payments.values() if one.kind in kinds]

    def _sum(self, kind: str) -> str:
        return f"${sum(one.balance for one in self.world.payments.values() if one.kind == kind):.0f}"

    def find_booking(self, user: str, booking: str) -> dict[str, Any]:
        found = self._booking(booking)
        free = FREE_BAGS[self.world.membership][found.cabin] * found.travellers
        return {
            **{name: getattr(found, name) for name in FACTS},
            "names": [_offer(name, name) for name, _ in found.people],
            "free_bags": free,
        }

    def _booking(self, number: str) -> Booking:
        if number not in self.world.bookings:
            raise NotFound(number)
        return self.world.bookings[number]

    def find_other_flights(self, booking: str, out: str, back: str, cabin: str) -> dict[str, Any]:
        return _found(self._booking(booking).options)

    def find_flights(self, origin: str, destination: str, out: str, back: str, cabin: str) -> dict[str, Any]:
        for place in (origin, destination):
            _airport(place)
        return _found(self.world.search)

    def find_traveller(self, user: str, name: str) -> dict[str, Any]:
        known = next((one for one in self.world.people if one.casefold() == name.strip().casefold()), "")
        return {"name": known or name.strip(), "born": self.world.people.get(known)}

    def quote_cabin(self, booking: str, cabin: str) -> dict[str, str]:
        found = self._booking(booking)
        return {"price": found.quotes.get(cabin, "$100"), "flights": found.flights}

    def quote_bags(self, booking: str, bags: int) -> dict[str, Any]:
        extra = max(0, int(bags) - self.find_booking("", booking)["free_bags"])
        return {"extra": extra, "price": f"${extra * BAG}"}

    def quote_booking(
        self, user: str, option: str, cabin: str, travellers: str, bags: int, insurance: bool
    ) -> dict[str, Any]:
        people = _people(travellers)
        extra = max(0, int(bags) - FREE_BAGS[self.world.membership][cabin] * len(people))
        wanted = {f"{one['first_name']} {one['last_name']}" for one in people}
        fare = next((total for names, total in self._fares() if names == wanted), 300.0 * len(people))
        return {
            "total": f"${fare + extra * BAG + bool(insurance) * INSURANCE * len(people):.0f}",
            "extra": extra,
        }

    def _fares(self) -> list[tuple[set[str], float]]:
        """The tasks' prices are not in the sample: what is expected to be paid is the price."""
        books = [arguments for name, arguments in self.task.expected if name == "book_reservation"]
        return [
            ({f"{one['first_name']} {one['last_name']}" for one in book["passengers"]},
             sum(float(one["amount"]) for one in book["payment_methods"]))
            for book in books
        ]  # fmt: skip

    def split_payment(self, user: str, total: str, certificate: str, gifts: str, card: str) -> dict[str, Any]:
        """First the certificate, then the gift cards, the smallest first, then the credit card."""
        left, plan = float(total.strip("$")), list[tuple[str, float]]()
        using = [self.world.payments[certificate]] if certificate != "none" else []
        if gifts == "all":
            own = [one for one in self.world.payments.values() if one.kind == "gift"]
            using += sorted(own, key=lambda one: one.balance)
        for one in using:
            part = min(left, one.balance)
            plan += [(one.number, part)] if part else []
            left -= part
        if left and card != "none":
            plan.append((card, left))
            left = 0.0
        text = ", ".join(f"{self.world.payments[number].label}: ${part:.0f}" for number, part in plan)
        return {
            "plan": "; ".join(f"{number} {part:.0f}" for number, part in plan),
            "text": text,
            "missing": left,
        }

    # --- changing

    def cancel_booking(self, booking: str) -> None:
        self._note("cancel_reservation", reservation_id=booking)
        self.world.bookings.pop(booking)

    def change_flights(self, booking: str, cabin: str, flights: str, payment: str) -> None:
        found = self._booking(booking)
        found.cabin = found.cabin if cabin == "keep" else cabin
        found.flights = flights
        self._note("update_reservation_flights", reservation_id=booking, cabin=found.cabin,
                   flights=_flights(flights), payment_id=payment)  # fmt: skip

    def add_bags(self, booking: str, bags: int, extra: int, payment: str) -> None:
        self._note("update_reservation_baggages", reservation_id=booking, total_baggages=int(bags),
                   nonfree_baggages=int(extra), payment_id=payment)  # fmt: skip

    def change_passenger(self, booking: str, old: str, name: str, born: str | None) -> None:
        found = self._booking(booking)
        found.people = [(name, born or day) if one == old else (one, day) for one, day in found.people]
        people = [_person(one, day) for one, day in found.people]
        self._note("update_reservation_passengers", reservation_id=booking, passengers=people)

    def send_certificate(self, user: str, travellers: int) -> None:
        self._note("send_certificate", user_id=user, amount=CERTIFICATE * int(travellers))

    def book(self, *, user: str, trip: str, origin: str, destination: str, flights: str, cabin: str,
             travellers: str, bags: int, extra: int, insurance: bool, plan: str) -> None:  # fmt: skip
        paid = [one.rsplit(" ", 1) for one in plan.split("; ") if one]
        for number, amount in paid:
            self._pay(self.world.payments[number], float(amount))
        self._note(
            "book_reservation", user_id=user, origin=_airport(origin), destination=_airport(destination),
            flight_type=trip, cabin=cabin, flights=_flights(flights), passengers=_people(travellers),
            payment_methods=[{"payment_id": number, "amount": float(amount)} for number, amount in paid],
            total_baggages=int(bags), nonfree_baggages=int(extra), insurance="yes" if insurance else "no",
        )  # fmt: skip

    def _pay(self, payment: Payment, amount: float) -> None:
        if payment.kind != "credit":
            payment.balance -= amount

    def _note(self, change: str, **arguments: Any) -> None:
        self.changes.append((change, arguments))


def _offer(value: str, label: str) -> dict[str, str]:
    return {"value": value, "label": label}


def _found(options: list[dict[str, str]]) -> dict[str, Any]:
    return {"options": [*options, _offer("none", "None of these")], "found": len(options)}


def _airport(place: str) -> str:
    found = next((code for name, code in AIRPORTS.items() if name in place.casefold()), "")
    if not found:
        raise NotFound(place)
    return found


def _flights(text: str) -> list[dict[str, str]]:
    return [{"flight_number": number, "date": day} for number, day in FLIGHT.findall(text)]


def _people(text: str) -> list[dict[str, str]]:
    """ "Kevin Smith, 2001-04-12; …": a slot holds no list, so the flow writes them one behind the other."""
    pairs = (one.rsplit(", ", 1) for one in text.split("; ") if ", " in one)
    return [_person(name, born) for name, born in pairs]


def _person(name: str, born: str) -> dict[str, str]:
    first, _, last = name.strip().partition(" ")
    return {"first_name": first, "last_name": last, "dob": born}
