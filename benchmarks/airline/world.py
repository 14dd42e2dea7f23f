"""What the airline knows in a task: made up by us, with the names that the task has. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from benchmarks.airline.tasks import Task, payments_of

Person = tuple[str, str]  # name, date of birth


@dataclass
class Booking:
    number: str
    cabin: str = "economy"
    insured: bool = False
    hours: int = 300  # since it was made
    flown: bool = False
    airline_cancelled: bool = False
    delayed: bool = False
    travellers: int = 1
    journey: str = "Boston to Denver"
    round_trip: bool = False
    flights: str = "OWN1 2024-05-20"
    people: list[Person] = field(default_factory=list)
    quotes: dict[str, str] = field(default_factory=dict)
    options: list[dict[str, str]] = field(default_factory=list)

    @property
    def label(self) -> str:
        people = "1 traveller" if self.travellers == 1 else f"{self.travellers} travellers"
        return f"{self.number}: {self.journey} ({self.cabin.replace('_', ' ')}; {people})"


@dataclass
class Payment:
    number: str
    label: str
    balance: float

    @property
    def kind(self) -> str:
        return self.number.split("_")[0]


@dataclass
class World:
    membership: str
    bookings: dict[str, Booking]
    payments: dict[str, Payment]
    people: dict[str, str]  # saved in the profile: name, date of birth
    search: list[dict[str, str]]


def world_of(task: Task) -> World:
    made = task.made
    return World(
        membership=made.get("membership", "regular"),
        bookings={booking.number: booking for booking in _bookings(task)},
        payments={one.number: one for one in _payments(task)},
        people=_people(task),
        search=_options(made.get("search", ()), _expected(task, "book_reservation")),
    )


def _bookings(task: Task) -> list[Booking]:
    found = []
    for name, facts in (task.made.get("bookings") or {}).items():
        number = task.names[name]
        changes = _expected(task, "update_reservation_flights", of=number)
        plain = {part: one for part, one in (facts or {}).items() if part not in ("options", "people")}
        booking = Booking(number, **plain)
        booking.options = _options((facts or {}).get("options", ()), changes[-1:])
        if changes:
            booking.flights = flights_text(changes[0]["flights"])
        booking.people = _travelling(task, number, (facts or {}).get("people", ()), booking.travellers)
        booking.travellers = len(booking.people)
        found.append(booking)
    return found


def _expected(task: Task, change: str, *, of: str = "") -> list[dict[str, Any]]:
    changes = [arguments for name, arguments in task.expected if name == change]
    return [one for one in changes if not of or one["reservation_id"] == of]


def _options(made: Any, expected: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What a search finds: the flights that are expected among others of ours."""
    found = []
    for one in made:
        ours = f"OWN-{one['flights']} 2024-05-20"
        flights = flights_text(expected[0]["flights"]) if one["flights"] == "expected" and expected else ours
        found.append({"value": flights, "label": f"{flights}: {one['label']}"})
    return found


def flights_text(flights: list[dict[str, str]]) -> str:
    return " + ".join(f"{one['flight_number']} {one['date']}" for one in flights)


def _travelling(task: Task, number: str, made: Any, travellers: int) -> list[Person]:
    known = _born(task)
    names = list(made) or [task.name, *(f"Guest Number{at}" for at in range(2, travellers + 1))]
    changes = _expected(task, "update_reservation_passengers", of=number)
    after = changes[0]["passengers"] if changes else []
    born = [one["dob"] for one in after] if len(after) == len(names) and len(after) > 1 else []
    return [(name, born[at] if born else known.get(name, "1980-01-01")) for at, name in enumerate(names)]


def _born(task: Task) -> dict[str, str]:
    """Everybody whom a change names, with the date of birth that is expected there."""
    return {
        f"{one['first_name']} {one['last_name']}": one["dob"]
        for _, arguments in task.expected
        for one in arguments.get("passengers", ())
    }


def _people(task: Task) -> dict[str, str]:
    """The profile knows the customer and who was saved or travels already; not who is new."""
    known = _born(task)
    kept = {task.name: known.get(task.name, "1975-05-05")}
    together = ((task.made.get("bookings") or {}).get("r1") or {}).get("travellers", 1) > 2
    names = [*task.made.get("saved", ()), *(known if together else ())]
    return {**kept, **{name: known[name] for name in names if name in known}}


def _payments(task: Task) -> list[Payment]:
    balances: dict[str, float] = {}
    for _, arguments in task.expected:
        for number, amount in payments_of(arguments):
            balances[number] = max(amount, balances.get(number, 0.0))
    found = [Payment(task.names[name], label, balances.get(task.names[name], 100.0))
             for name, label in task.labels.items()]  # fmt: skip
    return [*found, Payment("credit_card_own_9", "Visa ending in 0000", 0.0)]
