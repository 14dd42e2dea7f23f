"""A long document as several of the size of an article, cut at its headings. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from knowledge.blocks import Block, split_blocks
from knowledge.chunking import plain_text, same_words
from knowledge.loaders.base import Place, Record
from knowledge.loaders.naming import part_id, sensible_title

LONG = 60_000  # characters
DEEPEST = 3
OPENING = 1_000  # characters
MOST_BESIDE = 3
PARAGRAPH = re.compile(r"\n{2,}")


def records(place: Place, title: str, body: str, **fields: Any) -> Iterator[Record]:
    """One Record, or one for each chapter ("Title – Chapter") when the text is longer than an article."""
    body = settle_headings(body, title)
    if len(body) <= LONG:
        yield Record(place, _known({"id": place.file, "title": title, "body": body, **fields}), place.file)
        return
    seen: dict[str, int] = {}
    for name, text in _cut(body, 1):
        own = place.file if not name and not seen else part_id(place.file, name or "1", seen)
        called = f"{title} – {name}" if name else title
        where = Place(place.file, place.part, place.number, name[:100])
        yield Record(where, _known({"id": own, "title": called, "body": text, **fields}), place.file)


def first_heading(body: str) -> str:
    """The heading a text begins with, if it is that of the whole and not of the first chapter of several."""
    headings = [block for block in split_blocks(body) if block.kind == "heading"]
    if not headings or headings[0].start > OPENING:
        return ""
    beside = sum(block.level <= headings[0].level for block in headings)
    return sensible_title(plain_text(headings[0].text)) if beside <= MOST_BESIDE else ""


def settle_headings(body: str, title: str) -> str:
    """Without a first heading that repeats the title, and with `##` as the widest."""
    headings = [block for block in split_blocks(body) if block.kind == "heading"]
    if headings and not body[: headings[0].start].strip() and same_words(plain_text(headings[0].text), title):
        body = body[headings[0].end :].lstrip("\n")
        headings = [block for block in split_blocks(body) if block.kind == "heading"]
    widest = min((block.level for block in headings), default=2)
    for block in reversed(headings if widest == 1 else []):
        level = min(block.level + 1, 6)
        body = f"{body[: block.start]}{'#' * level} {block.text}{body[block.end :]}"
    return body.strip()


def _cut(body: str, level: int) -> Iterator[tuple[str, str]]:
    """The parts below the headings of this level, those of the next where one is still too long."""
    if len(body) <= LONG or level > DEEPEST:
        yield from (("", text) if at == 0 else (str(at + 1), text) for at, text in enumerate(_pages(body)))
        return
    for name, text in _sections(body, level):
        inner = [(name, text)] if len(text) <= LONG else _cut(text, level + 1)
        for below, part in inner:
            if part.strip():
                yield " – ".join(dict.fromkeys(filter(None, [name, below]))), part.strip()


def _sections(body: str, level: int) -> Iterator[tuple[str, str]]:
    """What stands before the first heading has no name."""
    tops: list[Block] = [b for b in split_blocks(body) if b.kind == "heading" and b.level <= level]
    starts = [0, *(block.start for block in tops)]
    names = ["", *(plain_text(block.text)[:150] for block in tops)]
    bodies = [0, *(block.end for block in tops)]
    for name, start, end in zip(names, bodies, [*starts[1:], len(body)], strict=True):
        if body[start:end].strip():
            yield name, body[start:end].strip()


def _pages(body: str) -> Iterator[str]:
    """At most `LONG` characters each, cut between paragraphs; one that is longer is cut anywhere."""
    page = ""
    for paragraph in PARAGRAPH.split(body):
        if page and len(page) + len(paragraph) > LONG:
            yield page
            page = ""
        page = f"{page}\n\n{paragraph}" if page else paragraph
        while len(page) > LONG:
            yield page[:LONG]
            page = page[LONG:]
    if page.strip():
        yield page


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
