"""Which parts of a Markdown body are not prose, and changing only what is. Pure.

Code, tables and addresses of links keep every character: what looks untidy there means something.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable

Span = tuple[int, int]
Replace = Callable[[re.Match[str]], str]

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
INDENTED = re.compile(r"(?: {4}|\t)[ \t]*\S")
ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]")
INLINE_CODE = re.compile(r"`[^`\n]+`")
ADDRESS = re.compile(
    r"\]\([^()\[\]\s<>]*(?:\([^()\s]*\)[^()\[\]\s<>]*)?(?:\s\"[^\"\n]*\")?\)"  # ](target "title")
    r"|(?:https?://|www\.)[^\s<>()\[\]\"`|]+",
    re.IGNORECASE,
)


def code_spans(body: str) -> list[Span]:
    """Fenced, indented and inline code."""
    blocks = [*_code_lines(body)]
    return _merge([*blocks, *(match.span() for match in INLINE_CODE.finditer(body))])


def address_spans(body: str) -> list[Span]:
    """Targets of links, with `](` and `)`, and bare addresses."""
    return [match.span() for match in ADDRESS.finditer(body)]


def kept_spans(body: str) -> list[Span]:
    """Everything that is not prose."""
    tables = [span for span in _line_spans(body) if "|" in body[span[0] : span[1]]]
    return _merge([*code_spans(body), *address_spans(body), *tables])


def substitute(pattern: re.Pattern[str], replace: Replace, text: str, kept: list[Span]) -> tuple[str, int]:
    """`text` with the matches outside of `kept` replaced, and how many became something else."""
    starts = [start for start, _ in kept]
    changed = 0

    def one(match: re.Match[str]) -> str:
        nonlocal changed
        if overlaps(match.start(), match.end(), kept, starts):
            return match.group()
        new = replace(match)
        changed += new != match.group()
        return new

    return pattern.sub(one, text), changed


def overlaps(start: int, end: int, spans: list[Span], starts: list[int]) -> bool:
    """Whether any of the sorted `spans`, which begin at `starts`, shares a character with `start:end`."""
    at = bisect_right(starts, max(start, end - 1)) - 1
    return at >= 0 and spans[at][1] > start


def cut(text: str, spans: Iterable[Span]) -> str:
    """`text` without these spans."""
    kept, at = [], 0
    for start, end in _merge(list(spans)):
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]])


def _code_lines(body: str) -> list[Span]:
    """Lines of fenced code, and lines indented like code where no list is open."""
    spans: list[Span] = []
    fence, in_list, blank = "", False, True
    for start, end in _line_spans(body):
        line = body[start:end]
        if fence:
            spans.append((start, end))
            fence = "" if line.strip().startswith(fence) and not line.strip(fence[0] + " \t\n") else fence
        elif match := FENCE.match(line):
            spans.append((start, end))
            fence = match[1]
        elif blank and not in_list and INDENTED.match(line):
            spans.append((start, end))
            continue  # the next indented line belongs to it
        elif line.strip():
            in_list = bool(ITEM.match(line)) or (in_list and line.startswith((" ", "\t")))
        blank = not line.strip()
    return spans


def _line_spans(body: str) -> list[Span]:
    spans, at = [], 0
    for line in body.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _merge(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
