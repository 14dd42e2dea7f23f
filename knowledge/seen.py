"""What became of a text that an answer cited: changed since then or not, and where its passage stands now.

What it said then is compared here and shown nowhere: it may have been taken back on purpose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from knowledge.chunking import chunk_document
from knowledge.merging import Wording, lines_of
from knowledge.models import Document, Revision
from knowledge.pinning import marked, read_pin, signed_one

_WORD = re.compile(r"\S+")
Place = tuple[int, int]


@dataclass(frozen=True)
class Seen:
    """`changed_at`: since when its page says something else; `place`: of the passage in today's text."""

    changed_at: datetime | None
    place: Place | None


def seen_by_answer(document: Document, token: str) -> Seen | None:
    """What an answer saw whose link has brought somebody here; None when the link says nothing of it."""
    pin = read_pin(token)
    known = document.revisions.values_list("pk", flat=True)
    key = signed_one(pin[0], known) if pin else None
    if pin is None or key is None:
        return None
    revision = Revision.objects.get(pk=key)
    passage = passage_marked(revision, pin[1])
    return Seen(changed_since(document, revision), place_of(passage, document.body) if passage else None)


def changed_since(document: Document, revision: Revision) -> datetime | None:
    """When readers first saw what they see now, if that is not what they saw then."""
    newer = document.revisions.filter(number__gt=revision.number)
    newest = newer.first()
    if newest is None or _shown(newest) == _shown(revision):
        return None
    changed = newest.created_at
    for other in newer.filter(number__lt=newest.number).iterator():
        if _shown(other) != _shown(newest):
            break
        changed = other.created_at
    return changed


def _shown(said: Wording) -> tuple[object, ...]:
    return said.title, lines_of(said.body.strip()), said.fields.get("description", "")


def passage_marked(revision: Revision, mark: str) -> str | None:
    pieces = chunk_document(revision.title, revision.body)
    return next((piece.text for piece in pieces if piece.end and marked(piece.text) == mark), None)


def place_of(passage: str, body: str) -> Place | None:
    """Where its words stand one after the other, however they are spaced."""
    wanted, there = passage.split(), list(_WORD.finditer(body))
    words = [match[0] for match in there]
    for at in range(len(words) - len(wanted) + 1):
        if wanted and words[at : at + len(wanted)] == wanted:
            return there[at].start(), there[at + len(wanted) - 1].end()
    return None
