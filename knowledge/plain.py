"""Plain text as Markdown that reads the same. Pure.

Lines stay lines, a sign that Markdown would take for its own is escaped where it would, and a line that is
plainly a heading becomes one: so the page, its contents, its anchors and the passages that are cited know it.
"""

from __future__ import annotations

import re

from knowledge.cleaning.visible import clean_markdown
from knowledge.heading_lines import find_headings

# What means something at the start of a line only: headings, quotes, rules, tables, fences, admonitions.
LINE_SIGNS = re.compile(
    r"(?=#{1,6}(?:\s|$)|>|`{3}|~{3}|:{3}|!!!|\?\?\?|={1,}$|\[[^\]]*(?:\]:|$)|([-*_])(?:\s*\1)+$|[|:\s]*-[-|:\s]*$|[*+]$)"
)
SIGNS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"  # a backslash that would escape
    r"|`"
    r"|\*(?=\S)|(?<=\S)\*"  # "2 * 3" is no emphasis
    r"|(?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_])"  # inside a word it is none either
    r"|~(?=~)"
    r"|\[(?=[^\[\]\n]*\]\()"
    r"|<(?=[a-zA-Z])"
    r"|&(?=#?\w+;)"
    r"|(?<=\s)#+$"
)
ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+")


def text_to_markdown(text: str) -> str:
    lines = [line.strip() for line in clean_markdown(text).split("\n")]
    headings = find_headings(lines)
    written = [f"## {_escape(line)}" if at in headings else _line(line) for at, line in enumerate(lines)]
    ends = [_end(lines, at, headings) for at in range(len(lines))]
    return clean_markdown("\n".join(line + end for line, end in zip(written, ends, strict=True)))


def _end(lines: list[str], at: int, headings: set[int]) -> str:
    """A heading stands alone; between two lines of text the break is kept."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if not lines[at] or not below:
        return ""
    return "\n" if at in headings or at + 1 in headings else "  "


def _line(line: str) -> str:
    item = ITEM.match(line)
    mark, words = (item.group(), line[item.end() :]) if item else ("", line)
    escaped = _escape(words)
    first = "\\" if LINE_SIGNS.match(words) and not escaped.startswith("\\") else ""
    return f"{mark}{first}{escaped}"


def _escape(words: str) -> str:
    return SIGNS.sub(r"\\\g<0>", words)
