"""What the assistant knows: sources → documents → revisions → chunks → the search index."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField, SparseVectorField

TERM_SPACE = 2**29


class Source(models.Model):
    """Where documents come from: written here, or a folder or file that was imported."""

    class Kind(models.TextChoices):
        WRITTEN = "written", _("Written here")
        IMPORTED = "imported", _("Imported")

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.WRITTEN)
    location = models.CharField(_("location"), max_length=500, blank=True)
    # Average document length in terms, frozen between full re-indexes (BM25's avgdl).
    average_length = models.FloatField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["language", "name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "language"], name="category_once_per_language")
        ]

    def __str__(self) -> str:
        return self.name


class DocumentQuerySet(models.QuerySet["Document"]):
    def published(self) -> DocumentQuerySet:
        return self.filter(status=Document.Status.PUBLISHED)

    def public(self) -> DocumentQuerySet:
        return self.published().filter(audience=Document.Audience.EVERYONE)

    def in_language(self, language: str) -> DocumentQuerySet:
        return self.filter(language=language)


class Document(models.Model):
    """One article. Its translations share `external_id` within a source."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("Everyone")
        VERIFIED = "verified", _("Verified customers")
        STAFF = "staff", _("Staff only")

    class IndexState(models.TextChoices):
        """`words`: found by its words, meaning still to come; `stalled` is not the same as `queued`."""

        NONE = "none", _("Not indexed")
        QUEUED = "queued", _("Waiting to be indexed")
        RUNNING = "running", _("Being indexed")
        WORDS = "words", _("Found by words, meaning to follow")
        READY = "ready", _("Indexed")
        FAILED = "failed", _("Failed")
        STALLED = "stalled", _("Stalled")

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="documents", verbose_name=_("source")
    )
    external_id = models.CharField(_("external id"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    title = models.CharField(_("title"), max_length=300)
    description = models.CharField(_("description"), max_length=500, blank=True)
    body = models.TextField(_("text"), help_text=_("Markdown. Start headings at level two (##)."))
    category = models.ForeignKey(
        Category, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("category")
    )
    keywords = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("keywords")
    )
    url = models.URLField(_("original address"), max_length=500, blank=True)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("owner")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    # How far the index is with this document, shown beside it (written by knowledge/indexing.py only).
    index_state = models.CharField(max_length=10, choices=IndexState, default=IndexState.NONE, editable=False)
    index_progress = models.PositiveSmallIntegerField(default=0, editable=False)  # percent
    index_error = models.CharField(max_length=500, blank=True, editable=False)
    indexed_revision = models.ForeignKey(
        "Revision", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id", "language"],
                condition=~models.Q(external_id=""),
                name="external_id_once_per_source_and_language",
            )
        ]
        indexes = [models.Index(fields=["status", "language"], name="document_status_language")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        slug = slugify(self.title)[:80] or "article"
        return reverse("knowledge:article", kwargs={"language": self.language, "pk": self.pk, "slug": slug})


class Revision(models.Model):
    """The text of a document as it was saved; citations point at the revision they saw."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    body = models.TextField()
    fields = models.JSONField(default=dict)  # every other field a restore brings back
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"


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
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="chunk_ordinal_once")]

    def __str__(self) -> str:
        return " › ".join(self.heading_path) or self.text[:60]


class EmbeddingSpace(models.Model):
    """One embedding model's vectors. A second space is filled beside the live one, then made live."""

    identity = models.CharField(max_length=200, unique=True)  # llm.embedding.embedding_identity()
    dimensions = models.PositiveIntegerField()
    live = models.BooleanField(default=False)
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

    class Meta:
        indexes = [GinIndex(fields=["terms"], name="search_terms", fastupdate=False)]


class ChunkVector(models.Model):
    """`.6 · passage + .4 · title` in one embedding space (vectors of any one dimension per space)."""

    chunk = models.ForeignKey(Chunk, on_delete=models.CASCADE, related_name="vectors")
    space = models.ForeignKey(EmbeddingSpace, on_delete=models.CASCADE, related_name="vectors")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    vector = HalfVectorField()
    content_hash = models.CharField(max_length=64)  # Chunk.content_hash that was embedded

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chunk", "space"], name="one_vector_per_space")]


class TermCount(models.Model):
    """In how many chunks of a source a term stands (BM25's document frequency)."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    term = models.IntegerField()
    chunks = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "term"], name="term_once_per_source")]


class Calibration(models.Model):
    """The best scores that stock off-topic questions reach in a source, by question language.

    A set of sources has the element-wise maximum; the floor is a percentile of it.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="calibrations")
    space = models.ForeignKey(EmbeddingSpace, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=5)
    scores = ArrayField(models.FloatField())
    calibrated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "space", "language"], name="one_calibration_per_language"
            )
        ]


class IndexJob(models.Model):
    """A piece of indexing work: the row is the truth, the Celery task only a doorbell."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("One article")
        SOURCE = "source", _("A whole source")
        SPACE = "space", _("A new embedding model")
        CALIBRATION = "calibration", _("Calibration")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    kind = models.CharField(max_length=12, choices=Kind)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="index_jobs")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, related_name="index_jobs")
    space = models.ForeignKey(EmbeddingSpace, on_delete=models.CASCADE, null=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("indexing job")
        verbose_name_plural = _("indexing jobs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "not_before"], name="index_job_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def subject(self) -> Any:
        return self.document or self.source or self.space
