"""What a passage says, sentence by sentence and row by row, as it is compared with other passages. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from knowledge.blocks import split_blocks
from knowledge.chunking import plain_text, sentence_spans
from knowledge.terms import content_words, fold, stem_words, tokenise
from knowledge.upkeep.tables import Row, Table
from knowledge.upkeep.values import Value, unit_in, values_in, without_values
from knowledge.upkeep.words import (
    AT_LEAST,
    AT_MOST,
    CONDITIONS,
    EXAMPLES,
    MONTHS,
    NEGATIONS,
    OF_VALUES,
    WEEKDAYS,
)

LONGEST = 400  # characters; what is longer is no sentence
SHORTEST = 8
ABOVE = 0.5  # what title and headings say counts half
_CONDITION = re.compile(CONDITIONS)
_AT_LEAST, _AT_MOST = re.compile(AT_LEAST), re.compile(AT_MOST)
_SAYS_NOTHING = re.compile(rf"\?$|\b(?:{EXAMPLES})\b")
_NO_SUBJECT = NEGATIONS | OF_VALUES
_NAME = re.compile(r"(?<=[\w,;:)] )[A-ZÀ-ÖØ-Þ][\w’'-]+")
_FIGURES = re.compile(r"[\d \u00a0\u202f.,'’–—-]*\d")
_BULLET = re.compile(r"^[ \t]*(?:[-*+•>]|\d{1,3}[.)])[ \t]+")


@dataclass(frozen=True)
class OfRow:
    """What is known of a table's cell alone.

    `needs` are the stems of its row's label and, where several columns give the like, of its column's head:
    who speaks of it names them. `besides` are those of the other rows and columns: who names them speaks of
    another cell. `words` are all that it says and that stand above it: labels begin with a capital letter, so
    names cannot be told from other words.
    """

    needs: frozenset[str]
    besides: frozenset[str]
    words: frozenset[str]


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


@dataclass(frozen=True)
class Passage:
    """A passage of an article; `document` is the article's key."""

    document: int
    title: str
    headings: tuple[str, ...]
    text: str
    language: str
    sayings: tuple[Saying, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, document: int, title: str, headings: Sequence[str], text: str, language: str) -> Passage:
        bare = cls(document, title, tuple(headings), text, language)
        return replace(bare, sayings=tuple(_sayings(bare)))

    @property
    def values(self) -> list[Value]:
        return [value for saying in self.sayings for value in saying.values]


def _sayings(passage: Passage) -> Iterator[Saying]:
    above = " ".join([passage.title, *passage.headings])
    for block in split_blocks(passage.text):
        text = passage.text[block.start : block.end]
        if block.kind == "table":
            yield from _rows(text.splitlines(), above, passage.language)
        elif block.kind in {"paragraph", "list", "quote"}:
            yield from _sentences(text, above, passage.language)


def _rows(lines: list[str], above: str, language: str) -> Iterator[Saying]:
    """Column by column, so that prices of one are not taken for those of another."""
    table = Table.of(lines)
    kinds = [_kinds(table, column, language) for column in range(len(table.heads))]
    for row, label in table.labelled():
        for column in table.told_by(row):
            # Where no other column gives the like, its head need not be named.
            alike = any(kinds[column] & kinds[other] for other in range(1, len(kinds)) if other != column)
            yield _cell(table, row, label, column, above, language, led=table.heads[column] if alike else "")


def _kinds(table: Table, column: int, language: str) -> set[str]:
    head = table.heads[column]
    return {value.kind for row in table.rows for value in _values(head, row[column], language)}


def _cell(table: Table, row: Row, label: str, column: int, above: str, language: str, *, led: str) -> Saying:
    head, cell = table.heads[column], row[column]
    bare = saying_of(f"{label}: {cell}", f"{above} {head}", language, more=head)
    mine = _stems(f"{label} {led}", language)
    others = _stems(" ".join(table.besides(row, column)), language)
    return replace(
        bare,
        text=f"{label}, {head}: {cell}" if head else bare.text,
        own=_stems(without_values(f"{led} {label}: {cell}", language), language),
        values=_values(head, cell, language),
        marks=_marks(label, label) | _marks(led, led),
        row=OfRow(
            needs=mine,
            besides=others - mine - bare.above,
            words=frozenset(tokenise(f"{above} {head} {label} {cell}")),
        ),
    )


def _values(head: str, cell: str, language: str) -> tuple[Value, ...]:
    """Bare figures below "Price (€)" are euros."""
    unit = unit_in(head)
    if unit and _FIGURES.fullmatch(cell):
        return tuple(replace(value, text=cell) for value in values_in(f"{cell} {unit}", language))
    return tuple(values_in(cell, language))


def _sentences(text: str, above: str, language: str) -> Iterator[Saying]:
    lead = ""
    for line in text.splitlines():
        plain = plain_text(_BULLET.sub("", line))
        for start, end in sentence_spans(plain):
            sentence = plain[start:end].strip()
            if sentence.endswith(":"):
                lead = sentence
            elif SHORTEST <= len(sentence) <= LONGEST and not _SAYS_NOTHING.search(fold(sentence)):
                led = f"{lead} " if lead and _BULLET.match(line) else ""
                yield saying_of(sentence, above, language, more=led)


def saying_of(text: str, above: str, language: str, *, more: str = "") -> Saying:
    """`more` belongs to it although it stands elsewhere: the line that announces a list, a column head."""
    said = f"{more} {text}" if more else text
    bare = without_values(said, language)
    folded = fold(said)
    return Saying(
        text=text,
        own=_stems(bare, language),
        above=_stems(above, language),
        values=tuple(values_in(text, language)),
        marks=_marks(said, bare),
        denies=not NEGATIONS.isdisjoint(tokenise(said)),
        conditional=_CONDITION.search(folded) is not None,
        bound="least" if _AT_LEAST.search(folded) else "most" if _AT_MOST.search(folded) else "",
    )


def _stems(text: str, language: str) -> frozenset[str]:
    words = [word for word in content_words(text, language) if not (word in _NO_SUBJECT or word.isdecimal())]
    return frozenset(stem_words(words, language))


def _marks(said: str, bare: str) -> frozenset[str]:
    numbered = {word for word in tokenise(bare) if any(character.isdigit() for character in word)}
    return frozenset(numbered | {fold(name) for name in _NAME.findall(said)} - set(WEEKDAYS) - set(MONTHS))
