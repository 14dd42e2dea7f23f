"""Grouping points by average linkage, exactly, without holding all their distances. Pure.

The mean inner product of two groups is that of their means, so a group is one row. All pairs that are each
other's nearest join at once, which gives what joining the closest two each time does (Murtagh 1983); whose
nearest has not changed need not look again.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]
Places = NDArray[np.intp]

BLOCK = 1024  # rows at a time: 1,024 × 20,000 products are 80 MB


def average_linkage(points: Rows, alike: float) -> list[list[int]]:
    """Groups of row numbers: two join while their members' inner product is at least `alike` on average."""
    groups = _Groups(points, alike)
    while groups.look().any():
        groups.join()
    return sorted((sorted(members) for members in groups.members if members), key=lambda members: members[0])


class _Groups:
    """Rows that are still open may join others; `nearest` and `product` say which and how like."""

    def __init__(self, points: Rows, alike: float) -> None:
        self.alike = alike
        self.members = _equal_rows(points, alike)
        self.means = points[[members[0] for members in self.members]].astype(np.float32)
        self.sizes = np.array([len(members) for members in self.members], dtype=np.float32)
        count = len(self.members)
        self.open, self.stale = np.ones(count, dtype=bool), np.ones(count, dtype=bool)
        self.nearest, self.product = np.zeros(count, dtype=np.intp), np.zeros(count, dtype=np.float32)

    def look(self) -> NDArray[np.bool_]:
        """Find the nearest of those that must look again; close those that have none. Gives who is open."""
        others = np.flatnonzero(self.open)
        rows = np.flatnonzero(self.stale & self.open)
        for start in range(0, len(rows), BLOCK):
            self._look(rows[start : start + BLOCK], others)
        # No later merge can bring anything nearer to a row than what is near it now.
        self.open &= self.product >= self.alike
        self.stale = self.open & ~self.open[self.nearest]
        return self.open

    def _look(self, rows: Places, others: Places) -> None:
        products = self.means[rows] @ self.means[others].T
        products[np.arange(len(rows)), np.searchsorted(others, rows)] = -np.inf
        best = products.argmax(axis=1)
        self.nearest[rows] = others[best]
        self.product[rows] = products[np.arange(len(rows)), best]

    def join(self) -> None:
        rows = np.flatnonzero(self.open & ~self.stale)
        mutual = rows[(self.nearest[self.nearest[rows]] == rows) & (rows < self.nearest[rows])]
        if not len(mutual) and len(rows):  # rounding has made no two each other's nearest
            mutual = rows[[int(np.argmax(self.product[rows]))]]
        for row in mutual:
            self._merge(int(row), int(self.nearest[row]))
        gone = np.zeros(len(self.open), dtype=bool)
        gone[mutual] = gone[self.nearest[mutual]] = True
        self.stale |= gone | gone[self.nearest]

    def _merge(self, into: int, other: int) -> None:
        size, added = self.sizes[into], self.sizes[other]
        self.means[into] = (self.means[into] * size + self.means[other] * added) / (size + added)
        self.sizes[into] += added
        self.members[into] += self.members[other]
        self.members[other], self.open[other] = [], False


def _equal_rows(points: Rows, alike: float) -> list[list[int]]:
    """Equal rows are groups from the start; rows that are not even like themselves stay apart."""
    groups: dict[bytes | int, list[int]] = {}
    for at, row in enumerate(points):
        groups.setdefault(row.tobytes() if float(row @ row) >= alike else at, []).append(at)
    return list(groups.values())
