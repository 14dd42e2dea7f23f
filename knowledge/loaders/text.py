"""A plain text file: one document, or one for each question where it is a list of these. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.loaders.base import Found, Place, RawFile, Record
from knowledge.loaders.naming import sensible_title, title_of_file
from knowledge.loaders.parts import LONG, first_heading, records
from knowledge.loaders.question_pairs import find_pairs
from untrusted.decoding import decode

UNDERLINE = re.compile(r"[=\-~*_]{3,}\s*")


def load(file: RawFile) -> Iterator[Found]:
    text = decode(file.data).replace("\r\n", "\n").replace("\r", "\n").strip("\n\f \t")
    yield from text_records(text, Place(file.name))


def text_records(text: str, place: Place, title: str = "", **fields: str) -> Iterator[Record]:
    pairs = find_pairs(text, place)
    if pairs:
        yield from pairs
        return
    if len(text) > LONG:
        from knowledge.plain import text_to_markdown  # it knows headings, at which a long text is cut

        text = text_to_markdown(text)
        yield from records(place, title or first_heading(text) or title_of_file(place.file), text, **fields)
        return
    title, body = (title, text) if title else _title(text, place.file)
    yield Record(
        place, {"id": place.file, "title": title, "body": body, "format": "text", **fields}, place.file
    )


def _title(text: str, file: str) -> tuple[str, str]:
    """The first line, when it stands for itself; it is then no part of the text."""
    first, _, rest = text.partition("\n")
    underlined = UNDERLINE.fullmatch(rest.partition("\n")[0]) is not None
    if underlined:
        rest = rest.partition("\n")[2]
    title = sensible_title(first.strip(" #=*-_"))
    alone = underlined or rest.startswith("\n") or first.lstrip().startswith("#")
    if title and rest.strip() and len(title) <= 120 and alone and not title.endswith((".", ",", ";")):
        return title, rest.strip("\n")
    return title_of_file(file), text
