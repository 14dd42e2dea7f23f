"""Where two passages say different things of the same subject: other figures, or the opposite. Pure.

What is shown costs somebody's time, so precision counts for more than recall: both sentences have to be about
the same by their rarer words and by what stands above them, with no name, number or condition that only one
of them has; and no sentence beside them that is about it too may say what the other one says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from knowledge.terms import fold
from knowledge.upkeep.saying import Saying
from knowledge.upkeep.sayings import Passage
from knowledge.upkeep.values import Value

SAME_SUBJECT = 0.45  # weighted share of what both are about, from which figures are compared
SAME_SENTENCE = 0.25  # the same where all that each sentence says is found in the other or above it
# Sections of one article treat one case each; in one of them the sentences have to be nearly the same.
SAME_SUBJECT_WITHIN, SHARED_WITHIN = 0.9, 4
ALSO = 0.5  # of that: another sentence of the passage is about it too
SAME_TITLE = 0.3  # of what a title says, in what the other one is about
SAME_WORDS = 0.75  # the same of the sentences alone, from which denials are
NO_MORE = 0.75  # of what a sentence says, in what the table's cell beside it says
SHARED = 2  # stems at least that both sentences have
SHARED_OF_DENIALS = 3

Rarity = Callable[[str], float]


@dataclass(frozen=True)
class Contradiction:
    """What differs (`about` is a kind of value, or "denial"), and the words in which it does."""

    about: str
    one: Saying
    other: Saying
    value: str
    other_value: str
    likeness: float


def contradictions(one: Passage, other: Passage, rarity: Rarity) -> list[Contradiction]:
    """The surest one of each kind. `rarity` says how much a stem tells (its inverse frequency)."""
    found = [*_in_figures(one, other, rarity), *_in_denials(one, other, rarity)]
    best: dict[str, Contradiction] = {}
    for each in sorted(found, key=lambda each: -each.likeness):
        best.setdefault(each.about, each)
    return list(best.values())


def _in_figures(one: Passage, other: Passage, rarity: Rarity) -> Iterator[Contradiction]:
    if one.document == other.document and one.headings != other.headings:
        return
    for saying, opposite in product(one.sayings, other.sayings):
        shared = SHARED_WITHIN if one.document == other.document else SHARED
        if not (saying.values and opposite.values) or not _comparable(saying, opposite, shared=shared):
            continue
        likeness = same_subject(saying, opposite, rarity)
        if not (_says_no_more(saying, opposite, rarity) and _says_no_more(opposite, saying, rarity)):
            continue
        if likeness < _least(saying, opposite, within=one.document == other.document):
            continue
        mine = _only(saying, opposite, other, likeness, rarity)
        theirs = _only(opposite, saying, one, likeness, rarity)
        # Where several figures differ at once, the cases do.
        if len(mine) != 1 or len(theirs) != 1 or not mine[0].comparable(theirs[0]):
            continue
        if _begins_with(saying, mine[0]) and _begins_with(opposite, theirs[0]):
            continue  # "2 persons, one of them …", "3 persons, one of them …" are cases of a list
        if _same_matter(saying, opposite, mine[0], rarity):
            yield Contradiction(mine[0].kind, saying, opposite, mine[0].text, theirs[0].text, likeness)


def _begins_with(saying: Saying, value: Value) -> bool:
    return value.kind == "number" and fold(saying.text).startswith(value.text)


def _least(saying: Saying, opposite: Saying, *, within: bool) -> float:
    if within:
        return SAME_SUBJECT_WITHIN
    explained = saying.own <= opposite.all and opposite.own <= saying.all
    return SAME_SENTENCE if explained else SAME_SUBJECT


def _only(
    saying: Saying, opposite: Saying, elsewhere: Passage, likeness: float, rarity: Rarity
) -> list[Value]:
    """What it gives that the opposite does not, nor any sentence beside that that is as much about it."""
    beside = [
        each
        for each in elsewhere.sayings
        if each == opposite
        or (same_subject(saying, each, rarity) >= ALSO * likeness and speaks_of(saying, each))
    ]
    there = [value for each in beside for value in (*each.values, *(each.row.around if each.row else ()))]
    return [
        value
        for value in saying.values
        if not any(value.comparable(each) and value.agrees(each) for each in there)
    ]


def _same_matter(saying: Saying, opposite: Saying, value: Value, rarity: Rarity) -> bool:
    """A price beside a table's cell is the price of what the row names. A time may be that of anything done
    with it: there a word of what stands above the table has to come."""
    of_table = saying.row is not None or opposite.row is not None
    if of_table and _same_context(saying, opposite):
        return True
    return (not of_table or value.kind == "price") and _same_title(saying, opposite, rarity)


def _same_title(saying: Saying, opposite: Saying, rarity: Rarity) -> bool:
    """Many articles say "you have an answer within … days": of what, their titles say."""
    return max(_covered(saying, opposite, rarity), _covered(opposite, saying, rarity)) >= SAME_TITLE


def _same_context(saying: Saying, opposite: Saying) -> bool:
    """Beside a table's cell, whose row and column it names: a word of what stands above the table."""
    return any(
        cell.row is not None and bool((one.all & cell.above) - cell.row.needs)
        for one, cell in ((saying, opposite), (opposite, saying))
    )


def _covered(saying: Saying, opposite: Saying, rarity: Rarity) -> float:
    whole = sum(rarity(stem) for stem in saying.above)
    there = opposite.own | opposite.above
    return sum(rarity(stem) for stem in saying.above & there) / whole if whole else 0.0


def _in_denials(one: Passage, other: Passage, rarity: Rarity) -> Iterator[Contradiction]:
    for saying, opposite in product(one.sayings, other.sayings):
        if saying.denies == opposite.denies or saying.conditional or opposite.conditional:
            continue
        if not _comparable(saying, opposite, shared=SHARED_OF_DENIALS):
            continue
        likeness = share(saying.own, opposite.own, rarity)
        if one.document == other.document or not _same_title(saying, opposite, rarity):
            continue
        if likeness >= SAME_WORDS and not _says_both(saying, other, rarity, likeness):
            yield Contradiction("denial", saying, opposite, "", "", likeness)


def _says_both(saying: Saying, passage: Passage, rarity: Rarity, likeness: float) -> bool:
    """Whether the other passage has a sentence as near to it of the same sense."""
    return any(
        each.denies == saying.denies and share(saying.own, each.own, rarity) >= likeness
        for each in passage.sayings
    )


def _comparable(saying: Saying, opposite: Saying, *, shared: int = SHARED) -> bool:
    return (
        len(saying.own & opposite.all | opposite.own & saying.all) >= shared
        and _same_names(saying, opposite)
        and speaks_of(saying, opposite)
        and speaks_of(opposite, saying)
        and {saying.bound, opposite.bound} != {"least", "most"}
        and _same_condition(saying, opposite)
    )


def _same_condition(saying: Saying, opposite: Saying) -> bool:
    either = any(one.row is not None and one.row.only_head_depends for one in (saying, opposite))
    return either or saying.conditional == opposite.conditional


def _same_names(saying: Saying, opposite: Saying) -> bool:
    """A row's own are not known for sure: there the other's have to stand among its words."""
    if saying.row is None and opposite.row is None:
        return saying.marks == opposite.marks
    return all(
        one.marks <= (other.row.words if other.row else other.marks)
        for one, other in ((saying, opposite), (opposite, saying))
    )


def speaks_of(saying: Saying, cell: Saying) -> bool:
    """Whether it names a table's row and column, and no other of them. Of a sentence anything may speak."""
    if cell.row is None:
        return True
    return cell.row.needs <= saying.all and not cell.row.besides & saying.own


def _says_no_more(saying: Saying, cell: Saying, rarity: Rarity) -> bool:
    """A cell says little, so a sentence beside it that says more speaks of something else: "insurance of a
    small parcel" is no "small parcel"."""
    if cell.row is None or saying.row is not None:
        return True
    return _weight(saying.own & cell.all, rarity) >= NO_MORE * _weight(saying.own, rarity)


def _weight(stems: frozenset[str], rarity: Rarity) -> float:
    return sum(rarity(stem) for stem in stems)


def same_subject(saying: Saying, opposite: Saying, rarity: Rarity) -> float:
    """0 to 1: how much of what both are about they share."""
    stems = saying.own | saying.above | opposite.own | opposite.above
    both = sum(rarity(stem) * min(saying.weight(stem), opposite.weight(stem)) for stem in stems)
    either = sum(rarity(stem) * max(saying.weight(stem), opposite.weight(stem)) for stem in stems)
    return both / either if either else 0.0


def share(one: frozenset[str], other: frozenset[str], rarity: Rarity) -> float:
    either = sum(rarity(stem) for stem in one | other)
    return sum(rarity(stem) for stem in one & other) / either if either else 0.0
