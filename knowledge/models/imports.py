"""What is on its way in: uploaded files, imports, and each document an import brings, until it is decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models.documents import Document, Source


class ImportRun(models.Model):
    """One import of files or pages. What it brings waits in `ImportItem` until it is decided."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        READING = "reading", _("Being read")
        REVIEW = "review", _("To be decided")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    class Origin(models.TextChoices):
        FILES = "files", _("Files")
        WEB = "web", _("Web pages")
        CONVERSATIONS = "conversations", _("Conversations")

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="imports", verbose_name=_("source")
    )
    origin = models.CharField(_("from"), max_length=15, choices=Origin, default=Origin.FILES)
    what = models.CharField(_("what"), max_length=300, blank=True)  # names of the files, or the address
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, verbose_name=_("by"), related_name="+"
    )
    # Published as soon as it is read, without anyone looking (a scheduled visit of a site that is trusted).
    publish = models.BooleanField(default=False)
    # How far reading is, in files (or exports, or pages), and in what the next of them holds: whoever goes on
    # after a kill begins there.
    files = models.PositiveIntegerField(default=0)
    files_read = models.PositiveIntegerField(default=0)
    found_read = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)  # of a site: known so far, and visited
    pages_visited = models.PositiveIntegerField(default=0)
    reading = models.CharField(max_length=300, blank=True)  # the file that is being read now
    assets = models.PositiveIntegerField(default=0)  # images and the like that stood beside them
    error = models.CharField(max_length=500, blank=True)  # see knowledge/failures.py
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="import_state")]

    def __str__(self) -> str:
        return f"{self.source} · {self.what}" if self.what else str(self.source)

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.QUEUED, self.State.READING}


class ImportItem(models.Model):
    """A document as an import brings it, or why it does not."""

    class State(models.TextChoices):
        """`read`: not compared yet; `exchange`: a question and its answer from a conversation, not grouped
        yet; `gone`: an article of an earlier import that this one no longer holds."""

        READ = "read", _("Read")
        EXCHANGE = "exchange", _("From a conversation")
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        DUPLICATE = "duplicate", _("Duplicate")
        UNCHANGED = "unchanged", _("Unchanged")
        GONE = "gone", _("No longer there")
        REFUSED = "refused", _("Refused")
        LEFT = "left", _("Left out")

    class Decision(models.TextChoices):
        WAITING = "waiting", _("To be decided")
        APPROVED = "approved", _("Being published")
        PUBLISHED = "published", _("Published")
        DRAFTED = "drafted", _("Kept as a draft")
        DISCARDED = "discarded", _("Discarded")
        NONE = "none", _("Nothing to decide")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=State)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, default=Decision.WAITING)
    place = models.JSONField(default=dict)  # knowledge.loaders.base.Place
    external_id = models.CharField(max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    body = models.TextField(_("text"), blank=True)
    before = models.TextField(blank=True)  # the text as it was read, where cleaning changed it
    title_before = models.CharField(max_length=300, blank=True)
    # The rest of knowledge.intake.items.Item.
    fields = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64, blank=True)
    changes = models.JSONField(default=dict)  # how many places each cleaning step changed
    findings = models.JSONField(default=list)  # personal data that still stands in the text
    # The article that it changes, or that came of it.
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="+")
    edited_here = models.BooleanField(default=False)  # staff have edited that article since the last import
    edited_by = models.ForeignKey(  # who changed the item itself, here
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_by = models.ForeignKey(  # who has let it in, where that is left to a worker
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    duplicate_of = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="+")
    duplicate_of_item = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    likeness = models.FloatField(null=True)  # 0 to 1
    code = models.CharField(max_length=40, blank=True)  # why it was refused: knowledge.refusals.REASONS
    details = models.JSONField(default=dict)
    times = models.PositiveIntegerField(default=1)  # of a question from conversations: how often it was asked

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        ordering = ["run_id", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_item_number_once")]
        indexes = [
            models.Index(fields=["run", "state"], name="import_item_state"),
            models.Index(fields=["run", "decision"], name="import_item_decision"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.place.get("file", ""))


class Upload(models.Model):
    """A file that a person gave or a page that was visited, kept in the database until it is read.

    The worker that reads it may be on another machine.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=300)
    url = models.CharField(max_length=2000, blank=True)  # of a page
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class UploadPart(models.Model):
    """A piece of an uploaded file, so that none is ever held in memory as a whole."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="upload_part_once")]


class SitePage(models.Model):
    """A page of a site that is visited: when again, and by what it is known that it has changed.

    `etag`, `modified` and `digest` are those of the text that staff have seen; `seen_…` are of this visit,
    and count once its import has been read to the end.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("To be visited")
        READ = "read", _("Read")
        UNCHANGED = "unchanged", _("Unchanged")
        SKIPPED = "skipped", _("Not to be read")
        GONE = "gone", _("No longer there")
        FAILED = "failed", _("Failed")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="pages")
    url = models.CharField(max_length=2000)
    depth = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due = models.FloatField(default=0)  # seconds since the epoch
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=40, blank=True)  # a code of chatbot.outgoing or the server's status
    etag = models.CharField(max_length=500, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    seen_etag = models.CharField(max_length=500, blank=True)
    seen_modified = models.CharField(max_length=100, blank=True)
    seen_digest = models.CharField(max_length=64, blank=True)
    visited_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["source", "url"], name="page_once_per_source")]
        indexes = [models.Index(fields=["source", "state"], name="page_state")]

    def __str__(self) -> str:
        return self.url
