"""The parts of a passage that can be quoted by themselves: sentences, lists with their lead, table rows.

A list is one unit together with the line that announces it, because a step without the others misleads.
Lines that only head or ask ("How long does it take?") are never quoted; they become the `context` of what
follows, since the question is often asked in their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Literal

from knowledge.blocks import ITEM, TABLE_RULE, Block, split_blocks
from knowledge.chunking import plain_text, sentence_spans
from knowledge.heading_lines import says_a_value

LONGEST_LIST = 1200  # characters; a longer list is quoted by its items
TERMINAL = re.compile(r"[.!?…:;][\"'»”)\]]*\s*$")
# "[2]" in an article is its own footnote; under an answer it would point at the wrong source.
FOOTNOTE = re.compile(r"[ \t]*\[\s*\d{1,3}\s*\]")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
LINK = re.compile(r"\[([^\]]+)\]\((?!https?://|mailto:)[^)]*\)")
# "See [customs](customs.md)." points nowhere once its link is gone; the sources below the answer have links.
POINTER = re.compile(
    r"(?:(?<=[.!?*])[ \t]+(?:See|Voir)(?: also| aussi)?|[:;,] (?:see|voir)(?: also| aussi)?)"
    r"[ \t]+[^.\[\]\n]{0,20}\[[^\]\n]+\]\((?!https?://|mailto:)[^)\s]*\)\."
)
ONLY_A_HEADING = re.compile(r"\A\s*#{1,6}[ \t]+(.+?)[ \t]*#*\s*\Z")
# Lines set one below the other on purpose, an address or a receipt: only the first can be a title.
HARD_BREAKS = re.compile(r"(?:[^\n]* {2,}\n)+[^\n]*")
BULLET = re.compile(r"^[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+")


@dataclass(frozen=True)
class Unit:
    """`text` is Markdown fit to be quoted, `plain` its words; `context` is what stands above it.

    `group` counts the paragraphs, lists and tables of the passage: units of one group may be quoted together.
    `heads` is what stands above the rows of a table: its column heads, and the line that announces it.
    """

    text: str
    plain: str
    kind: Literal["sentence", "list", "item", "row"]
    context: str
    group: int
    heads: str = ""
    of_a_record: bool = False  # a line among others that were set one below the other on purpose


@lru_cache(maxsize=1024)  # the same passages are found for question after question
def split_units(passage: str, heading: str = "") -> tuple[Unit, ...]:
    """The quotable units of a passage (Markdown or plain text) below `heading`, in reading order.

    A sentence that asks is none of them: its answer stands in the next passage.
    """
    units = _Reader(quotable(passage), heading).units()
    return tuple(unit for unit in units if unit.plain and not unit.plain.endswith("?"))


def quotable(text: str) -> str:
    """Markdown without pictures, links inside the help centre, what only points there, and footnote marks.

    A heading with nothing below it is a line: it is quoted for what it says.
    """
    text = ONLY_A_HEADING.sub(r"\1", text)
    return FOOTNOTE.sub("", LINK.sub(r"\1", POINTER.sub(_full_stop, IMAGE.sub("", text))))


def _full_stop(pointer: re.Match[str]) -> str:
    """A clause leaves the full stop of its sentence behind."""
    return "." if pointer[0][0] in ":;," else ""


def lines_together(units: Sequence[Unit]) -> str:
    """Sentences as running text; the lines of an address or a receipt stay lines."""
    text = units[0].text
    for above, unit in pairwise(units):
        text += ("  \n" if above.of_a_record and unit.of_a_record else " ") + unit.text
    return text


def rows_together(rows: Sequence[Unit]) -> Unit:
    """Rows of one table as one unit below the heads that they share."""
    lines = [row.text.rpartition("\n")[2] for row in rows[1:]]
    plain = "\n".join(row.plain for row in rows)
    return replace(rows[0], text="\n".join([rows[0].text, *lines]), plain=plain)


class _Reader:
    """Reads blocks in order and remembers the last heading and the last line that announces something."""

    def __init__(self, passage: str, heading: str) -> None:
        self.passage = passage
        self.heading = heading
        self.lead = ""
        self.group = 0

    def units(self) -> Iterator[Unit]:
        for block in split_blocks(self.passage):
            self.group += 1
            yield from self._read(block, self.passage[block.start : block.end])

    def _read(self, block: Block, text: str) -> Iterator[Unit]:
        if block.kind == "heading":
            self.heading, self.lead = plain_text(block.text), ""
        elif block.kind == "list":
            yield from self._list(text)
        elif block.kind == "table":
            yield from self._rows(text.splitlines())
            self.lead = ""
        elif block.kind == "code":
            yield self._unit(text, "sentence")
        else:
            yield from self._paragraph(re.sub(r"(?m)^[ \t]*>[ \t]?", "", text))

    def _paragraph(self, text: str) -> Iterator[Unit]:
        lines = _lines(text)
        record = HARD_BREAKS.fullmatch(text) is not None
        first = True
        while lines:
            line = lines.pop(0)
            if _heads(line, lines) and (first or not record or line.endswith("?")):
                self.heading, self.lead = plain_text(line), ""
            elif line.endswith(":") and len(items := list(takewhile(_is_bare_item, lines))) > 1:
                del lines[: len(items)]
                self.lead = line
                yield from self._list("\n".join(f"- {item}" for item in items))
            else:
                yield from (replace(unit, of_a_record=record) for unit in self._sentences(line))
            first = False

    def _sentences(self, line: str) -> Iterator[Unit]:
        for start, end in sentence_spans(line):
            sentence = line[start:end].strip()
            self.lead = sentence if sentence.endswith(":") else ""
            if not self.lead:
                yield self._unit(sentence, "sentence")

    def _list(self, text: str) -> Iterator[Unit]:
        lead, self.lead = self.lead, ""
        self.group += 1
        if len(text) <= LONGEST_LIST:
            yield self._unit(f"{lead}\n\n{text}" if lead else text, "list")
        for item in _items(text):
            yield self._unit(f"{lead}\n\n{item}" if lead else BULLET.sub("", item), "item")
        self.group += 1

    def _rows(self, lines: list[str]) -> Iterator[Unit]:
        header = lines[:2] if len(lines) > 1 and TABLE_RULE.match(lines[1]) else []
        above = [self.lead, "", *header] if self.lead else header
        heads = plain_text("\n".join(above))
        for row in lines[len(header) :]:
            unit = self._unit("\n".join([*above, row]), "row", plain=plain_text(row))
            yield replace(unit, heads=heads)

    def _unit(self, text: str, kind: Literal["sentence", "list", "item", "row"], plain: str = "") -> Unit:
        return Unit(text.strip(), plain or plain_text(text), kind, self.heading, self.group)


def _lines(text: str) -> list[str]:
    """Lines of a paragraph, with those that were only wrapped joined again."""
    joined: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if joined and len(joined[-1]) > 60 and not TERMINAL.search(joined[-1]) and line[:1].islower():
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def _heads(line: str, following: list[str]) -> bool:
    """Whether a line of running text is a heading or a question that what follows answers."""
    if not following or says_a_value(line):
        return False
    return len(line) < 160 if line.endswith("?") else len(line) < 90 and not TERMINAL.search(line)


def _is_bare_item(line: str) -> bool:
    """A list item that has lost its bullet: short, and not a sentence."""
    return len(line) < 200 and not line.endswith((".", ":", "?"))


def _items(text: str) -> list[str]:
    """Top-level items of a Markdown list, each with what is nested in it."""
    items: list[str] = []
    for line in text.splitlines():
        if ITEM.match(line) and not line.startswith(("  ", "\t")) or not items:
            items.append(line)
        else:
            items[-1] += f"\n{line}"
    return items
