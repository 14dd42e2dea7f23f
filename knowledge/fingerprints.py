"""Which documents say what a text says: found by stored fingerprints, compared exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from knowledge.cleaning.duplicates import ALIKE, bands, fingerprint, likeness, signature
from knowledge.models import Document, Fingerprint

MOST = 20  # candidates that are compared
PAGE = 200

NEAREST = """
SELECT document_id, sum(shared) AS shared FROM (
    SELECT document_id, 1000 AS shared FROM knowledge_fingerprint WHERE exact = %(exact)s
    UNION ALL
    SELECT document_id, cardinality(ARRAY(SELECT unnest(bands) INTERSECT SELECT unnest(%(bands)s::bigint[])))
    FROM knowledge_fingerprint WHERE bands && %(bands)s::bigint[]
) AS found GROUP BY document_id ORDER BY shared DESC, document_id LIMIT %(most)s
"""


@dataclass(frozen=True)
class Same:
    """A document (or an imported item) that says the same; `likeness` is 0 to 1."""

    likeness: float
    document: int | None = None
    item: int | None = None


def text_of(title: str, body: str) -> str:
    """What is compared: short answers are told apart by their questions."""
    return f"{title}\n{body}"


def take(document: Document) -> None:
    """Keep the fingerprint of a document's present text."""
    text = text_of(document.title, document.body)
    signed = signature(text)
    Fingerprint.objects.update_or_create(
        document=document,
        defaults={
            "exact": fingerprint(text),
            "signature": signed,
            "bands": bands(signed),
            "compared": False,
        },
    )


def compare_again(document: Document) -> None:
    """It is published, perhaps beside others that were not there when it was compared."""
    Fingerprint.objects.filter(document=document).update(compared=False)


def nearest(text: str, language: str, *, besides: int | None = None) -> Same | None:
    """The document in a language that is most like a text, when it is like enough; not that one."""
    return next(iter(alike(text, language, besides=besides)), None)


def alike(text: str, language: str, *, besides: int | None = None) -> list[Same]:
    """The documents in a language that are like enough to a text, the likest first; not that one."""
    parameters: dict[str, Any] = {"exact": fingerprint(text), "bands": bands(signature(text)), "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, parameters)
        keys = [pk for pk, _shared in cursor.fetchall() if pk != besides]
    documents = Document.objects.filter(pk__in=keys, language=language).only("title", "body")
    likest = [
        Same(likeness(text, text_of(document.title, document.body)), document=document.pk)
        for document in documents
    ]
    likest.sort(key=lambda same: -same.likeness)
    return [same for same in likest if same.likeness >= ALIKE]


def take_missing() -> bool:
    """Give fingerprints to documents that have none yet (from before there were any); False when all have."""
    page = list(Document.objects.filter(fingerprint=None).order_by("pk")[:PAGE])
    for document in page:
        take(document)
    return bool(page)
