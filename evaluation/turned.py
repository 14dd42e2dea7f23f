"""A turn of a scenario as it went, and what of it was expected. Pure, and all of it can be kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation: `kind` is its name in the scenario, `met` None where nobody has judged it yet."""

    kind: str
    wanted: str
    met: bool | None
    found: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that an answer cites: `name` is the article's id elsewhere, or its title."""

    number: int
    name: str
    title: str
    passage: str


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds until the first word and until the end; tokens, and money in the currency of `MODEL_PRICES`
    (None: no model, or one without a price)."""

    first_word: float = 0.0
    seconds: float = 0.0
    tokens: int = 0
    cost: float | None = None
    model: str = ""


@dataclass(frozen=True, slots=True)
class Turned:
    """`found` are the articles whose passages were looked at, best first, by id elsewhere or title; `looked`
    are how the best of them begin, where the answer cites none; `margins` by how much the first passages lie
    above the floor of the search."""

    said: str
    outcome: str
    words: str = ""  # of the customer, also where a form was filled in
    steps: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    notes: tuple[str, ...] = ()
    language: str = ""
    reason: str = ""  # of a handoff
    options: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    found: tuple[str, ...] = ()
    looked: tuple[str, ...] = ()
    margins: tuple[float, ...] = ()
    spent: Spent = Spent()

    @property
    def met(self) -> bool:
        return all(check.met is not False for check in self.checks)

    def judged(self, *checks: Check) -> Turned:
        """With what was judged later in the place of what stood open."""
        by_wanted = {(check.kind, check.wanted): check for check in checks}
        kept = tuple(by_wanted.get((one.kind, one.wanted), one) for one in self.checks)
        return replace(self, checks=kept)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Turned:
        checks = tuple(Check(**one) for one in kept.get("checks", ()))
        sources = tuple(Source(**one) for one in kept.get("sources", ()))
        lists = {name: tuple(kept.get(name, ())) for name in LISTS}
        spent = Spent(**kept.get("spent", {}))
        return cls(**{**kept, **lists, "checks": checks, "sources": sources, "spent": spent})


LISTS = ("steps", "actions", "notes", "options", "found", "looked", "margins")
