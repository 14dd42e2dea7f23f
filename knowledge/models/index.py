"""The search index: passages, their words and their meaning, one row of each per passage."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from pgvector.django import HalfVectorField, SparseVectorField

from knowledge.models.documents import Document, Revision, Source

TERM_SPACE = 2**29


class Chunk(models.Model):
    """A passage of a published document, as it is quoted and shown."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="chunks")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="chunks")
    ordinal = models.PositiveIntegerField()
    heading_path = ArrayField(models.CharField(max_length=300), default=list)
    anchor = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    start = models.PositiveIntegerField()  # character offsets into the revision's body
    end = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)  # of what is embedded: title, heading path, text

    class Meta:
        ordering = ["document_id", "ordinal"]
        constraints = [
            # Deferred: a changed document renumbers its passages row by row.
            models.UniqueConstraint(
                fields=["document", "ordinal"],
                name="chunk_ordinal_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return " › ".join(self.heading_path) or self.text[:60]


class EmbeddingSpace(models.Model):
    """One embedding model's vectors. A second space is filled beside the live one, then made live."""

    identity = models.CharField(max_length=200, unique=True)  # llm.embedding.embedding_identity()
    dimensions = models.PositiveIntegerField()
    # EmbeddingModel.description: how to ask the model whose vectors are searched after the settings changed.
    description = models.JSONField(default=dict)
    live = models.BooleanField(default=False)
    # How words are weighed beside these vectors, and how far the bar for answering is moved: as the product
    # comes, unless something better was learned here (knowledge/weighing.py).
    words_share = models.FloatField(default=0.08)
    lift = models.FloatField(default=0.0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["live"], condition=models.Q(live=True), name="one_live_space")
        ]

    def __str__(self) -> str:
        return self.identity


class SearchRow(models.Model):
    """The narrow table that search reads: no text, so that it stays in memory.

    `audience`, `language` and `source` are copies of the document's, filtered in SQL.
    """

    chunk = models.OneToOneField(Chunk, on_delete=models.CASCADE, primary_key=True, related_name="search_row")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=5)
    audience = models.CharField(max_length=10)
    terms = ArrayField(models.IntegerField())
    weights = SparseVectorField(dimensions=TERM_SPACE)  # BM25, document side
    words = models.PositiveIntegerField()  # the passage's length, as BM25 counts it

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], name="search_terms", fastupdate=False),
            models.Index(fields=["audience"], name="search_audience"),
        ]


class ChunkVector(models.Model):
    """`.6 · passage + .4 · title` in one embedding space (vectors of any one dimension per space)."""

    chunk = models.ForeignKey(Chunk, on_delete=models.CASCADE, related_name="vectors")
    space = models.ForeignKey(EmbeddingSpace, on_delete=models.CASCADE, related_name="vectors")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    vector = HalfVectorField()
    content_hash = models.CharField(max_length=64)  # Chunk.content_hash that was embedded

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chunk", "space"], name="one_vector_per_space")]


class TitleVector(models.Model):
    """The vector of a title, kept so that an edit of the text does not embed its title again."""

    space = models.ForeignKey(EmbeddingSpace, on_delete=models.CASCADE, related_name="+")
    title_hash = models.CharField(max_length=64)
    vector = HalfVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "title_hash"], name="one_title_vector")]


class QuestionVector(models.Model):
    """The vector of a question that an article answers: it says where the article stands, not whether it
    answers (docs/decisions/0006-search.md)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="question_vectors")
    space = models.ForeignKey(EmbeddingSpace, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    question_hash = models.CharField(max_length=64)
    vector = HalfVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "space", "question_hash"], name="one_question_vector_per_space"
            )
        ]


class TermCount(models.Model):
    """In how many chunks of a source a term stands (BM25's document frequency)."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    term = models.IntegerField()
    chunks = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "term"], name="term_once_per_source")]


class Calibration(models.Model):
    """The best scores that stock off-topic questions reach in a source, by question language.

    A set of sources has the element-wise maximum; the floor is a percentile of it. `word_scores` are those of
    words alone; `centre` is the mean of the questions' vectors. `own_score` is what the titles of the
    source's own articles in that language usually reach, None when it has none. All with words at the usual
    share; `fronts` holds what they are at any other (knowledge/fronts.py), of the stock questions and of the
    own titles. Empty in rows that are older.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="calibrations")
    space = models.ForeignKey(EmbeddingSpace, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=5)
    scores = ArrayField(models.FloatField())
    word_scores = ArrayField(models.FloatField(), default=list)
    centre = HalfVectorField(null=True)
    own_score = models.FloatField(null=True)
    fronts = models.JSONField(default=dict)
    calibrated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "space", "language"], name="one_calibration_per_language"
            )
        ]


class Fingerprint(models.Model):
    """By what a document's text is recognised in another: see knowledge/cleaning/duplicates.py."""

    document = models.OneToOneField(
        Document, on_delete=models.CASCADE, primary_key=True, related_name="fingerprint"
    )
    exact = models.BinaryField()
    signature = models.BinaryField()
    bands = ArrayField(models.BigIntegerField())
    # Whether this text was compared with all others that were published then: see knowledge/upkeep/.
    compared = models.BooleanField(default=False)

    class Meta:
        indexes = [
            GinIndex(fields=["bands"], name="fingerprint_bands", fastupdate=False),
            models.Index(fields=["document"], condition=models.Q(compared=False), name="not_compared"),
        ]
