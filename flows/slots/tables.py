"""The words that values are said in: `flows/stock/slots/<subject>/<language>.yaml` or `.txt`.

A language is added by adding its files. In a `.txt` sections stand in brackets, and `<name>` in a pattern
stands for a line of the section `define`; patterns are read against folded text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import regex
import yaml

STOCK = Path(__file__).parent.parent / "stock" / "slots"
FIRST = "en"  # whose words are tried for a language that has none
_SECTION = re.compile(r"\[(\w+)\]$")
_NAME = re.compile(r"(?<!\?P)<(\w+)>")


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
    lines = [line for one in known_languages() for line in _sections(subject, one).get(section, [])]
    return any_of(lines)


def any_of(lines: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(lines, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first) or '(?!)'})(?!\w)")


@cache
def longest(subject: str, section: str) -> regex.Pattern[str]:
    """The same, taking the longest of what fits: "no problem", not "no"."""
    return regex.compile(patterns(subject, section).pattern, regex.POSIX)


@cache
def _sections(subject: str, language: str) -> Mapping[str, list[str]]:
    sections: dict[str, list[str]] = defaultdict(list)
    name = ""
    for line in (STOCK / subject / f"{language}.txt").read_text("utf-8").splitlines():
        if found := _SECTION.match(line):
            name = found[1]
        elif line and not line.startswith("#"):
            sections[name].append(line)
    return _filled(sections)


def _filled(sections: dict[str, list[str]]) -> dict[str, list[str]]:
    known: dict[str, str] = {}
    for line in sections.pop("define", []):
        name, _, pattern = line.partition(" = ")
        known[name] = _fill(pattern, known)
    return {name: [_fill(line, known) for line in lines] for name, lines in sections.items()}


def _fill(pattern: str, known: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: known[found[1]], pattern)
