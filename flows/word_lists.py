"""Files of words and patterns, one for each language: sections in brackets, a line for each.

`<name>` in a pattern stands for a line `name = …` of the section `define`. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

_SECTION = re.compile(r"\[(\w+)\]$")
_NAME = re.compile(r"(?<!\?P)<(\w+)>")


def read_sections(path: Path) -> dict[str, list[str]]:
    """Section → lines, with definitions filled in."""
    sections: dict[str, list[str]] = defaultdict(list)
    name = ""
    for line in path.read_text("utf-8").splitlines():
        if found := _SECTION.match(line):
            name = found[1]
        elif line and not line.startswith("#"):
            sections[name].append(line)
    return _filled(dict(sections))


def _filled(sections: dict[str, list[str]]) -> dict[str, list[str]]:
    known: dict[str, str] = {}
    for line in sections.pop("define", []):
        name, _, pattern = line.partition(" = ")
        known[name] = _fill(pattern, known)
    return {name: [_fill(line, known) for line in lines] for name, lines in sections.items()}


def _fill(pattern: str, known: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: known[found[1]], pattern)
