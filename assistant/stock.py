"""The phrases that customers use, by language: `stock/<subject>_<language>.txt`.

A language is added by adding its files. Sections stand in brackets; `<name>` in a pattern stands for a
line of the section `define`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from knowledge.terms import tokenise

STOCK = Path(__file__).parent / "stock"
_SECTION = re.compile(r"\[(\w+)\]$")
_NAME = re.compile(r"<(\w+)>")


def read_stock(subject: str) -> list[dict[str, list[str]]]:
    """For every language: section → lines, with definitions filled in."""
    return [_filled(_sections(path)) for path in sorted(STOCK.glob(f"{subject}_*.txt"))]


def _sections(path: Path) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = defaultdict(list)
    name = ""
    for line in path.read_text().splitlines():
        if found := _SECTION.match(line):
            name = found[1]
        elif line and not line.startswith("#"):
            sections[name].append(line)
    return dict(sections)


def _filled(sections: dict[str, list[str]]) -> dict[str, list[str]]:
    known: dict[str, str] = {}
    for line in sections.pop("define", []):
        name, _, pattern = line.partition(" = ")
        known[name] = _fill(pattern, known)
    return {name: [_fill(line, known) for line in lines] for name, lines in sections.items()}


def _fill(pattern: str, known: dict[str, str]) -> str:
    return _NAME.sub(lambda found: known[found[1]], pattern)


def any_of(patterns: list[str]) -> re.Pattern[str]:
    """One pattern for whole words that matches whatever one of these does."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")


def folded(text: str) -> str:
    """The form in which phrases are compared: lower case, no accents, no punctuation, one space."""
    return " ".join(tokenise(text))
