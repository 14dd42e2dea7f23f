"""Cut a Markdown or plain-text body into its blocks, without rendering it.

A block is a run of lines that belongs together: a heading, a paragraph, a list, a table, a quote (how
admonitions are often written), a fenced or indented admonition, a code fence. Offsets are into the body,
so that whatever is built from blocks can be found again in the document.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "list", "table", "quote", "code"]

HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*)|#*[ \t]*)$")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,}|:{3,})")
ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+\S")
TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+\w")


@dataclass(frozen=True)
class Line:
    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def indented(self) -> bool:
        return self.text.startswith(("  ", "\t"))


@dataclass(frozen=True)
class Block:
    """One block: `body[start:end]`; a heading also has its level (1 to 6) and its text."""

    kind: Kind
    start: int
    end: int
    level: int = 0
    text: str = ""


def split_lines(body: str, offset: int = 0) -> list[Line]:
    lines = []
    for raw in body.splitlines(keepends=True):
        text = raw.rstrip("\r\n")
        lines.append(Line(offset, offset + len(text), text))
        offset += len(raw)
    return lines


def split_blocks(body: str) -> list[Block]:
    """The blocks of a body in order. Blank lines between blocks belong to none."""
    lines = split_lines(body)
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        if lines[at].blank:
            at += 1
            continue
        block, at = _read_block(lines, at)
        blocks.append(block)
    return blocks


def _read_block(lines: list[Line], at: int) -> tuple[Block, int]:
    text = lines[at].text
    if match := HEADING.match(text):
        level, title = len(match[1]), (match[2] or "").rstrip().rstrip("#").strip()
        return Block("heading", lines[at].start, lines[at].end, level, title), at + 1
    if match := FENCE.match(text):
        return _span("code" if match[1][0] != ":" else "quote", lines, at, _fence_end(lines, at, match[1]))
    if ADMONITION.match(text):
        return _span("quote", lines, at, _indented_end(lines, at + 1))
    if text.lstrip().startswith(">"):
        return _span("quote", lines, at, _while(lines, at, lambda line: line.text.lstrip().startswith(">")))
    if _starts_table(lines, at):
        return _span("table", lines, at, _while(lines, at, lambda line: "|" in line.text))
    if ITEM.match(text):
        return _span("list", lines, at, _list_end(lines, at))
    return _read_paragraph(lines, at)


def _span(kind: Kind, lines: list[Line], at: int, end: int) -> tuple[Block, int]:
    last = end - 1
    while last > at and lines[last].blank:
        last -= 1
    return Block(kind, lines[at].start, lines[last].end), end


def _while(lines: list[Line], at: int, holds: Callable[[Line], bool]) -> int:
    end = at
    while end < len(lines) and not lines[end].blank and holds(lines[end]):
        end += 1
    return end


def _fence_end(lines: list[Line], at: int, mark: str) -> int:
    for end in range(at + 1, len(lines)):
        if lines[end].text.strip().startswith(mark) and not lines[end].text.strip(mark[0] + " \t"):
            return end + 1
    return len(lines)


def _indented_end(lines: list[Line], at: int) -> int:
    while at < len(lines) and (lines[at].blank or lines[at].indented):
        at += 1
    return at


def _starts_table(lines: list[Line], at: int) -> bool:
    if "|" not in lines[at].text or at + 1 >= len(lines):
        return False
    return "-" in lines[at + 1].text and TABLE_RULE.match(lines[at + 1].text) is not None


def _list_end(lines: list[Line], at: int) -> int:
    """A list goes on over a blank line when what follows is indented or another item."""
    end = at + 1
    while end < len(lines):
        line = lines[end]
        if line.blank:
            after = _next_text(lines, end)
            if after is None or not (lines[after].indented or ITEM.match(lines[after].text)):
                return end
            end = after
            continue
        if HEADING.match(line.text) or FENCE.match(line.text):
            return end
        end += 1
    return end


def _next_text(lines: list[Line], at: int) -> int | None:
    return next((other for other in range(at, len(lines)) if not lines[other].blank), None)


def _read_paragraph(lines: list[Line], at: int) -> tuple[Block, int]:
    end = at + 1
    while end < len(lines) and not lines[end].blank and not _interrupts(lines, end):
        if end == at + 1 and (match := UNDERLINE.match(lines[end].text)):
            level = 1 if match[1][0] == "=" else 2
            title = lines[at].text.strip()
            return Block("heading", lines[at].start, lines[end].end, level, title), end + 1
        end += 1
    return _span("paragraph", lines, at, end)


def _interrupts(lines: list[Line], at: int) -> bool:
    text = lines[at].text
    if HEADING.match(text) or FENCE.match(text) or ITEM.match(text) or text.lstrip().startswith(">"):
        return True
    return _starts_table(lines, at)
