"""What each chart shows, as a table: the page has both, and the drawing is made of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from insights import words
from insights.behind import Behind
from insights.cards import address, coverage, satisfaction
from insights.definitions import MEASURES, OTHERS
from insights.marks import Mark
from insights.reading import Figures, Used

Value = float | None


@dataclass(frozen=True, slots=True)
class Cell:
    value: str  # for the drawing; "" where there is none
    words: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    day: date
    short: str
    long: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Chart:
    key: str
    title: str
    names: list[str]
    rows: list[Row]
    unit: str = ""  # "", "%" or "s"
    marks: list[tuple[date, Mark]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Nothing but zeros and gaps."""
        return not any(cell.value not in ("", "0") for row in self.rows for cell in row.cells)


def charts(found: Figures, marks: list[Mark]) -> list[Chart]:
    placed = [(mark.place(found.period), mark) for mark in marks]
    made = [_conversations(found), _shares(found), _speeds(found), _spent(found)]
    return [Chart(one.key, one.title, one.names, one.rows, one.unit, placed) for one in made if not one.empty]


def _rows(found: Figures, cells: Callable[[date], list[Cell]]) -> list[Row]:
    weekly = found.period.weekly
    return [
        Row(on, words.short_day(on), words.long_day(on, weekly=weekly), cells(on)) for on in found.all_days()
    ]


def _conversations(found: Figures) -> Chart:
    keys = ("all", "alone", "assisted")
    nothing = dict.fromkeys(keys, 0)
    last = timedelta(days=6 if found.period.weekly else 0)

    def cells(on: date) -> list[Cell]:
        counts = found.days.get(on, nothing)
        days = max(on, found.period.first), min(on + last, found.period.last)
        return [_counted(counts[key], Behind(key, found.period).on(*days)) for key in keys]

    names = [str(MEASURES[key].name) for key in keys]
    return Chart("conversations", _("Conversations"), names, _rows(found, cells))


def _counted(number: int, behind: Behind) -> Cell:
    return Cell(str(number), words.count(number), address(behind) if number else "")


def _shares(found: Figures) -> Chart:
    def cells(on: date) -> list[Cell]:
        counts = found.days.get(on)
        if counts is None:
            return [_cell(None, words.percent)] * 3
        alone = words.share(counts["alone"], counts["all"])
        return [_cell(value, words.percent) for value in (alone, coverage(counts), satisfaction(counts))]

    names = [str(MEASURES["alone"].name), str(OTHERS["coverage"][0]), str(OTHERS["satisfaction"][0])]
    return Chart("shares", _("How well it went"), names, _rows(found, cells), "%")


def _speeds(found: Figures) -> Chart:
    wanted = (("first", 0.5), ("full", 0.5), ("full", 0.95))

    def cells(on: date) -> list[Cell]:
        speed = found.speeds.get(on)
        return [_cell(speed.of(*one) if speed else None, words.seconds) for one in wanted]

    names = [_("First word, median"), _("Full answer, median"), _("Full answer, 95th percentile")]
    return Chart("speed", _("How quickly it answered"), names, _rows(found, cells), "s")


def _spent(found: Figures) -> Chart:
    priced = any(used.cost for used in found.used.values())

    def cells(on: date) -> list[Cell]:
        used = found.used.get(on, Used())
        if priced:
            return [Cell(f"{used.cost:.4f}" if used.cost else "0", words.money(used.cost))]
        return [Cell(str(used.tokens), words.count(used.tokens))]

    name = str(OTHERS["cost"][0]) if priced else str(OTHERS["tokens"][0])
    return Chart("spent", pgettext("of models", "What it cost"), [name], _rows(found, cells))


def _cell(value: Value, said: Callable[[Value], str]) -> Cell:
    return Cell("" if value is None else f"{value:.4g}", said(value))
