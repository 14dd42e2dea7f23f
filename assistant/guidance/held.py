"""Rows of guidance as a reply knows them, and which of them hold for it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST_IN_PROMPT = 20  # rows; of more, a model forgets some


class Kind(StrEnum):
    TONE = "tone"
    RULE = "rule"
    GUARDRAIL = "guardrail"
    ESCALATION = "escalation"


class Did(StrEnum):
    """What became of a row that held; see `assistant/guidance/words.py`."""

    PROMPT = "prompt"  # the model was told
    SAID = "said"  # its exact words were said
    REPLACED = "replaced"  # the answer broke it and was not sent
    REFUSED = "refused"  # nothing was answered
    HANDED_OVER = "handed_over"
    NEEDS_MODEL = "needs_model"
    UNSAID = "unsaid"  # its exact words did not fit: in another language, or nothing was answered
    TOO_MANY = "too_many"  # for one prompt

    @property
    def is_hit(self) -> bool:
        return self not in (Did.NEEDS_MODEL, Did.UNSAID, Did.TOO_MANY)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as staff wrote it. `about`, `forbidden` and `topics` are lines; `words` is what is said, by
    language."""

    pk: int
    kind: Kind
    text: str
    about: tuple[str, ...] = ()
    by_meaning: bool = True
    language: str = ""
    hours: str = ""  # "open", "closed", "": whenever
    who: str = ""  # "verified", "unverified", "": whoever
    forbidden: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def refuses(self) -> bool:
        """A guardrail that names nothing in the answer: nothing at all is answered."""
        return self.kind is Kind.GUARDRAIL and not self.forbidden and not self.topics


@dataclass(frozen=True, slots=True)
class Checked:
    """One condition of a row: `name` is "about", "language", "hours" or "who". Of "about" also the nearest
    line, by which means, and how near it is against the bar, in spreads above the usual."""

    name: str
    met: bool
    line: str = ""
    by: str = ""  # "words", "meaning"
    score: float | None = None
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    row: Row
    checks: tuple[Checked, ...] = ()

    @property
    def holds(self) -> bool:
        return all(check.met for check in self.checks)

    def note(self, did: Did, **more: Any) -> dict[str, Any]:
        """For a trace: small, fit for JSON, and still plain when the row is gone."""
        about = next((check for check in self.checks if check.name == "about"), None)
        found = {"line": about.line, "by": about.by, "score": about.score, "bar": about.bar} if about else {}
        row = self.row
        return {
            "row": row.pk, "kind": str(row.kind), "text": row.text, "did": str(did), "hit": did.is_hit,
            **found, **more,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """The rows that hold for a reply, in the order of the list; `language` is what is answered in."""

    rows: tuple[Judged, ...] = ()
    language: str = "en"

    def of(self, *kinds: Kind) -> tuple[Judged, ...]:
        return tuple(one for one in self.rows if one.row.kind in kinds)

    @property
    def told(self) -> tuple[Judged, ...]:
        """Those that a model is told. One that refuses everything needs no model."""
        kinds = (Kind.TONE, Kind.RULE, Kind.GUARDRAIL)
        return tuple(one for one in self.of(*kinds) if not one.row.refuses)[:MOST_IN_PROMPT]

    @property
    def guardrails(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.of(Kind.GUARDRAIL) if not one.row.refuses)

    @property
    def refusing(self) -> Judged | None:
        return next((one for one in self.of(Kind.GUARDRAIL) if one.row.refuses), None)

    @property
    def escalation(self) -> Judged | None:
        return next(iter(self.of(Kind.ESCALATION)), None)

    @property
    def facts(self) -> str:
        """What staff have said in these rows, which an answer may repeat."""
        return "\n".join(one.row.text for one in self.told if one.row.kind is Kind.RULE)


NOTHING = Held()
