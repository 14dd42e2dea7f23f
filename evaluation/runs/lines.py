"""The scenarios of a run as its page lists them: what came of each on each side, what a judge dislikes, and
which of them are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from evaluation.models import Case, Run
from evaluation.scenario_words import SITUATIONS

ALL, MISSED, DIFFERENT = "all", "missed", "different"
DISLIKED: dict[str, Promise] = {
    "grounded": gettext_lazy("Not grounded"),
    "helpful": gettext_lazy("Not helpful"),
    "coherent": gettext_lazy("Incoherent"),
    "tone": gettext_lazy("Wrong tone"),
}
ANY = "any"


@dataclass(frozen=True)
class Cell:
    """What came of a scenario on one side: how often it passed, of how many times; `left`: not run yet."""

    passed: int
    of: int
    failed: int
    left: int

    @property
    def tone(self) -> str:
        if self.left or not self.of:
            return "open" if self.left or not self.failed else "failed"
        return "met" if self.passed == self.of else "missed"

    @property
    def words(self) -> str:
        if self.left:
            return _("not run yet")
        if self.failed:
            return _("could not be run")
        if not self.of:
            return _("not played then")
        if self.of > 1 and 0 < self.passed < self.of:
            return _("%(passed)d of %(of)d times") % {"passed": self.passed, "of": self.of}
        return _("as expected") if self.passed == self.of else _("not as expected")


@dataclass(frozen=True)
class Line:
    place: int
    name: str
    suite: str
    language: str
    situation: str
    cells: tuple[Cell, ...]
    disliked: frozenset[str] = frozenset()  # by a judge, in any answer on any side: keys of DISLIKED

    @property
    def dislikes(self) -> str:
        return ", ".join(str(words) for key, words in DISLIKED.items() if key in self.disliked)

    @property
    def is_missed(self) -> bool:
        return any(cell.tone in ("missed", "failed") for cell in self.cells)

    @property
    def is_different(self) -> bool:
        known = [cell for cell in self.cells if cell.of]
        return len({cell.passed / cell.of for cell in known}) > 1


def lines_of(run: Run) -> list[Line]:
    """In the order in which they are run."""
    facts = ("place", "side", "name", "suite", "language", "situation", "state", "passed")
    by_place: dict[int, list[Mapping[str, Any]]] = {}
    cases = Case.objects.filter(run=run).order_by("place").annotate(**(_dislikes() if run.judge else {}))
    for case in cases.values(*facts, *(DISLIKED if run.judge else ())):
        by_place.setdefault(case["place"], []).append(case)
    return [_line(cases, len(run.sides)) for cases in by_place.values()]


def _dislikes() -> dict[str, ExpressionWrapper]:
    """The database looks into what a judge said: of a large run that is megabytes."""
    return {
        key: ExpressionWrapper(Q(judged__contains=[{key: {"met": False}}]), output_field=BooleanField())
        for key in DISLIKED
    }


def _line(cases: Sequence[Mapping[str, Any]], sides: int) -> Line:
    first = cases[0]
    return Line(
        place=first["place"],
        name=first["name"],
        suite=first["suite"],
        language=first["language"],
        situation=str(SITUATIONS.get(first["situation"], "–")),
        cells=tuple(_cell([one for one in cases if one["side"] == side]) for side in range(sides)),
        disliked=frozenset(key for key in DISLIKED if any(one.get(key) for one in cases)),
    )


def _cell(cases: Sequence[Mapping[str, Any]]) -> Cell:
    return Cell(
        passed=sum(one["passed"] is True for one in cases),
        of=sum(one["passed"] is not None for one in cases),
        failed=sum(one["state"] == Case.State.FAILED for one in cases),
        left=sum(one["state"] in (Case.State.WAITING, Case.State.RUNNING) for one in cases),
    )


@dataclass(frozen=True)
class Chip:
    """A filter as a link: its words, how many scenarios it would leave, of how many without the other filter,
    the query of its address."""

    words: str
    count: int
    of: int
    query: str
    chosen: bool


@dataclass(frozen=True)
class Wanted:
    """Which scenarios are looked at: both have to hold. `judge` is a key of DISLIKED, ANY of them, or ""."""

    which: str = ALL
    judge: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Wanted:
        which, judge = asked.get("which", ALL), asked.get("judge", "")
        return cls(
            which if which in (ALL, MISSED, DIFFERENT) else ALL, judge if judge in (ANY, *DISLIKED) else ""
        )

    @property
    def is_all(self) -> bool:
        return self == Wanted()

    @property
    def query(self) -> str:
        return urlencode({"which": self.which, **({"judge": self.judge} if self.judge else {})})

    def has(self, line: Line) -> bool:
        if self.judge and not (line.disliked if self.judge == ANY else self.judge in line.disliked):
            return False
        return self.which == ALL or (line.is_missed if self.which == MISSED else line.is_different)

    def chips(self, lines: Sequence[Line]) -> list[Chip]:
        """Beside what a judge dislikes, if that is chosen."""
        words = {ALL: pgettext("scenarios", "All"), MISSED: _("Not as expected")}
        if lines and len(lines[0].cells) > 1:
            words[DIFFERENT] = _("Different on the sides")
        return [self._chip(told, Wanted(key, self.judge), Wanted(key), lines) for key, told in words.items()]

    def of_judge(self, lines: Sequence[Line]) -> list[Chip]:
        """Without those of which there is none in the whole run; empty where a judge dislikes nothing."""
        there = {key for line in lines for key in line.disliked}
        if not there:
            return []
        words = {"": _("Whatever the judge says"), ANY: _("An answer that the judge dislikes")}
        words |= {key: str(told) for key, told in DISLIKED.items() if key in there}
        return [
            self._chip(told, Wanted(self.which, key), Wanted(judge=key), lines) for key, told in words.items()
        ]

    def _chip(self, words: str, other: Wanted, alone: Wanted, lines: Sequence[Line]) -> Chip:
        count, of = (sum(one.has(line) for line in lines) for one in (other, alone))
        return Chip(words, count, of, other.query, other == self)


def beside(run: Run, wanted: Wanted, place: int) -> tuple[int | None, int | None]:
    """The places of those before and behind that are wanted, too. Only a filter needs what came of them."""
    if wanted.is_all:
        known = Case.objects.filter(run=run).order_by("place").values_list("place", flat=True).distinct()
        places = list(known)
    else:
        places = [line.place for line in lines_of(run) if wanted.has(line)]
    before, behind = [one for one in places if one < place], [one for one in places if one > place]
    return before[-1] if before else None, behind[0] if behind else None
