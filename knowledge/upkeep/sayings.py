"""What a passage says, sentence by sentence and cell by cell, as it is compared with other passages. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.blocks import split_blocks
from knowledge.chunking import plain_text, sentence_spans
from knowledge.terms import fold
from knowledge.upkeep.cells import Place, cells_of
from knowledge.upkeep.saying import Saying, saying_of
from knowledge.upkeep.values import Value
from knowledge.upkeep.words import EXAMPLES

LONGEST = 400  # characters; what is longer is no sentence
SHORTEST = 8
_SAYS_NOTHING = re.compile(rf"\?$|\b(?:{EXAMPLES})\b")
_BULLET = re.compile(r"^[ \t]*(?:[-*+•>]|\d{1,3}[.)])[ \t]+")


@dataclass(frozen=True)
class Passage:
    """A passage of an article; `document` is the article's key."""

    document: int
    title: str
    headings: tuple[str, ...]
    text: str
    language: str
    sayings: tuple[Saying, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, document: int, title: str, headings: Sequence[str], text: str, language: str) -> Passage:
        bare = cls(document, title, tuple(headings), text, language)
        return replace(bare, sayings=tuple(_sayings(bare)))

    @property
    def values(self) -> list[Value]:
        return [value for saying in self.sayings for value in saying.values]


def _sayings(passage: Passage) -> Iterator[Saying]:
    above, lead = " ".join([passage.title, *passage.headings]), ""
    for block in split_blocks(passage.text):
        text = passage.text[block.start : block.end]
        if block.kind == "table":
            yield from cells_of(text.splitlines(), Place(above, lead, passage.language))
        elif block.kind in {"paragraph", "list", "quote"}:
            yield from _sentences(text, above, passage.language)
        lead = _announced(text) if block.kind == "paragraph" else ""


def _announced(text: str) -> str:
    """The last sentence of a paragraph, where it announces what comes below."""
    plain = plain_text(text)
    start = max((start for start, _ in sentence_spans(plain)), default=0)
    return plain[start:] if plain.rstrip().endswith(":") else ""


def _sentences(text: str, above: str, language: str) -> Iterator[Saying]:
    lead = ""
    for line in text.splitlines():
        plain = plain_text(_BULLET.sub("", line))
        for start, end in sentence_spans(plain):
            sentence = plain[start:end].strip()
            if sentence.endswith(":"):
                lead = sentence
            elif SHORTEST <= len(sentence) <= LONGEST and not _SAYS_NOTHING.search(fold(sentence)):
                led = f"{lead} " if lead and _BULLET.match(line) else ""
                yield saying_of(sentence, above, language, more=led)
