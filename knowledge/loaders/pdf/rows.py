"""Rows of a table in which not every row says what it is about. Pure."""

from __future__ import annotations

from knowledge.loaders.pdf.lines import Rows


def settled(rows: Rows) -> Rows:
    """Each row on its own tells what it is about.

    A row without a first cell goes on with the item above: it fills that one's empty cells, or, where both
    say something in the same column, it is a row of its own and repeats the item's name.
    """
    done: Rows = []
    for number, row in enumerate(rows):
        if number < 2 or row[0]:
            done.append(list(row))
        elif _fits(done[-1], row):
            done[-1] = [above or below for above, below in zip(done[-1], row, strict=True)]
        else:
            done.append([done[-1][0], *row[1:]])
    return done


def _fits(above: list[str], below: list[str]) -> bool:
    return not any(one and other for one, other in zip(above, below, strict=True))
