"""The only writer of chunks and of the words they are found by.

`index_words` brings the index to the newest revision of a document in one short transaction: a search sees
the old text or the new, never both. Meaning (vectors) follows: see knowledge/vectors.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from pgvector import SparseVector

from knowledge import counting, progress, questions
from knowledge.chunking import Piece
from knowledge.models import TERM_SPACE, Chunk, Document, Revision, SearchRow, Source
from knowledge.planning import Passage, count_words, passages_of, plan
from knowledge.terms import passage_weights

State = Document.IndexState


def index_words(document_id: int) -> bool:
    """Make a document findable by its words as its newest revision has them.

    Returns False when it was edited, withdrawn or deleted meanwhile: then ask again.
    """
    document = Document.objects.filter(pk=document_id).first()
    revision = newest_revision(document_id)
    if document is None or revision is None or document.status != Document.Status.PUBLISHED:
        return withdraw(document_id)
    passages = passages_of(
        title=revision.title,
        body=revision.body,
        language=document.language,
        keywords=document.other_words,
        description=document.description,
    )
    return _apply(document_id, revision, passages)


def newest_revision(document_id: int) -> Revision | None:
    return Revision.objects.filter(document=document_id).order_by("-number").first()


@transaction.atomic
def _apply(document_id: int, revision: Revision, passages: list[Passage]) -> bool:
    locked = counting.lock_document(document_id)
    if locked is None or newest_revision(document_id) != revision:
        return False
    source, document = locked
    if document.status != Document.Status.PUBLISHED:
        return False
    if not source.average_length:
        source.average_length = _average([passages])
        source.save(update_fields=["average_length"])
    _swap(document, source, revision, passages)
    questions.forget_gone(document)
    Document.objects.filter(pk=document.pk).update(indexed_revision=revision)
    progress.show(document, State.WORDS)
    return True


def _average(documents: Iterable[list[Passage]]) -> float:
    lengths = [passage.words for passages in documents for passage in passages]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _swap(document: Document, source: Source, revision: Revision, passages: list[Passage]) -> None:
    present = _lock_passages(document)
    decided = plan(list(present.items()), passages)
    before = _words_of(document)
    Chunk.objects.filter(pk__in=decided.remove).delete()
    SearchRow.objects.filter(chunk__in=decided.keep).delete()
    kept = [_fill(Chunk(pk=pk), document, revision, passage) for pk, passage in decided.keep.items()]
    Chunk.objects.bulk_update(kept, ["revision", "ordinal", "heading_path", "anchor", "text", "start", "end"])
    added = Chunk.objects.bulk_create(
        [_fill(Chunk(), document, revision, passage) for passage in decided.add]
    )
    pairs = [*zip(kept, decided.keep.values(), strict=True), *zip(added, decided.add, strict=True)]
    SearchRow.objects.bulk_create([search_row(document, source, chunk, of) for chunk, of in pairs])
    _count(source, before, _words_of(document))


def _lock_passages(document: Document) -> dict[int, str]:
    """The passages with their hashes. A vector that is being stored for one is there before we go on."""
    passages = Chunk.objects.select_for_update(no_key=True).filter(document=document).order_by("pk")
    return dict(passages.values_list("pk", "content_hash"))


def _fill(chunk: Chunk, document: Document, revision: Revision, passage: Passage) -> Chunk:
    piece: Piece = passage.piece
    chunk.document, chunk.revision = document, revision
    chunk.ordinal, chunk.text = piece.ordinal, piece.text
    chunk.heading_path = [heading[:300] for heading in piece.heading_path]
    chunk.anchor, chunk.start, chunk.end = piece.anchor[:120], piece.start, piece.end
    chunk.content_hash = passage.content_hash
    return chunk


def search_row(document: Document, source: Source, chunk: Chunk, passage: Passage) -> SearchRow:
    return SearchRow(
        chunk=chunk,
        document=document,
        source=source,
        language=document.language,
        audience=document.audience,
        terms=passage.terms,
        weights=to_sparse(passage_weights(passage.counts, source.average_length)),
        words=passage.words,
    )


def to_sparse(weights: dict[int, float]) -> SparseVector:
    """Weights by term id as a vector. Term ids start at 1, as PostgreSQL counts; the class starts at 0."""
    return SparseVector({term - 1: weight for term, weight in weights.items()}, TERM_SPACE)


Words = list[tuple[list[int], int]]  # the terms and the length of each passage


def _words_of(document: Document) -> Words:
    return list(SearchRow.objects.filter(document=document).values_list("terms", "words"))


def _count(source: Source, before: Words, after: Words) -> None:
    """Move the source's counts from what the document had to what it has."""
    terms = Counter(term for row, _ in after for term in row)
    terms.subtract(Counter(term for row, _ in before for term in row))
    counting.adjust(
        source,
        terms=terms,
        passages=len(after) - len(before),
        words=sum(words for _, words in after) - sum(words for _, words in before),
    )


@transaction.atomic
def withdraw(document_id: int) -> bool:
    """Take a document out of the index at once: chunks, words, counts, vectors of passages and questions.

    Returns False when it was published meanwhile.
    """
    locked = counting.lock_document(document_id)
    if locked is None:
        return True
    source, document = locked
    if document.status == Document.Status.PUBLISHED and newest_revision(document_id):
        return False
    remove(document, source)
    Document.objects.filter(pk=document.pk).update(indexed_revision=None)
    progress.show(document, State.NONE)
    return True


def remove(document: Document, source: Source) -> None:
    """Remove what the index holds of a document. The caller has locked both."""
    before = _words_of(document)
    Chunk.objects.filter(pk__in=_lock_passages(document)).delete()
    questions.forget(document)
    _count(source, before, [])


def change_audience(document: Document) -> None:
    """Apply a document's audience to its passages at once, before any job runs."""
    SearchRow.objects.filter(document=document).update(audience=document.audience)


def estimate_average(source_id: int, document_ids: Iterable[int]) -> None:
    """Freeze a new source's average length from a sample of what is about to be indexed."""
    source = Source.objects.get(pk=source_id)
    if source.average_length:
        return
    sample = Document.objects.filter(pk__in=list(document_ids)[:100])
    average = _average(
        passages_of(
            title=document.title,
            body=document.body,
            language=document.language,
            keywords=document.other_words,
            description=document.description,
        )
        for document in sample
    )
    Source.objects.filter(pk=source_id, average_length=0).update(average_length=average)


@transaction.atomic
def weigh_next(source_id: int, size: int) -> bool:
    """Compute the next weights with the source's present average length; False when all have it.

    How far this came stands in the same transaction: whoever goes on after a kill begins there.
    """
    source = counting.lock_source(source_id)
    if source.weighed_up_to is None:
        return False
    rows = SearchRow.objects.select_for_update(of=("self",)).filter(source=source)
    page = list(
        rows.filter(pk__gt=source.weighed_up_to)
        .order_by("pk")
        .select_related("chunk__revision", "document")[:size]
    )
    for row in page:
        row.weights = to_sparse(passage_weights(_counts_of(row), source.average_length))
    SearchRow.objects.bulk_update(page, ["weights"])
    source.weighed_up_to = page[-1].pk if page else None
    source.save(update_fields=["weighed_up_to"])
    return bool(page)


def _counts_of(row: SearchRow) -> Counter[str]:
    return count_words(
        title=row.chunk.revision.title,
        heading_path=row.chunk.heading_path,
        text=row.chunk.text,
        language=row.language,
        keywords=[*row.document.other_words, row.document.description],
    )
