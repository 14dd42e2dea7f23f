"""Rows of cells as a Markdown table. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

SPACE = re.compile(r"\s*(?:\n|<br\s*/?>)\s*|[ \t]+")


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    width = max([len(header), *map(len, rows)], default=0)
    lines = [_line(header, width), "|" + " --- |" * width, *(_line(row, width) for row in rows)]
    return "\n".join(lines)


def _line(row: Sequence[str], width: int) -> str:
    cells = [_cell(cell) for cell in row] + [""] * (width - len(row))
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """A cell is one line; a bar in it would open another cell."""
    return SPACE.sub(" ", text.strip()).replace("\\|", "|").replace("|", "\\|")
