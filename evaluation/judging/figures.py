"""Whether the figures of a sentence are those of its passage, and of the same thing there. Pure.

A figure may stand in the passage and yet belong to something else: what says nearly the same there and gives
another figure of the kind counts against it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

from assistant.evidence import facts_in, stems_of
from assistant.units import Unit
from knowledge.upkeep.values import Value, values_in, without_values
from knowledge.upkeep.words import SPELLED

BELONGS = 0.8  # of how much the nearest shares with the sentence, what gives the figure has to share
NEAR = 0.3  # of what the sentence says
Weight = Callable[[Set[str]], float]


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
            tuple(values_in(unit.plain, language)),
            figures_in(said),
        )


def figures_in(text: str) -> frozenset[str]:
    """Those that are spelled count as well."""
    words = text.casefold().replace("-", " ").split()
    return facts_in(text) | {f"{SPELLED[word]:g}" for word in words if word in SPELLED}


def wrong_figure(
    sentence: str, parts: Sequence[Part], language: str, known: Set[str], weight: Weight, *, foreign: bool
) -> str:
    """The first figure that does not bear, as it is written; "" where all do. `known`: the customer's."""
    everything = frozenset().union(*(part.facts for part in parts)) | known
    values = values_in(sentence, language)
    told = [value for value in values if any(_gives(value, part) for part in parts)]
    for fact in sorted(facts_in(sentence) - everything):
        if not any(fact in facts_in(value.text) for value in told):
            return fact
    about = stems_of(without_values(sentence, language), language)
    for value in values:
        if figures_in(value.text) <= known and figures_in(value.text):
            continue  # the customer's own
        if not foreign and _belongs_elsewhere(value, about, parts, weight):
            return value.text.strip()
        if foreign and value.kind != "number" and not _agrees(value, parts):
            return value.text.strip()
    bare = facts_in(sentence) - known - facts_in(" ".join(value.text for value in values))
    wrong = [fact for fact in sorted(bare) if not foreign and _stands_elsewhere(fact, about, parts, weight)]
    return wrong[0] if wrong else ""


def _gives(value: Value, part: Part) -> bool:
    return any(value.comparable(other) and value.agrees(other) for other in part.values)


def _agrees(value: Value, parts: Sequence[Part]) -> bool:
    """Whether some part gives it, or none gives anything that could be compared."""
    comparable = [part for part in parts if any(value.comparable(other) for other in part.values)]
    return not comparable or any(_gives(value, part) for part in comparable)


def _belongs_elsewhere(value: Value, about: Set[str], parts: Sequence[Part], weight: Weight) -> bool:
    shared: Mapping[int, float] = {at: weight(about & part.stems) for at, part in enumerate(parts)}
    bears, against = 0.0, 0.0
    digits = facts_in(value.text)
    for at, part in enumerate(parts):
        rivals = [other for other in part.values if value.comparable(other)]
        if _gives(value, part) or (digits and digits <= part.facts):
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
