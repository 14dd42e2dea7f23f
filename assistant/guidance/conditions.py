"""Whether a row holds for a question, and why: each of its conditions by itself. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.guidance.held import Checked, Judged, Row
from assistant.guidance.phrases import named_in
from knowledge.reading import names_in
from knowledge.terms import tokenise

# From how near a question is “about” a line, in spreads above what is usual for this line among the company's
# articles: it means the same for any model. Chosen on the sample, see docs/decisions/0022-guidance.md.
BAR = 4.3
# A word or two are near any other such words: to “lawsuit” “garantie” is 5.5 and “stop” 5.7, to “porter
# plainte” “frais de port” 6.2; “attorney” and “justice” are 8.7 and 7.3. Where both are short it takes more.
MORE_FOR_FEW_WORDS = 2.1
SHORT_QUESTION, SHORT_LINE = 3, 2  # words


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
    known = [line for line in row.about if line in near] if row.by_meaning else []
    bars = {line: _bar(facts.question, line) for line in known}
    able = [line for line in known if _may_mean(facts.question, line)]
    if not able and all(near[line] >= bars[line] for line in known):  # or nothing is known
        return Checked("about", False, by="words")
    line = max(able or known, key=lambda one: near[one] - bars[one])
    met = line in able and near[line] >= bars[line]
    return Checked("about", met, line, "meaning", round(near[line], 1), bars[line])


def _bar(question: str, line: str) -> float:
    few = len(tokenise(question)) <= SHORT_QUESTION and len(tokenise(line)) <= SHORT_LINE
    return BAR + (MORE_FOR_FEW_WORDS if few else 0.0)


def _may_mean(question: str, line: str) -> bool:
    """Who names nothing does not mean what a line names: "how much is delivery" is not about Corsica."""
    return not names_in(line) or bool(names_in(question)) or set(_names(line)) <= set(tokenise(question))


def _names(line: str) -> list[str]:
    return [word for name in names_in(line) for word in tokenise(name)]


def to_compare(rows: Sequence[Row], facts: Facts) -> list[str]:
    """The lines whose meaning matters: of rows for which all else holds and the words do not tell."""
    open_ones = [row for row in rows if row.about and row.by_meaning and _hangs_on_meaning(row, facts)]
    return list(dict.fromkeys(line for row in open_ones for line in row.about))


def _hangs_on_meaning(row: Row, facts: Facts) -> bool:
    judged = judge(row, facts)
    return all(check.met is (check.name != "about") for check in judged.checks)
