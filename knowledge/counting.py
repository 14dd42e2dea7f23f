"""What BM25 counts in a source: in how many passages each term stands, and how long passages are.

The average length is frozen, because every stored weight depends on it. It thaws when the real one has
drifted by more than `DRIFT`; then the weights of the source are computed anew, in the background. A base must
have changed by as much for that, so an edit costs the same in a large base as in a small one.
"""

from __future__ import annotations

from collections import Counter

from django.db import connection, transaction
from django.db.models import F

from knowledge.models import Document, Source, TermCount

DRIFT = 0.15

ADJUST = """
INSERT INTO knowledge_termcount (source_id, term, chunks)
SELECT %s, term, change FROM unnest(%s::int[], %s::int[]) AS given(term, change) ORDER BY term
ON CONFLICT (source_id, term) DO UPDATE SET chunks = knowledge_termcount.chunks + EXCLUDED.chunks
"""


def adjust(source: Source, *, terms: Counter[int], passages: int, words: int) -> None:
    """Add changes (positive and negative) to a source's counts. The caller holds the source's row."""
    changed = {term: change for term, change in terms.items() if change}
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(ADJUST, [source.pk, list(changed), list(changed.values())])
        gone = [term for term, change in changed.items() if change < 0]
        TermCount.objects.filter(source=source, term__in=gone, chunks__lte=0).delete()
    if passages or words:
        Source.objects.filter(pk=source.pk).update(
            passages=F("passages") + passages, words=F("words") + words
        )


def real_average(source: Source) -> float:
    return source.words / source.passages if source.passages else 0.0


def has_drifted(source: Source) -> bool:
    """Whether the frozen average length no longer describes the source."""
    real = real_average(source)
    if not real or not source.average_length:
        return bool(real)
    return abs(real / source.average_length - 1) > DRIFT


def freeze_average(source_id: int) -> None:
    """Take the real average as the one that weights are computed with from now on, and begin to do so."""
    with transaction.atomic():
        source = lock_source(source_id)
        source.average_length, source.weighed_up_to = real_average(source), 0
        source.save(update_fields=["average_length", "weighed_up_to"])


def lock_source(source_id: int) -> Source:
    """One writer of a source's counts at a time; readers are not held up.

    Whoever also locks documents, passages or jobs takes the source first, then those in this order, several
    of a kind by their key: so that nobody waits for somebody who waits for them.
    """
    return Source.objects.select_for_update(no_key=True).get(pk=source_id)


def lock_document(document_id: int) -> tuple[Source, Document] | None:
    """A document and, before it, its source; None when it is gone."""
    sources = Source.objects.select_for_update(no_key=True, of=("self",))
    source = sources.filter(documents=document_id).first()
    document = Document.objects.select_for_update(no_key=True).filter(pk=document_id).first()
    return (source, document) if source and document else None
