"""What a line begins with: the bullet or the number of an item, the number of a heading. Pure."""

from __future__ import annotations

import re

from knowledge.loaders.pdf.lines import Line

BULLET = re.compile(r"[•◦▪▫‣⁃●○■□◆◇➢➤►▶✓✔→·\uf0b7\uf0a7\uf0d8\uf076\x95]|[-–—*o]")
NUMBER = re.compile(r"\(?(\d{1,2}|[a-z])[.)]")
HEADING_NUMBER = re.compile(
    r"(?:(?:chapter|chapitre|section|article|annexe|appendix)\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s", re.I
)
CONTENTS = re.compile(r".*?(?:\.\s?){4,}\s*\d{1,4}\s*")
RULE = re.compile(r"[-=_*.~·–—\s]{4,}")


def item_mark(line: Line) -> str:
    """How Markdown marks this item ("-" or "3."); nothing when the line is none."""
    if len(line.words) < 2:
        return ""
    first = line.words[0].text
    if BULLET.fullmatch(first):
        return "-"
    number = NUMBER.fullmatch(first)
    if number is None:
        return ""
    return f"{number[1]}." if number[1].isdecimal() else "-"


def number_depth(text: str) -> int:
    """ "2.1 Title" is at depth 2; without a number it is 0."""
    found = HEADING_NUMBER.match(text)
    return found[1].count(".") + 1 if found else 0
