"""Whether an answer also says otherwise: another figure for the same. Pure.

Two articles give two prices, one was corrected, and the answer quotes both: what is right stands there, and
so does what is wrong. A sentence, an item of a list or a row of a table says otherwise when it is about
nothing but what the line is about, together with what stands above it about all of it, and gives another
figure of a kind that the line gives. Above a sentence stand those before it in its paragraph; above a list
and a table the paragraph before. "Delivery costs 5 €. To Switzerland it costs 24 €." says so of no line about
Switzerland.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.citations import MARK
from knowledge.blocks import split_blocks
from knowledge.chunking import plain_text, sentence_spans
from knowledge.upkeep.saying import Saying, saying_of
from knowledge.upkeep.sayings import Passage

SHARED = 2  # stems at least
ABOUT_IT = 0.85  # of what the sentence says, in what the line says
ABOUT_ALL_OF_IT = 0.75  # of what the line says, in what the paragraph has said


def said_otherwise(line: str, said: str, language: str) -> str:
    """The sentence of `said` (Markdown) that does; "" where none does."""
    wanted = saying_of(line, "", language)
    if not wanted.values:
        return ""
    against = (one.text for one in _sayings(said, language) if _is_against(wanted, one))
    return next(against, "")


def _sayings(said: str, language: str) -> Iterator[Saying]:
    text, above = MARK.sub("", said), ""
    for block in split_blocks(text):
        words = text[block.start : block.end]
        if block.kind == "paragraph":
            above, before = plain_text(words), ""
            for start, end in sentence_spans(above):
                yield saying_of(above[start:end].strip(), before, language)
                before = above[:end]
        elif block.kind in ("list", "table"):
            yield from Passage.of(0, above, (), words, language).sayings


def _is_against(wanted: Saying, found: Saying) -> bool:
    if found.conditional and not wanted.conditional:
        return False
    if len(wanted.own & found.all) < SHARED or _part(found.own, wanted.own) < ABOUT_IT:
        return False
    if _part(wanted.own, found.all) < ABOUT_ALL_OF_IT:
        return False
    return any(_gives_another(wanted, found, kind) for kind in {value.kind for value in wanted.values})


def _part(of: frozenset[str], there: frozenset[str]) -> float:
    return len(of & there) / len(of) if of else 0.0


def _gives_another(wanted: Saying, found: Saying, kind: str) -> bool:
    """Figures of this kind, and none that agrees."""
    asked = [value for value in wanted.values if value.kind == kind]
    pairs = [(mine, theirs) for mine in asked for theirs in found.values if mine.comparable(theirs)]
    return bool(pairs) and not any(mine.agrees(theirs) for mine, theirs in pairs)
