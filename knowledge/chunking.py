"""Cut a document into the pieces that search finds and answers cite.

`chunk_document(title, body)` is pure: the same text gives the same pieces. A piece never crosses a heading;
lists, tables, admonitions and code stay whole up to `LARGEST` characters, and long running text is cut
between sentences. Lines that only look like headings are preferred places to cut, and name the piece, but
have no anchor of their own (in imported plain text, `knowledge/plain.py` has made the sure ones real).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.blocks import Block, split_blocks, split_lines
from knowledge.heading_lines import looks_like_heading

TARGET = 700  # characters; about 110 words, which e5 reads in 150 ms
SMALLEST = 250  # a piece shorter than this takes in what follows
LARGEST = 1600  # e5 reads 512 tokens, about 1,800 characters, and no more

SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'»”)\]]*\s+(?=[\"'«“(\[]*[A-ZÀ-ÖØ-Þ0-9À-ɏ\u0370-\uffff])")
CLAUSE_END = re.compile(r"(?<=[;:,])\s+")
ANYWHERE = re.compile(rf"(?<=.{{{TARGET}}})", re.DOTALL)
WIDE_SENTENCE_END = re.compile(r"(?<=[。!?])")  # Chinese and Japanese put no space between sentences


@dataclass(frozen=True)
class Piece:
    """A passage of a document: `body[start:end]`, and where it stands.

    `heading_path` goes from the widest heading to the nearest; `anchor` is the fragment of the nearest real
    heading on the public page, empty before the first one.
    """

    ordinal: int
    heading_path: tuple[str, ...]
    anchor: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Section:
    """What stands below one heading: blocks without headings."""

    path: tuple[str, ...]
    anchor: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Unit:
    """The smallest part that is never cut: a block, a line or a sentence."""

    start: int
    end: int
    heading: str = ""  # set when the unit is a line that looks like a heading
    opens: bool = False  # it announces what follows ("Do this:") and wants to stay with it

    @property
    def size(self) -> int:
        return self.end - self.start


def chunk_document(title: str, body: str) -> list[Piece]:
    """The pieces of a body, in order. A first heading that repeats the title is not counted as one.

    A document without text is one piece that says its title.
    """
    pieces: list[Piece] = []
    for section in split_sections(title, body):
        for path, start, end in _pack(section, list(_units(section, body)), body):
            pieces.append(Piece(len(pieces), path, section.anchor, body[start:end], start, end))
    return pieces or [Piece(0, (), "", title, 0, 0)]


def split_sections(title: str, body: str) -> Iterator[Section]:
    """A heading with nothing below it is a section of its own: it may say something ("Total $821.14")."""
    seen: dict[str, int] = {}
    stack: list[tuple[int, str]] = []
    anchor, blocks = "", []
    lonely: Block | None = None
    for block in split_blocks(body):
        if block.kind != "heading":
            blocks.append(block)
            lonely = None
            continue
        if lonely and block.level <= lonely.level:
            blocks = [lonely]
        if blocks:
            yield Section(tuple(text for _, text in stack), anchor, tuple(blocks))
        text, blocks = plain_text(block.text), []
        anchor = anchor_slug(text, seen)
        stack = [(level, above) for level, above in stack if level < block.level]
        is_title = block.level == 1 and same_words(text, title)
        lonely = None if is_title else block
        if not is_title:
            stack.append((block.level, text))
    if lonely:
        blocks = [lonely]
    if blocks:
        yield Section(tuple(text for _, text in stack), anchor, tuple(blocks))


def anchor_slug(text: str, seen: dict[str, int]) -> str:
    """The fragment of a heading; `seen` counts the slugs of this page, and a repeated one gets a number.

    Letters of any script stay, accents go, everything else becomes a hyphen.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    slug = re.sub(r"[^\w]+", "-", letters).strip("-_") or "section"
    count = seen.get(slug, 0)
    seen[slug] = count + 1
    return anchor_slug(f"{slug}-{count + 1}", seen) if count else slug


def same_words(one: str, other: str) -> bool:
    return anchor_slug(one, {}) == anchor_slug(other, {})


def plain_text(markdown: str) -> str:
    """Markdown without its marks, for reading by eye, by word search and by the embedding model."""
    for pattern, replacement in _MARKS:
        markdown = pattern.sub(replacement, markdown)
    return markdown.strip()


_MARKS = [
    (re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?)?[ \t]*$\n?", re.MULTILINE), ""),
    (re.compile(r"^(?:[ \t]*>)+[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*#{1,6}[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:`{3,}|~{3,}|:{3,}|!!!|\?\?\?\+?)[ \t]*", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__|``?)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])[*_](?=\S)([^*_\n]+?)(?<=\S)[*_](?![\w*])"), r"\1"),
    (re.compile(r"[ \t]*\|[ \t]*"), " "),
    (re.compile(r"[ \t]+$", re.MULTILINE), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
]


def passage_text(title: str, heading_path: Sequence[str], text: str) -> str:
    """What a model reads of a passage, to embed or to rerank it: where it stands, then what it says."""
    text, path = plain_text(text), list(heading_path)
    if path and text.startswith(path[-1]):  # a heading-like line is both
        path = path[:-1]
    return f"{' > '.join([title, *path])}\n{text}"


def title_text(title: str, description: str = "") -> str:
    """What the embedding model reads of a document as a whole; its vector is mixed into each passage's."""
    return f"{title}\n{plain_text(description)}" if description.strip() else title


def _units(section: Section, body: str) -> Iterator[Unit]:
    for at, block in enumerate(section.blocks):
        text = body[block.start : block.end]
        last = at + 1 == len(section.blocks)
        if block.kind == "paragraph":
            yield from _paragraph_units(block, text, last)
        elif block.end - block.start <= LARGEST:
            yield Unit(block.start, block.end)
        else:
            yield from _line_units(block, text)


def _paragraph_units(block: Block, text: str, last: bool) -> Iterator[Unit]:
    """Lines while they are short enough, else sentences."""
    lines = split_lines(text, block.start)
    for at, line in enumerate(lines):
        final = at + 1 == len(lines)
        if looks_like_heading(line.text, lines[at - 1].text if at else "") and not (final and last):
            yield Unit(line.start, line.end, heading=plain_text(line.text), opens=True)
        elif line.end - line.start <= TARGET:
            yield Unit(line.start, line.end, opens=line.text.rstrip().endswith(":") and not (final and last))
        else:
            yield from _sentence_units(line.text, line.start)


def _line_units(block: Block, text: str) -> Iterator[Unit]:
    for line in split_lines(text, block.start):
        if line.end - line.start > LARGEST:
            yield from _sentence_units(line.text, line.start)
        elif not line.blank:
            yield Unit(line.start, line.end)


def _sentence_units(text: str, offset: int) -> Iterator[Unit]:
    for start, end in sentence_spans(text):
        yield Unit(offset + start, offset + end)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as offsets; one longer than `TARGET` is cut at clauses, then at words."""
    spans = _cut(text, 0, SENTENCE_END)
    for pattern in (WIDE_SENTENCE_END, CLAUSE_END, re.compile(r"\s+"), ANYWHERE):
        spans = [part for span in spans for part in _cut_long(text, span, pattern)]
    return spans


def _cut(text: str, offset: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    ends = [match.end() for match in pattern.finditer(text)] + [len(text)]
    starts = [0, *ends[:-1]]
    return [(offset + start, offset + end) for start, end in zip(starts, ends, strict=True) if end > start]


def _cut_long(text: str, span: tuple[int, int], pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    start, end = span
    if end - start <= TARGET:
        return [span]
    joined: list[tuple[int, int]] = []
    for part_start, part_end in _cut(text[start:end], start, pattern):
        if joined and part_end - joined[-1][0] <= TARGET:
            joined[-1] = (joined[-1][0], part_end)
        else:
            joined.append((part_start, part_end))
    return joined


Span = tuple[tuple[str, ...], int, int]


def _pack(section: Section, units: list[Unit], body: str) -> Iterator[Span]:
    """Fill pieces up to `TARGET`, cutting where a heading-like line starts when there is enough already."""
    groups: list[list[Unit]] = []
    for unit in units:
        if groups and _joins(groups[-1], unit):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    heading = ""
    for group in _join_last(groups):
        start, end = group[0].start, group[-1].end
        yield _path(section, group[0].heading or heading), start, start + len(body[start:end].rstrip())
        heading = next((unit.heading for unit in reversed(group) if unit.heading), heading)


def _joins(group: list[Unit], unit: Unit) -> bool:
    size, together = group[-1].end - group[0].start, unit.end - group[0].start
    if group[-1].opens or size < SMALLEST:
        return together <= LARGEST
    return not unit.heading and together <= TARGET


def _join_last(groups: list[list[Unit]]) -> list[list[Unit]]:
    """A short last group goes to the one before it, unless a heading-like line starts it."""
    if len(groups) < 2 or groups[-1][0].heading:
        return groups
    *others, before, last = groups
    if last[-1].end - last[0].start < SMALLEST and last[-1].end - before[0].start <= LARGEST:
        return [*others, before + last]
    return groups


def _path(section: Section, heading: str) -> tuple[str, ...]:
    return (*section.path, heading) if heading else section.path
