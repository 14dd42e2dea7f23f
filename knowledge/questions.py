"""Give the questions that articles answer their meaning: embed what has no vector yet, as passages are.

Only those of published articles have vectors. What the likeness to them is good for, and for what it is not:
docs/decisions/0006-search.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import transaction
from django.db.models import BooleanField, Func, QuerySet, Value
from pgvector import HalfVector

from knowledge import shipped
from knowledge.models import Document, EmbeddingSpace, QuestionVector, WrittenQuestions
from knowledge.planning import hash_text
from knowledge.spaces import model_of
from knowledge.terms import fold
from llm.embedding import embed_passages
from llm.embedding_model import configured_model

REQUESTS = 4  # per batch, as for passages

_MISSING = """EXISTS (
    SELECT FROM unnest(knowledge_document.questions || coalesce(
        (SELECT w.questions FROM knowledge_writtenquestions AS w WHERE w.document_id = knowledge_document.id),
        '{}')) AS question
    WHERE question <> '' AND NOT EXISTS (
        SELECT FROM knowledge_questionvector AS v
        WHERE v.document_id = knowledge_document.id AND v.space_id = %(expressions)s
          AND v.question_hash = encode(sha256(convert_to(question, 'UTF8')), 'hex')))"""

AfterBatch = Callable[[set[int]], bool]
Asked = tuple[int, str]  # a document and a question of its


def missing(space: EmbeddingSpace) -> Func:
    """As a condition on documents: some question of theirs has no vector."""
    return Func(Value(space.pk), template=_MISSING, output_field=BooleanField())


def fill(space: EmbeddingSpace, documents: QuerySet[Document], *, after_batch: AfterBatch) -> bool:
    """Embed what is missing, batch by batch; stop early, returning False, when `after_batch` says so."""
    waiting = documents.filter(missing(space), status=Document.Status.PUBLISHED)
    for batch in _batches(space, waiting):
        _embed(space, batch)
        if not after_batch({document for document, _question in batch}):
            return not waiting.exists()
    return True


def _batches(space: EmbeddingSpace, waiting: QuerySet[Document]) -> Iterator[list[Asked]]:
    """Pages of articles by key; an article with very many questions is more than one batch."""
    last, size = 0, REQUESTS * configured_model().batch
    while page := list(waiting.filter(pk__gt=last).order_by("pk").only("pk", "questions")[:size]):
        asked = [(document.pk, text) for document in page for text in _without_vector(space, document)]
        for at in range(0, len(asked), size):
            yield asked[at : at + size]
        last = page[-1].pk


def _without_vector(space: EmbeddingSpace, document: Document) -> list[str]:
    there = QuestionVector.objects.filter(document=document, space=space)
    known = set(there.values_list("question_hash", flat=True))
    return [text for text in questions_of(document) if hash_text(text) not in known]


def questions_of(document: Document) -> list[str]:
    """What an article is found by beside its text, each once: what staff typed, then what a model wrote."""
    written = WrittenQuestions.objects.filter(document=document).values_list("questions", flat=True).first()
    return [text for text in dict.fromkeys([*document.questions, *(written or [])]) if text]


def _embed(space: EmbeddingSpace, batch: list[Asked]) -> None:
    texts = {hash_text(text): text for _document, text in batch}
    vectors = shipped.vectors_for(space.identity, list(texts))
    rest = [key for key in texts if key not in vectors]
    if rest:
        embedded = embed_passages([texts[key] for key in rest], model_of(space))
        vectors |= dict(zip(rest, embedded, strict=True))
    _store(space, batch, vectors)


@transaction.atomic
def _store(space: EmbeddingSpace, batch: list[Asked], vectors: dict[str, list[float]]) -> None:
    """Store the vectors of what is still asked: an edit may have removed or withdrawn some meanwhile."""
    keys = {document for document, _question in batch}
    locked = Document.objects.published().select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    documents = list(locked.only("pk", "source_id", "questions"))
    sources = {document.pk: document.source_id for document in documents}
    standing = {document.pk: set(questions_of(document)) for document in documents}
    rows = [
        QuestionVector(
            document_id=pk,
            space=space,
            source_id=sources[pk],
            question_hash=hash_text(text),
            vector=HalfVector(vectors[hash_text(text)]),
        )
        for pk, text in batch
        if text in standing.get(pk, ())
    ]
    QuestionVector.objects.bulk_create(rows, ignore_conflicts=True)


def give_over(document: Document) -> None:
    """What staff typed or took over is no longer among what a model wrote. The caller holds the document."""
    written = WrittenQuestions.objects.select_for_update().filter(document=document).first()
    own = {fold(question) for question in document.questions}
    if written and own.intersection(map(fold, written.questions)):
        written.questions = [question for question in written.questions if fold(question) not in own]
        written.save(update_fields=["questions"])


def forget_gone(document: Document) -> None:
    """What nobody asks any more brings the article no longer, in whichever space."""
    asked = [hash_text(text) for text in questions_of(document)]
    QuestionVector.objects.filter(document=document).exclude(question_hash__in=asked).delete()


def forget(document: Document) -> None:
    QuestionVector.objects.filter(document=document).delete()
