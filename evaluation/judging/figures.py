"""Whether the figures of a sentence are those of its passage, and of the same thing there. Pure.

A figure may stand in the passage and yet belong to something else: what says nearly the same there and gives
another figure of the kind counts against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from assistant.evidence import facts_in, stems_of
from assistant.units import Unit
from knowledge.terms import fold
from knowledge.upkeep.values import Value, values_in, without_values
from knowledge.upkeep.words import SPELLED

BELONGS = 0.8  # of how much the nearest shares with the sentence, what gives the figure has to share
NEAR = 0.3  # of what the sentence says
Weight = Callable[[Set[str]], float]
# "Within a week" is within one; "5 € a week" is none.
AN = re.compile(
    r"(?<=\b)(?P<before>within|in|after|before|for|than|last|sous|dans|pendant|durant|apres|avant|conserve|d')"
    r"(?P<blank> ?)(?:a|an|un|une) (?P<unit>hour|day|week|month|year|heure|jour|semaine|mois|an)\b"
)
WORKING = re.compile(r"\b(?:working|business)\b")
OF_A_WEEK = 7 / 5  # five working days are a week
BREAK = re.compile(r"[,;:] |\b(?:but|mais) ")


@dataclass(frozen=True)
class Part:
    """A sentence, item or row of a passage; `stems` are of its own words and of what stands above it."""

    kind: str
    text: str
    stems: frozenset[str]
    values: tuple[Value, ...]
    facts: frozenset[str]

    @classmethod
    def of(cls, unit: Unit, language: str) -> Part:
        said = f"{unit.plain} {unit.heads}"
        return cls(
            unit.kind,
            unit.plain,
            stems_of(said, language),
            tuple(values_of(unit.plain, language)),
            figures_in(said),
        )

    def clauses(self, language: str) -> list[Part]:
        """What gives several figures, "250 lm by a bed, 800 lm for reading", gives each of its own."""
        pieces = [one for one in BREAK.split(self.text) if one.strip()]
        if self.kind == "row" or sum(bool(facts_in(one)) for one in pieces) < 2:
            return [self]
        return [_clause(self, one, language) for one in _joined(pieces)]


def _joined(pieces: Sequence[str]) -> Iterator[str]:
    """A piece without a figure goes with the one before it."""
    kept = ""
    for piece in pieces:
        if kept and facts_in(piece) and facts_in(kept):
            yield kept
            kept = ""
        kept = f"{kept} {piece}".strip()
    yield kept


def _clause(part: Part, text: str, language: str) -> Part:
    values = tuple(values_of(text, language))
    return replace(part, text=text, stems=stems_of(text, language), values=values, facts=figures_in(text))


def values_of(text: str, language: str) -> list[Value]:
    """As `values_in`, and what is said with an article."""
    return values_in(AN.sub(r"\g<before>\g<blank>1 \g<unit>", fold(text)), language)


def figures_in(text: str) -> frozenset[str]:
    """Those that are spelled count as well."""
    words = text.casefold().replace("-", " ").split()
    return facts_in(text) | {f"{SPELLED[word]:g}" for word in words if word in SPELLED}


def wrong_figure(
    sentence: str, parts: Sequence[Part], language: str, known: Set[str], weight: Weight, *, foreign: bool
) -> str:
    """The first figure that does not bear, as it is written; "" where all do. `known`: the customer's."""
    everything = frozenset().union(*(part.facts for part in parts)) | known
    values = values_of(sentence, language)
    told = [value for value in values if any(gives(value, part) for part in parts)]
    for fact in sorted(facts_in(sentence) - everything):
        if not any(fact in facts_in(value.text) for value in told):
            return fact
    if foreign:
        return _wrong_abroad(values, parts, known)
    finer = [clause for part in parts for clause in part.clauses(language)]
    about = stems_of(without_values(sentence, language), language)
    pieces = list(_joined([one for one in BREAK.split(sentence) if one.strip()]))
    found = (_wrong_in(piece, about, finer, language, known, weight) for piece in pieces)
    return next(filter(None, found), "")


def _wrong_abroad(values: Sequence[Value], parts: Sequence[Part], known: Set[str]) -> str:
    """Of a passage in another language only the figures can be compared."""
    own = (one for one in values if not (figures_in(one.text) and figures_in(one.text) <= known))
    return next((one.text.strip() for one in own if one.kind != "number" and not _agrees(one, parts)), "")


def _wrong_in(
    piece: str, whole: Set[str], parts: Sequence[Part], language: str, known: Set[str], weight: Weight
) -> str:
    """Of one clause; what it is about the sentence says where the clause does not."""
    values = values_of(piece, language)
    about = stems_of(without_values(piece, language), language) or whole
    for value in values:
        own = figures_in(value.text) and figures_in(value.text) <= known
        if not own and _belongs_elsewhere(value, about, parts, weight):
            return value.text.strip()
    bare = facts_in(piece) - known - facts_in(" ".join(value.text for value in values))
    return next((fact for fact in sorted(bare) if _stands_elsewhere(fact, about, parts, weight)), "")


def figure_stands(sentence: str, parts: Sequence[Part], language: str, known: Set[str]) -> bool:
    """Whether it gives a figure that the passage gives as well: "a month" for "30 days". The customer's own
    do not count."""
    values = [one for one in values_of(sentence, language) if not figures_in(one.text) <= known]
    if any(gives(value, part) for value in values for part in parts):
        return True
    return any((facts_in(sentence) - known) & part.facts for part in parts)


def gives(value: Value, part: Part) -> bool:
    others = [other for other in part.values if value.comparable(other)]
    if any(value.agrees(other) for other in others):
        return True
    return value.kind == "time" and any(_as_weeks(value, other, part) for other in others)


def _as_weeks(value: Value, other: Value, part: Part) -> bool:
    """Ten working days are two weeks."""
    if not WORKING.search(other.text) and f"{other.text} ouvre" not in fold(part.text):
        return False
    longer = replace(other, low=other.low * OF_A_WEEK, high=other.high * OF_A_WEEK)
    return value.agrees(longer)


def _agrees(value: Value, parts: Sequence[Part]) -> bool:
    """Whether some part gives it, or none gives anything that could be compared."""
    comparable = [part for part in parts if any(value.comparable(other) for other in part.values)]
    return not comparable or any(gives(value, part) for part in comparable)


def _belongs_elsewhere(value: Value, about: Set[str], parts: Sequence[Part], weight: Weight) -> bool:
    shared: Mapping[int, float] = {at: weight(about & part.stems) for at, part in enumerate(parts)}
    bears, against = 0.0, 0.0
    digits = facts_in(value.text)
    for at, part in enumerate(parts):
        rivals = [other for other in part.values if value.comparable(other)]
        if gives(value, part) or (digits and digits <= part.facts and not rivals):
            bears = max(bears, shared[at])
        elif rivals or part.kind == "row":  # each row is of its own matter, with a figure or without
            against = max(against, shared[at])
    return against >= NEAR * weight(about) and bears < BELONGS * against


def _stands_elsewhere(fact: str, about: Set[str], parts: Sequence[Part], weight: Weight) -> bool:
    """The same of a figure that is no value of a known kind: "2,700 K"."""
    shared = [(weight(about & part.stems), part.facts) for part in parts]
    bears = max((share for share, facts in shared if fact in facts), default=0.0)
    against = max((share for share, facts in shared if facts and fact not in facts), default=0.0)
    return against >= NEAR * weight(about) and bears < BELONGS * against
