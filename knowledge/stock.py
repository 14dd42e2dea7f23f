"""What the knowledge is at a moment: how many articles, which texts of them; and what has changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from knowledge.models import Document, Revision

AT_ONCE = 5_000


@dataclass(frozen=True)
class Stock:
    """`fingerprint` is of each published article with the number of its text: two that are the same say the
    same."""

    at: datetime
    articles: int
    fingerprint: str

    def as_json(self) -> dict[str, Any]:
        return {"at": self.at.isoformat(), "articles": self.articles, "fingerprint": self.fingerprint}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Stock:
        at = parse_datetime(str(kept["at"]))
        assert at is not None
        return cls(at, int(kept["articles"]), str(kept["fingerprint"]))


def stock_of(sources: frozenset[int] = frozenset()) -> Stock:
    """Of these sources; of none: of all of them. One query, read as it comes."""
    at, articles, digest = timezone.now(), 0, hashlib.sha256()
    rows = _published(sources).order_by("pk").values_list("pk", "indexed_revision")
    for document, revision in rows.iterator(chunk_size=AT_ONCE):
        articles += 1
        digest.update(f"{document}/{revision};".encode())
    return Stock(at, articles, digest.hexdigest())


def changed_since(at: datetime, sources: frozenset[int] = frozenset()) -> QuerySet[Document]:
    """Published articles with a text that is newer, the newest first. What was taken out meanwhile is not
    among them."""
    newer = Revision.objects.filter(document=OuterRef("pk"), created_at__gt=at)
    return _published(sources).filter(Exists(newer)).order_by("-updated_at")


def _published(sources: frozenset[int]) -> QuerySet[Document]:
    found = Document.objects.filter(status=Document.Status.PUBLISHED)
    return found.filter(source__in=sources) if sources else found
