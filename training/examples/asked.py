"""What a dataset is made from: which answers, how many of a kind, how much is held out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

ORIGINS = ("review", "correction", "staff")


@dataclass(frozen=True)
class Asked:
    """`languages`: none for all. `since` and `until` are days, of the answers. `held_out`: percent. `most`:
    examples of one topic in one language, 0 without a limit. `before`: messages of the conversation that
    stand before the question. `supported`: only what the passages bear out."""

    origins: tuple[str, ...] = ORIGINS
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    held_out: int = 15
    most: int = 25
    before: int = 4
    supported: bool = True
    seed: int = 1

    def as_json(self) -> dict[str, Any]:
        days = {name: day.isoformat() if day else None for name, day in self._days().items()}
        return {**asdict(self), **days, "origins": list(self.origins), "languages": list(self.languages)}

    def _days(self) -> dict[str, date | None]:
        return {"since": self.since, "until": self.until}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Asked:
        """What a newer form knows besides is as usual."""
        known: dict[str, Any] = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        for name in ("since", "until"):
            known[name] = date.fromisoformat(known[name]) if known.get(name) else None
        for name in ("origins", "languages"):
            known[name] = tuple(known.get(name, getattr(cls(), name)))
        return replace(cls(), **known)
