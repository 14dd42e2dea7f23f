"""One thing that is said: what it is about, the figures that it gives, and under which condition. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from knowledge.terms import content_words, fold, stem_words, tokenise
from knowledge.upkeep.values import Value, values_in, without_values
from knowledge.upkeep.words import AT_LEAST, AT_MOST, CONDITIONS, MONTHS, NEGATIONS, OF_VALUES, WEEKDAYS

ABOVE = 0.5  # what title and headings say counts half
_CONDITION = re.compile(CONDITIONS)
_AT_LEAST, _AT_MOST = re.compile(AT_LEAST), re.compile(AT_MOST)
_NO_SUBJECT = NEGATIONS | OF_VALUES
_NAME = re.compile(r"(?<=[\w,;:)] )[A-ZÀ-ÖØ-Þ][\w’'-]+")


@dataclass(frozen=True)
class OfRow:
    """What is known of a table's cell alone.

    `needs` are the stems of its row's label and, where several columns give the like, of its column's head:
    who speaks of it names them. `besides` are those of the other rows and columns: who names them speaks of
    another cell. `words` are all that it says and that stand above it: labels begin with a capital letter, so
    names cannot be told from other words. `around` are the values of label and head: under which it holds. A
    head that sounds like a condition ("after our e-mail", `only_head_depends`) may name what happens, and a
    sentence need not repeat it.
    """

    needs: frozenset[str]
    besides: frozenset[str]
    words: frozenset[str]
    around: tuple[Value, ...]
    only_head_depends: bool


@dataclass(frozen=True)
class Saying:
    """One sentence, list item or table row. `own` are its stems without values; `above` those of its title,
    headings and column heads; `marks` what tells it apart for sure: names, model numbers, years."""

    text: str
    own: frozenset[str]
    above: frozenset[str]
    values: tuple[Value, ...]
    marks: frozenset[str]
    denies: bool
    conditional: bool
    bound: str
    row: OfRow | None = None

    @cached_property
    def all(self) -> frozenset[str]:
        return self.own | self.above

    def weight(self, stem: str) -> float:
        return 1.0 if stem in self.own else ABOVE if stem in self.above else 0.0


def saying_of(text: str, above: str, language: str, *, more: str = "") -> Saying:
    """`more` belongs to it although it stands elsewhere: the line that announces a list, a column head."""
    said = f"{more} {text}" if more else text
    bare = without_values(said, language)
    folded = fold(said)
    return Saying(
        text=text,
        own=stems_of(bare, language),
        above=stems_of(above, language),
        values=tuple(values_in(text, language)),
        marks=marks_of(said, bare),
        denies=not NEGATIONS.isdisjoint(tokenise(said)),
        conditional=_CONDITION.search(folded) is not None,
        bound="least" if _AT_LEAST.search(folded) else "most" if _AT_MOST.search(folded) else "",
    )


def stems_of(text: str, language: str) -> frozenset[str]:
    words = [word for word in content_words(text, language) if not (word in _NO_SUBJECT or word.isdecimal())]
    return frozenset(stem_words(words, language))


def marks_of(said: str, bare: str) -> frozenset[str]:
    numbered = {word for word in tokenise(bare) if any(character.isdigit() for character in word)}
    return frozenset(numbered | {fold(name) for name in _NAME.findall(said)} - set(WEEKDAYS) - set(MONTHS))
