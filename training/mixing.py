"""The confusion matrix: of each flow's examples how many begin which flow, or none. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.routing.measuring import Mistake
from assistant.routing.samples import NO_FLOWS

NONE = ""  # no flow


@dataclass(frozen=True, slots=True)
class Mixed:
    """So many examples of `label` begin `began`; both a flow's key or `NONE`."""

    label: str
    began: str
    times: int


@dataclass(frozen=True)
class Matrix:
    """`order`: the flows, those that are mixed up beside each other, and `NONE` last."""

    order: tuple[str, ...]
    cells: Mapping[tuple[str, str], int]

    @property
    def mixed(self) -> list[Mixed]:
        """What is wrong, the most first."""
        wrong = [Mixed(label, began, times) for (label, began), times in self.cells.items() if label != began]
        return sorted(wrong, key=lambda one: (-one.times, one.label, one.began))

    def whole(self, label: str) -> int:
        return sum(self.cells.get((label, began), 0) for began in self.order)


def counted(mistakes: Sequence[Mistake]) -> list[tuple[str, str, int]]:
    """Whose examples, what they begin, and how many: all of them, however many texts are kept."""
    found = Counter((plain(one.label), one.began) for one in mistakes)
    return [(label, began, times) for (label, began), times in sorted(found.items())]


def matrix(figures: Mapping[str, Any], mixed: Iterable[Sequence[Any]]) -> Matrix:
    """Of figures and counted mistakes as a training keeps them. What is right is the rest."""
    each = figures.get("each", {})
    cells = Counter({(label, began): times for label, began, times in mixed})
    for flow, one in each.items():
        cells[flow, flow] = one["right"]
        cells[flow, NONE] = one["missed"]
    others = figures.get("samples", 0) - sum(one["examples"] for one in each.values())
    begun = sum(times for (label, began), times in cells.items() if label == NONE and began != NONE)
    cells[NONE, NONE] = max(0, others - begun)
    found = {place: times for place, times in cells.items() if times}
    return Matrix((*_beside_each_other(sorted(each), found), NONE), found)


def plain(label: str) -> str:
    return NONE if label in NO_FLOWS else label


def _beside_each_other(flows: list[str], cells: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """One after the other: the flow that is mixed up most with the one before it, else the next."""
    rest = list(flows)
    last = max(rest, key=lambda flow: _wrong(flow, cells), default=None)
    while last is not None:
        yield last
        rest.remove(last)
        here = last
        last = max(rest, key=lambda flow: _between(flow, here, cells), default=None)


def _wrong(flow: str, cells: Mapping[tuple[str, str], int]) -> int:
    return sum(times for (label, began), times in cells.items() if label == flow != began)


def _between(one: str, other: str, cells: Mapping[tuple[str, str], int]) -> int:
    return cells.get((one, other), 0) + cells.get((other, one), 0)
