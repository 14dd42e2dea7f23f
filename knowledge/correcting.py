"""Correct one passage of an article: exactly its stretch of the text, and only of the text that was seen."""

from __future__ import annotations

from typing import Literal

from django.db import transaction

from accounts.models import User
from knowledge import counting, indexing, proposing
from knowledge.models import Chunk, Proposal

Refused = Literal["overtaken", "empty", "too_long", "open_already", "nothing_new"]
LONGEST = 20_000  # characters


def may_correct(chunk: Chunk) -> bool:
    """A passage that only says the article's title is no part of its text."""
    return chunk.end > chunk.start


@transaction.atomic
def correct(chunk: Chunk, text: str, *, seen: int, author: User | None) -> Refused | Proposal | None:
    """Put `text` in the passage's place, as a new revision or a proposal; or say why not. `seen` is the
    number of the revision that whoever writes has before them."""
    written = text.replace("\r\n", "\n").replace("\x00", "").strip("\n")
    if not written.strip():
        return "empty"
    if len(written) > LONGEST:
        return "too_long"
    locked = counting.lock_document(chunk.document_id)
    newest = indexing.newest_revision(chunk.document_id)
    current = Chunk.objects.filter(pk=chunk.pk).first()
    if locked is None or newest is None or current is None or not may_correct(current):
        return "overtaken"
    if newest.number != seen or current.revision_id != newest.pk:
        return "overtaken"
    _source, document = locked
    if "\r\n" in document.body:
        written = written.replace("\n", "\r\n")
    document.body = document.body[: current.start] + written + document.body[current.end :]
    done = proposing.save_or_propose(document, author=author)
    return done if isinstance(done, Proposal | str) else None
