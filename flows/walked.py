"""What came of the flows in one reply, in short lines that traces keep and `flows/counting.py` counts. Pure.

“begun returns@3/order”, “cancelled returns@3/reason”: the kind, the flow at its version, and the step. Each
flow that begins ends in one of `ENDS`, or stands in one of `STANDING` until the customer is heard again: as
many begin as end and stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.state import Effect, Over, Reached, State

BEGUN, REACHED, WAY = "begun", "reached", "way"
ENDS = ("done", "given_up", "cancelled", "lost", "handed_over")
WAITS, PERSON = "waits", "person"  # the customer was asked something; or asked for a person there
STANDING = (WAITS, PERSON)
LINE = re.compile(
    r"(?P<kind>[a-z_]{1,20}) (?P<flow>[a-z][a-z0-9_]{0,59})@(?P<number>\d{1,9})/(?P<node>\w{1,60})"
)


@dataclass(frozen=True, slots=True)
class Walked:
    """One line, read."""

    kind: str
    flow: str
    number: int
    node: str

    def __str__(self) -> str:
        return f"{self.kind} {self.step}"

    @property
    def step(self) -> str:
        """As `Route.steps` have it."""
        return f"{self.flow}@{self.number}/{self.node}"


def read(line: str) -> Walked | None:
    """None where it is no such line."""
    found = LINE.fullmatch(line)
    return Walked(found["kind"], found["flow"], int(found["number"]), found["node"]) if found else None


def began_and_ended(effects: Iterable[Effect]) -> Iterator[str]:
    """Without the repairs of ours, which have no version."""
    for effect in effects:
        if isinstance(effect, Reached) and effect.begins and effect.version:
            yield str(Walked(BEGUN, effect.flow, effect.version, effect.node))
        elif isinstance(effect, Over) and effect.version:
            kind = "handed_over" if effect.handed_over else effect.outcome
            yield str(Walked(kind, effect.flow, effect.version, effect.node))


def stopped(lines: Iterable[str]) -> str:
    """The flow that the customer left before its end; "" where none."""
    ends = [one for line in lines if (one := read(line)) and one.kind in ("cancelled", "given_up")]
    return ends[-1].flow if ends else ""


def lost(state: State) -> Iterator[str]:
    """All that was under way, when it is dropped."""
    return (str(Walked("lost", one.flow, one.version, one.last)) for one in state.frames if one.version)


def standing(state: State, *, handed_over: bool) -> tuple[str, ...]:
    """Where each flow under way stands when the reply is over; `handed_over`: a person goes on from here."""
    kind = PERSON if handed_over else WAITS
    return tuple(str(Walked(kind, one.flow, one.version, one.last)) for one in state.frames if one.version)
