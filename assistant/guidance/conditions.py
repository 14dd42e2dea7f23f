"""Whether a row holds for a question, and why: each of its conditions by itself. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.guidance.held import Checked, Judged, Kind, Row
from assistant.guidance.phrases import named_in

# From how near a question is “about” a line, in spreads above what is usual for this line among the company's
# articles: it means the same for any model. Chosen on the sample, see docs/decisions/0022-guidance.md.
BAR = 4.3
# Of a row that breaks off whatever is going on: "I want to send a lamp back" (4.7) is no electric shock.
ESCALATION_BAR = 4.9


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions look at. `open` is None where nobody has said when there are people."""

    question: str
    language: str
    verified: bool = False
    open: bool | None = None


def judge(row: Row, facts: Facts, near: Mapping[str, float] | None = None) -> Judged:
    """`near`: how near each line is to the question, as far as that is known."""
    return Judged(row, tuple(_checks(row, facts, near or {})))


def _checks(row: Row, facts: Facts, near: Mapping[str, float]) -> Iterator[Checked]:
    if row.about:
        yield about(row, facts, near)
    if row.language:
        yield Checked("language", row.language == facts.language)
    if row.hours:
        yield Checked("hours", facts.open is not None and facts.open is (row.hours == "open"))
    if row.who:
        yield Checked("who", facts.verified is (row.who == "verified"))


def about(row: Row, facts: Facts, near: Mapping[str, float]) -> Checked:
    """By the words themselves, which need no model of meaning, else by meaning."""
    if line := named_in(facts.question, row.about, facts.language):
        return Checked("about", True, line, "words")
    known = [(near[line], line) for line in row.about if line in near] if row.by_meaning else []
    if not known:
        return Checked("about", False, by="words")
    score, line = max(known)
    bar = ESCALATION_BAR if row.kind is Kind.ESCALATION else BAR
    return Checked("about", score >= bar, line, "meaning", round(score, 1), bar)


def to_compare(rows: Sequence[Row], facts: Facts) -> list[str]:
    """The lines whose meaning matters: of rows for which all else holds and the words do not tell."""
    open_ones = [row for row in rows if row.about and row.by_meaning and _hangs_on_meaning(row, facts)]
    return list(dict.fromkeys(line for row in open_ones for line in row.about))


def _hangs_on_meaning(row: Row, facts: Facts) -> bool:
    judged = judge(row, facts)
    return all(check.met is (check.name != "about") for check in judged.checks)
