"""The words that values are said in: `flows/stock/slots/<subject>/<language>.yaml` or `.txt`.

A language is added by adding its files. In a `.txt` sections stand in brackets, and `<name>` in a pattern
stands for a line of the section `define`; patterns are read against folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import regex
import yaml

from flows.word_lists import read_sections

STOCK = Path(__file__).parent.parent / "stock" / "slots"
FIRST = "en"  # whose words are tried for a language that has none


@cache
def known_languages() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (STOCK / "numbers").glob("*.yaml")))


@cache
def spoken(language: str) -> tuple[str, ...]:
    """The languages whose words are tried, in order: the customer's own first."""
    own = language.partition("-")[0].lower()
    first = [own] if own in known_languages() else [FIRST]
    return (*first, *(one for one in known_languages() if one not in first))


@cache
def table(subject: str, language: str) -> Mapping[str, Any]:
    path = STOCK / subject / f"{language}.yaml"
    kept: Mapping[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return kept


@cache
def shared_table(name: str) -> Mapping[str, Any]:
    """What is the same in all languages."""
    kept: Mapping[str, Any] = yaml.safe_load((STOCK / f"{name}.yaml").read_text("utf-8"))
    return kept


@cache
def patterns(subject: str, section: str) -> re.Pattern[str]:
    """Whole words that match whatever a line of that section does, in any language."""
    return any_of(sections_of(subject, section))


def sections_of(subject: str, section: str) -> list[str]:
    """The lines of a section in all languages."""
    return [line for one in known_languages() for line in _sections(subject, one).get(section, [])]


def any_of(lines: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(lines, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first) or '(?!)'})(?!\w)")


@cache
def longest(subject: str, section: str) -> regex.Pattern[str]:
    """The same, taking the longest of what fits: "no problem", not "no"."""
    return regex.compile(patterns(subject, section).pattern, regex.POSIX)


@cache
def _sections(subject: str, language: str) -> Mapping[str, list[str]]:
    return read_sections(STOCK / subject / f"{language}.txt")
