"""Lines as Markdown: headings, items, paragraphs and tables. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from knowledge.heading_lines import says_an_amount
from knowledge.loaders.escaping import escape
from knowledge.loaders.markdown_table import markdown_table
from knowledge.loaders.pdf.aligned import with_aligned_tables
from knowledge.loaders.pdf.columns import Zone
from knowledge.loaders.pdf.headings import APART, Look, heading_level, look_of
from knowledge.loaders.pdf.lines import Line, Rows
from knowledge.loaders.pdf.marks import CONTENTS, RULE, item_mark
from knowledge.loaders.pdf.rows import settled

FAR = 99.0
HYPHEN_AT_END = re.compile(r"[^\W\d_]-$")
ENDS = re.compile(r"[.!?:…][\"'»”)\]]*$")
RECENT = 60  # blocks among which the item before is looked for
FULL, MOSTLY = 0.9, 0.35  # a line that reaches the right side; how many lines of running text do
STEP = 6.0  # points that an inner item is farther in


@dataclass
class Block:
    """`kind` is heading, item, paragraph or table; `level` that of a heading, or how far in an item is."""

    kind: str
    text: str = ""
    level: int = 0
    mark: str = ""
    rows: Rows = field(default_factory=list)
    x0: float = 0.0
    size: float = 0.0


def written(pages: Sequence[Sequence[Zone]]) -> str:
    look = look_of(line for zones in pages for zone in zones for line in zone)
    blocks: list[Block] = []
    for zones in pages:
        for zone in zones:
            _join(blocks, _blocks(with_aligned_tables(zone), look))
    return "\n".join(_spaced(_with_amounts(blocks))).strip()


def _with_amounts(blocks: list[Block]) -> list[Block]:
    """A large or bold amount with nothing but another heading below is what the lines above come to."""
    for block, below in zip_longest(blocks, blocks[1:]):
        if block.kind == "heading" and says_an_amount(block.text) and (not below or below.kind == "heading"):
            block.kind, block.text = "paragraph", escape(block.text)
    return blocks


def _join(blocks: list[Block], more: list[Block]) -> None:
    """A table or sentence that goes on in the next column or on the next page is one."""
    if blocks and more:
        last, first = blocks[-1], more[0]
        if last.kind == first.kind == "table" and len(last.rows[0]) == len(first.rows[0]):
            last.rows += first.rows[1:] if first.rows[0] == last.rows[0] else first.rows
            more = more[1:]
        elif (
            last.kind in ("paragraph", "item")
            and first.kind == "paragraph"
            and _goes_on(last.text, first.text)
        ):
            last.text = _joined(last.text, first.text)
            more = more[1:]
    blocks += more


def _goes_on(text: str, more: str) -> bool:
    return not ENDS.search(text) and more[:1].islower()


def _blocks(lines: Sequence[Line], look: Look) -> list[Block]:
    right = _right_side(lines)
    blocks: list[Block] = []
    before: Line | None = None
    for at, line in enumerate(lines):
        if line.rows:
            blocks.append(Block("table", rows=line.rows))
        elif RULE.fullmatch(line.text) or CONTENTS.fullmatch(line.text):
            before = None
            continue
        else:
            below = _distance(line, lines[at + 1], look) if at + 1 < len(lines) else FAR
            above = _distance(before, line, look) if before is not None else FAR
            _take(blocks, line, before, look, (above, below, right))
        before = line
    return blocks


def _right_side(lines: Sequence[Line]) -> float:
    """Where lines end; endless where few lines fill the page, so that each break is meant (a receipt)."""
    ends = sorted(line.x1 for line in lines if line.words)
    if not ends:
        return 0.0
    left, right = min(line.x0 for line in lines), ends[int(0.95 * (len(ends) - 1))]
    full = sum(end - left > FULL * (right - left) for end in ends)
    return right if full >= MOSTLY * len(ends) else FAR * FAR


def _distance(above: Line, below: Line, look: Look) -> float:
    """In usual distances; what follows a table or a rule is far from it."""
    if not above.words or not below.words or RULE.fullmatch(below.text):
        return FAR
    size = max(above.size, below.size)
    return (below.y - above.y) / (look.leading * size) if below.y > above.y else FAR


def _take(
    blocks: list[Block], line: Line, before: Line | None, look: Look, near: tuple[float, float, float]
) -> None:
    above, below, right = near
    last = blocks[-1] if blocks else None
    opens = last is None or last.kind in ("heading", "table")
    level = heading_level(line, look, above=FAR if opens else above, below=below)
    mark = _counted(item_mark(line), blocks)
    if (
        last
        and last.kind == "heading"
        and above < APART + 0.1
        and level == last.level
        and line.size == last.size
    ):
        last.text = f"{last.text} {line.text}"
    elif level and mark != "-":
        blocks.append(Block("heading", line.text, level, size=line.size))
    elif mark:
        blocks.append(_item(line, mark, blocks))
    elif last and above < APART and before is not None and last.kind in ("paragraph", "item"):
        _continue(blocks, line, before, right)
    else:
        blocks.append(Block("paragraph", escape(line.text), x0=line.x0))


def _continue(blocks: list[Block], line: Line, before: Line, right: float) -> None:
    """The next line of a paragraph or item; a break that was not needed is one that was meant."""
    last = blocks[-1]
    meant = before.x1 + 0.3 * line.size + line.words[0].x1 - line.words[0].x0 < right - 1
    if last.kind == "item" and line.x0 < last.x0 + STEP / 2 and meant:
        blocks.append(Block("paragraph", escape(line.text), x0=line.x0))
    elif meant and not line.text[:1].islower():
        last.text = f"{last.text}  \n{escape(line.text)}"
    else:
        last.text = _joined(last.text, escape(line.text))


def _counted(mark: str, blocks: Sequence[Block]) -> str:
    """A number opens an item only where it counts: a line may well begin with a year or a price."""
    number = int(mark[:-1]) if mark[:-1].isdecimal() else 1
    before = f"{number - 1}."
    return mark if number <= 1 or any(block.mark == before for block in blocks[-RECENT:]) else ""


def _item(line: Line, mark: str, blocks: Sequence[Block]) -> Block:
    last = blocks[-1] if blocks else None
    level = 0
    if last and last.kind == "item":
        step = (line.x0 > last.x0 + STEP) - (line.x0 < last.x0 - STEP)
        level = max(last.level + step, 0)
    words = " ".join(word.text for word in line.words[1:])
    return Block("item", escape(words), level, mark, x0=line.x0)


def _joined(text: str, more: str) -> str:
    return f"{text}\n{more}" if HYPHEN_AT_END.search(text) and more[:1].islower() else f"{text} {more}"


def _spaced(blocks: Sequence[Block]) -> list[str]:
    """Items of one list stand close, everything else apart."""
    lines: list[str] = []
    before = ""
    for block in blocks:
        if lines and not (block.kind == before == "item"):
            lines.append("")
        lines.append(_markdown(block))
        before = block.kind
    return lines


def _markdown(block: Block) -> str:
    if block.kind == "table":
        header, *rows = [[escape(cell) for cell in row] for row in settled(block.rows)]
        return markdown_table(header, rows)
    if block.kind == "heading":
        return f"{'#' * block.level} {escape(block.text).rstrip(' :')}"
    if block.kind == "item":
        indent = "   " * block.level
        return f"{indent}{block.mark} " + block.text.replace("\n", f"\n{indent}  ")
    return block.text
