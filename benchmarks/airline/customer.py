"""The customer of a task: says what is wanted, answers what is asked, presses buttons. Deterministic.

It understands which slot is asked for; how it puts the answer is for the assistant to understand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from assistant.interpreting import Meant
from benchmarks.airline.tasks import Want
from flows.graph import Ask, Choose
from flows.state import Button, Frame

PRICE, MINUTES = re.compile(r"\$(\d+)"), re.compile(r"(\d+) minutes")
TIMES = 3  # that the same is answered, until the customer gives up


@dataclass(frozen=True)
class Said:
    """The words, and what they mean: what a model that understands everything would make of them."""

    text: str
    meant: tuple[Meant, ...]


class GivesUp(Exception):
    """The customer cannot answer, or has answered often enough."""


@dataclass
class Customer:
    want: Want
    times: dict[str, int] = field(default_factory=dict)

    def opens(self) -> Said:
        if self.want.person:
            return Said(self.want.says, (Meant(command="person"),))
        if not self.want.flow:
            return Said(self.want.says, (Meant(command="other"),))
        return Said(self.want.says, (Meant(command="start_flow", flow=self.want.flow),))

    def leaves(self) -> Said:
        return Said("forget it", (Meant(command="cancel"),))

    def answers(self, frame: Frame, node: Any, buttons: tuple[Button, ...]) -> Said:
        if isinstance(node, Ask):
            said = self._answer(node.slot, node.slot, buttons)
            return said or self._meaning(
                self._words(node.slot, buttons), Meant(command="set_slot", slot=node.slot)
            )
        if isinstance(node, Choose):
            return self._meaning(self._words(node.id, buttons), Meant(command="choose"))
        if wrong := self._read_back(frame):
            return wrong
        words = self._words(node.id if node.id in self.want.answers else "confirm", buttons)
        return Said(words, (Meant(command="yes" if words.startswith("yes") else "no"),))

    def _read_back(self, frame: Frame) -> Said | None:
        """Nobody confirms another cabin than the one that is wanted."""
        wanted, noted = self.want.answers.get("new_cabin"), frame.slots.get("new_cabin")
        if not noted or wanted in (None, str(noted).replace("_", " ")) or noted == "keep":
            return None
        if self.times.get("new_cabin", 0) >= TIMES:
            raise GivesUp("the cabin is noted wrongly")
        self.times["new_cabin"] = self.times.get("new_cabin", 0) + 1
        meant = Meant(command="correct_slot", slot="new_cabin", value=str(wanted))
        return Said(f"no, {wanted}", (meant,))

    def _answer(self, name: str, slot: str, buttons: tuple[Button, ...]) -> Said | None:
        """Another meaning than an answer, where the customer has one in mind."""
        given = self._given(name)
        if not isinstance(given, dict) or "means" not in given:
            self.times[name] -= 1  # looked at, not said yet
            return None
        start = Meant(command="start_flow", flow=given.get("flow", ""))
        return Said(given["says"], (start if given["means"] == "start" else Meant(command="cancel"),))

    def _meaning(self, words: str, meant: Meant) -> Said:
        return Said(words, (meant.model_copy(update={"value": words}),))

    def _given(self, name: str) -> Any:
        if name not in self.want.answers:
            raise GivesUp(f"was asked for {name}, which the customer does not know")
        given, at = self.want.answers[name], self.times.get(name, 0)
        self.times[name] = at + 1
        turns = given if isinstance(given, list) else [given]
        if at >= len(turns) + TIMES - 1:
            raise GivesUp(f"was asked for {name} {at} times")
        return turns[min(at, len(turns) - 1)]

    def _words(self, name: str, buttons: tuple[Button, ...]) -> str:
        given = self._given(name)
        return str(given) if not isinstance(given, dict) else pressed(given, buttons)


def pressed(given: dict[str, Any], buttons: tuple[Button, ...]) -> str:
    """The button that the customer looks for."""
    labels = [button.label for button in buttons]
    if "like" in given:
        words = str(given["like"])
        found = [one for one in buttons if words in one.label]
        if not found:
            raise GivesUp(f"there is no button with {words}")
        return found[0].label
    number = MINUTES if "fastest" in given else PRICE
    ranked = sorted((float(match[1]), label) for label in labels if (match := number.search(label)))
    place = int(given.get("fastest", given.get("cheapest", 1)))
    if place == 0 and labels:
        return labels[0]
    if len(ranked) < place:
        raise GivesUp("none of the buttons is what the customer looks for")
    return ranked[place - 1][1]
