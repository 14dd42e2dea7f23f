"""Decide what changes in the index when a document changes. Pure: no database, no model."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.chunking import Piece, chunk_document, passage_text, title_text
from knowledge.terms import count_passage_terms, term_id


@dataclass(frozen=True)
class Passage:
    """A piece of a document, with the words it is found by and the hash of what is embedded."""

    piece: Piece
    counts: Counter[str]
    content_hash: str

    @property
    def words(self) -> int:
        """The length that BM25 knows: every word stands twice among the terms (stem and word)."""
        return sum(self.counts.values()) // 2

    @property
    def terms(self) -> list[int]:
        return sorted({term_id(term) for term in self.counts})


@dataclass(frozen=True)
class Plan:
    """`keep` maps the ids of present chunks to what they become; their vectors stay valid."""

    keep: dict[int, Passage] = field(default_factory=dict)
    add: list[Passage] = field(default_factory=list)
    remove: list[int] = field(default_factory=list)


def passages_of(
    *, title: str, body: str, language: str, keywords: Iterable[str] = (), description: str = ""
) -> list[Passage]:
    described = [*keywords, description]
    above = title_text(title, description)
    return [
        Passage(
            piece=piece,
            counts=count_words(
                title=title,
                heading_path=piece.heading_path,
                text=piece.text,
                language=language,
                keywords=described,
            ),
            content_hash=hash_text(f"{above}\n\n{passage_text(title, piece.heading_path, piece.text)}"),
        )
        for piece in chunk_document(title, body)
    ]


def count_words(
    *, title: str, heading_path: Iterable[str], text: str, language: str, keywords: Iterable[str]
) -> Counter[str]:
    return count_passage_terms(
        title=title, extra=" ".join([*heading_path, *keywords]), text=text, language=language
    )


def plan(present: Sequence[tuple[int, str]], wanted: Sequence[Passage]) -> Plan:
    """Compare chunks as `(id, content_hash)` with the passages that shall stand there.

    A passage that moved keeps its chunk: only what is new has to be embedded.
    """
    ids: defaultdict[str, deque[int]] = defaultdict(deque)
    for chunk_id, content_hash in present:
        ids[content_hash].append(chunk_id)
    keep, add = {}, []
    for passage in wanted:
        if same := ids[passage.content_hash]:
            keep[same.popleft()] = passage
        else:
            add.append(passage)
    return Plan(keep=keep, add=add, remove=[chunk_id for left in ids.values() for chunk_id in left])


def hash_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
