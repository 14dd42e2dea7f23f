"""The phrases that customers use, by language: `stock/<subject>_<language>.txt`.

A language is added by adding its files. Sections stand in brackets; `<name>` in a pattern stands for a
line of the section `define`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from flows.word_lists import read_sections
from knowledge.terms import tokenise

STOCK = Path(__file__).parent / "stock"


def read_stock(subject: str) -> list[dict[str, list[str]]]:
    """For every language: section → lines, with definitions filled in."""
    return [read_sections(path) for path in sorted(STOCK.glob(f"{subject}_*.txt"))]


def any_of(patterns: list[str]) -> re.Pattern[str]:
    """One pattern for whole words that matches whatever one of these does."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")


def folded(text: str) -> str:
    """The form in which phrases are compared: lower case, no accents, no punctuation, one space."""
    return " ".join(tokenise(text))


@cache
def everyday(language: str) -> list[str]:
    """What people say of themselves to any company, and nothing urgent."""
    return (STOCK / f"everyday_{language}.txt").read_text("utf-8").splitlines()
