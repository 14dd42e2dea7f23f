"""A customer with a goal, played without a model: an agenda of what is known, what is asked in between, what
is said wrong at first, and patience (after Schatzmann et al., “Agenda-based user simulation”, 2007). Pure.

The same seed plays the same conversation, as long as the answers are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from evaluation.scripted import Simulated
from evaluation.simulated.saying import corrected, value_said, with_slip, word


@dataclass(frozen=True, slots=True)
class Seen:
    """What the customer sees of an answer: `asked` is the slot that is asked for, `waits` for what ("slot",
    "form", "choice", "confirmation", ""), `fields` those of a form, `options` the words on buttons."""

    asked: str = ""
    waits: str = ""
    fields: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    handed_over: bool = False
    reached: bool = False


@dataclass(frozen=True, slots=True)
class Does:
    """What the customer does next: says something, or fills the form."""

    says: str = ""
    form: Mapping[str, str] | None = None


@dataclass
class Player:
    """`sent` counts messages; `gave_up` is set where patience came to its end."""

    customer: Simulated
    language: str
    sent: int = 0
    gave_up: bool = False
    note: str = ""
    _chance: Random = field(init=False)
    _began: list[str] = field(init=False)
    _asks: list[str] = field(init=False)
    _wrong: dict[str, str] = field(init=False)
    _to_correct: str = ""
    _asked_between: bool = False

    def __post_init__(self) -> None:
        self._chance = Random(f"{self.customer.seed}/{self.customer.goal}")  # noqa: S311 (no secret)
        self._began = self._chance.sample(self.customer.begins, len(self.customer.begins))
        self._asks, self._wrong = list(self.customer.asks), dict(self.customer.corrects)

    def next(self, seen: Seen | None, heard: str = "") -> Does | None:
        """None where the conversation is over for the customer. What was `heard` is not read, but `seen`."""
        if seen is not None and (seen.reached or seen.handed_over):
            return None
        if self.sent >= self.customer.patience:
            self.gave_up = True
            return None
        self.sent += 1
        done = self._first() if seen is None else self._answer(seen)
        if done.form is not None:
            return done
        return Does(with_slip(done.says, self.customer.typos, self._chance))

    def _first(self) -> Does:
        return Does(self._began[0])

    def _answer(self, seen: Seen) -> Does:
        if self._to_correct:
            slot, self._to_correct = self._to_correct, ""
            return Does(corrected(self.customer.knows[slot], self.language, self._chance))
        if seen.waits and self._asks and not self._asked_between:
            self._asked_between = True
            return Does(self._asks.pop(0))
        self._asked_between = False
        if seen.waits == "form":
            return Does(
                form={name: self.customer.knows[name] for name in seen.fields if name in self.customer.knows}
            )
        if seen.waits == "confirmation":
            return Does(word("yes" if self.customer.confirms else "no", self.language))
        if seen.waits:
            return self._value(seen)
        return self._again(seen)

    def _value(self, seen: Seen) -> Does:
        """What is asked for: cancelled there, wrong at first, known, or not."""
        if self.customer.cancels_at and seen.asked == self.customer.cancels_at:
            return Does(word("cancel", self.language))
        if seen.asked in self._wrong:
            self._to_correct = seen.asked if seen.asked in self.customer.knows else ""
            return Does(self._wrong.pop(seen.asked))
        value = self.customer.knows.get(seen.asked)
        if value is not None:
            return Does(value_said(value, self.language, self._chance))
        offered = [one for one in seen.options if one in self.customer.knows.values()]
        return Does(offered[0] if offered else word("unknown", self.language))

    def _again(self, seen: Seen) -> Does:
        """No step of a flow waits: press what was meant, else say it in other words."""
        meant = [one for one in seen.options if one in self.customer.presses]
        if meant:
            return Does(meant[0])
        if len(self._began) > 1:
            self._began.append(self._began.pop(0))
        return Does(self._began[0])
