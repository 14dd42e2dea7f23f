"""Sources, their documents, and every text a document has had."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.addresses import page_address


class Source(models.Model):
    """Where documents come from: written here, files that were imported, a site, past conversations."""

    class Kind(models.TextChoices):
        WRITTEN = "written", _("Written here")
        IMPORTED = "imported", _("Imported")
        WEB = "web", _("Web site")
        CONVERSATIONS = "conversations", _("Conversations")

    class Scope(models.TextChoices):
        SITE = "site", _("This page and what it links to below it")
        SITEMAP = "sitemap", _("What the site's map lists")
        FEED = "feed", _("What a feed (RSS, Atom) names")
        PAGE = "page", _("Only this page")

    class Schedule(models.TextChoices):
        NEVER = "never", _("Only when asked")
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.WRITTEN)
    location = models.CharField(_("location"), max_length=500, blank=True)
    # Of documents that name none. Without a language each text's own is recognised.
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, blank=True)
    audience = models.CharField(_("audience"), max_length=10, default="everyone")
    # How what comes from here is cleaned: see knowledge/intake/rules.py.
    cleaning = models.JSONField(_("cleaning"), default=dict, blank=True)
    # Of a site: which pages, how often they are visited again, and whether changes wait to be looked at.
    scope = models.CharField(_("which pages"), max_length=10, choices=Scope, default=Scope.SITE)
    include = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    exclude = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    most_pages = models.PositiveIntegerField(_("at most"), default=500)
    schedule = models.CharField(_("visited again"), max_length=10, choices=Schedule, default=Schedule.NEVER)
    publish_visits = models.BooleanField(_("publish changes without asking"), default=False)
    next_visit_at = models.DateTimeField(_("next visit"), null=True, editable=False)
    needs_approval = models.BooleanField(
        _("changes need somebody else’s approval"),
        default=False,
        help_text=_(
            "Then only admins change at once what customers read; everybody else proposes, and somebody "
            "else approves. Taking an article back is always possible."
        ),
    )
    write_questions = models.BooleanField(
        _("let the model write the questions that articles answer"),
        default=True,
        help_text=_(
            "They are searched too, so that an article is found in other words than its own. It costs one "
            "call of the model for each article, and another when its text changes: some 1,000 tokens, at "
            "most about 2,500. Articles for staff are sent to it as well. Turned off, what is written stays."
        ),
    )
    licence = models.CharField(
        _("licence"),
        max_length=120,
        blank=True,
        help_text=_(
            "Under which its texts may be used, such as “ours” or “CC BY 4.0”. It is told with datasets."
        ),
    )
    for_training = models.BooleanField(
        _("models may be trained on it"),
        default=True,
        help_text=_("Turned off, no dataset holds passages of it, or answers that rest on them."),
    )
    # Of a site: the blocks that stand on most of its pages and are left out.
    repeated = ArrayField(models.TextField(), default=list, editable=False)
    # BM25's avgdl, in words: frozen until the real average has drifted from it (knowledge/counting.py).
    average_length = models.FloatField(default=0, editable=False)
    # The last passage whose weights were computed anew after that; None when all are.
    weighed_up_to = models.BigIntegerField(null=True, editable=False)
    # How many passages are searchable and how many words they have together, kept up to date by each change.
    passages = models.PositiveIntegerField(_("passages"), default=0, editable=False)
    words = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    review_months = models.PositiveSmallIntegerField(
        _("reviewed every (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("After so many months without a change its articles are listed to be reviewed."),
    )

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
    # Other ways to ask what this answers. They are searched, and not shown to customers.
    questions = ArrayField(
        models.CharField(max_length=300), default=list, blank=True, verbose_name=_("questions")
    )
    keywords = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("keywords")
    )
    url = models.URLField(_("original address"), max_length=500, blank=True)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("owner")
    )
    review_by = models.DateField(
        _("to be reviewed by"),
        null=True,
        blank=True,
        help_text=_("From that day on it is listed among the articles to be reviewed."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    # Of an imported document: its path in the import, for links between files, and the hash of what was read.
    path = models.CharField(max_length=500, blank=True, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    # How far the index is with this document, shown beside it (written by knowledge/indexing.py only).
    index_state = models.CharField(max_length=10, choices=IndexState, default=IndexState.NONE, editable=False)
    index_progress = models.PositiveSmallIntegerField(default=0, editable=False)  # percent
    index_error = models.CharField(max_length=500, blank=True, editable=False)  # see knowledge/failures.py
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
        indexes = [
            models.Index(fields=["status", "language"], name="document_status_language"),
            models.Index(fields=["index_state", "updated_at"], name="document_index_state"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return page_address(self.pk, self.language, self.title)

    @property
    def other_words(self) -> list[str]:
        """What it is searched by beside its title and text."""
        return [*self.keywords, *self.questions]


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
    # Who has looked at it before it was published, where it was proposed.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    imported = models.BooleanField(default=False)  # it came from elsewhere; `author` only let it in
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"
