"""What the cells of a table say: of its row's label and its column's head, as a sentence would. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.terms import tokenise
from knowledge.upkeep.saying import OfRow, Saying, marks_of, saying_of, stems_of
from knowledge.upkeep.tables import Row, Table, first_part
from knowledge.upkeep.values import Value, unit_in, values_in, without_values

_FIGURES = re.compile(r"[\d \u00a0\u202f.,'’–—-]*\d")


@dataclass(frozen=True)
class Place:
    """Where a table stands: title and headings, and the line that announces it."""

    above: str
    lead: str
    language: str


def cells_of(lines: Sequence[str], place: Place) -> Iterator[Saying]:
    """Column by column, so that prices of one are not taken for those of another."""
    table = Table.of(lines)
    kinds = [_kinds(table, column, place) for column in range(len(table.heads))]
    firsts = Counter(first_part(row[0]) for row in table.rows)
    for row, label in table.labelled():
        # "Cord dimmer, for table lamps" is the cord dimmer, where no other row is.
        called = first_part(label) if firsts[first_part(row[0])] == 1 else label
        for column in table.told_by(row):
            # Where no other column gives the like, its head need not be named.
            alike = any(kinds[column] & kinds[other] for other in range(1, len(kinds)) if other != column)
            needs = f"{called} {table.heads[column]}" if alike else called
            yield _cell(table, row, label, column, place, needs=needs)


def _kinds(table: Table, column: int, place: Place) -> set[str]:
    return {value.kind for row in table.rows for value in _values(table, row, column, place)}


def _cell(table: Table, row: Row, label: str, column: int, place: Place, *, needs: str) -> Saying:
    head, cell, language = table.heads[column], row[column], place.language
    above = f"{place.above} {place.lead} {table.heads[0]} {head}"
    alone, bare = (saying_of(f"{label}: {cell}", above, language, more=more) for more in ("", head))
    mine = stems_of(needs, language)
    called = stems_of(without_values(label, language), language)
    others = stems_of(" ".join(table.besides(row, column)), language)
    return replace(
        bare,
        text=f"{label}, {head}: {cell}" if head else bare.text,
        own=stems_of(without_values(f"{needs}: {cell}", language), language),
        above=bare.above | called,
        values=_values(table, row, column, place),
        marks=marks_of(label, without_values(label, language))
        | marks_of(head, without_values(head, language)),
        row=OfRow(
            needs=mine,
            besides=others - mine - called - bare.above,
            words=frozenset(tokenise(f"{above} {label} {cell}")),
            around=tuple(values_in(f"{label} {head}", language)),
            only_head_depends=bare.conditional and not alone.conditional,
        ),
    )


def _values(table: Table, row: Row, column: int, place: Place) -> tuple[Value, ...]:
    """Bare figures below "Price (€)" are euros, and those beside "Places" are places."""
    cell = row[column]
    if not _FIGURES.fullmatch(cell):
        return tuple(values_in(cell, place.language))
    unit = unit_in(table.heads[column]) or unit_in(place.lead) or (row[0] if row[0].isalpha() else "")
    return tuple(replace(value, text=cell) for value in values_in(f"{cell} {unit}", place.language))
