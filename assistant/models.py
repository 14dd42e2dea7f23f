"""The assistant as staff set it up."""

from __future__ import annotations

from copy import copy

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistant.guidance.rows import Guidance as Guidance
from assistant.introduction.rows import IntroductionQuestion as IntroductionQuestion
from assistant.releases.released import Released
from assistant.releases.rows import Release as Release
from assistant.releases.rows import Serving as Serving


class Template(models.TextChoices):
    """What an objective can start from."""

    QUESTIONS = "questions", _("Answer questions")
    BOOKING = "booking", _("Take bookings")
    SUPPORT = "support", _("Customer support")


class AssistantQuerySet(models.QuerySet["Assistant"]):
    @transaction.atomic
    def show_on_chat_page(self, assistant: Assistant) -> None:
        """Make this the one that the chat page shows, in the place of the one before."""
        self.filter(is_default=True).update(is_default=False)
        self.filter(pk=assistant.pk).update(is_default=True, active=True)


class Assistant(models.Model):
    """Name, objective, greeting, models and knowledge of one assistant."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), unique=True)
    template = models.CharField(_("template"), max_length=12, choices=Template, default=Template.QUESTIONS)
    company = models.CharField(_("company"), max_length=120, blank=True)
    tasks = models.TextField(_("tasks"), blank=True, help_text=_("What it should help with, one per line."))
    out_of_scope = models.TextField(
        _("out of scope"), blank=True, help_text=_("What it must not deal with, one per line.")
    )
    audience = models.TextField(_("audience"), blank=True, help_text=_("Who writes to it."))
    tone = models.CharField(_("tone"), max_length=200, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5, choices=settings.LANGUAGES), default=list, verbose_name=_("languages")
    )
    success_measures = models.TextField(
        _("success measures"), blank=True, help_text=_("How you will know that it helps, one per line.")
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#1f6f5c",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("A colour such as #1f6f5c."))],
    )
    sources = models.ManyToManyField(
        "knowledge.Source", blank=True, verbose_name=_("sources"), help_text=_("None chosen: all of them.")
    )
    answer_model = models.CharField(_("model for answers"), max_length=120, blank=True)
    rewrite_model = models.CharField(_("model for reading questions"), max_length=120, blank=True)
    redact_prompts = models.BooleanField(
        _("keep personal data from the models"),
        default=False,
        help_text=_(
            "E-mail addresses, telephone numbers and bank accounts of customers are replaced by words in "
            "what is sent to a model that writes or puts passages in order. An answer cannot repeat them "
            "then."
        ),
    )
    suggests_replies = models.BooleanField(
        _("suggest replies to staff"),
        default=True,
        help_text=_(
            "While a person answers, each message of the customer brings a reply from the knowledge, with "
            "its sources, above the place where your team writes. Nothing is sent by itself."
        ),
    )
    takes_pictures = models.BooleanField(
        _("customers may send pictures"),
        default=True,
        help_text=_(
            "JPEG, PNG, GIF and WebP, such as a photo of what is broken. Each is drawn anew before it is "
            "kept, so that nothing is left in it but what can be seen: not where it was taken, nothing "
            "harmful."
        ),
    )
    takes_documents = models.BooleanField(
        _("customers may send documents"),
        default=True,
        help_text=_(
            "PDF and text, such as an invoice. They are kept as they are and only ever downloaded: open them "
            "with care. Office files are never taken, since they may run programs where they are opened."
        ),
    )
    largest_file = models.PositiveSmallIntegerField(
        _("largest file, in MB"), default=10, validators=[MinValueValidator(1), MaxValueValidator(15)]
    )
    most_files = models.PositiveSmallIntegerField(
        _("files in one message, at most"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    active = models.BooleanField(_("active"), default=True)
    is_default = models.BooleanField(_("shown on the chat page"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AssistantQuerySet.as_manager()

    # What holds in the place of the settings, in a copy that is as customers get it (assistant/releases/).
    released: Released | None = None

    class Meta:
        verbose_name = _("assistant")
        verbose_name_plural = _("assistants")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_assistant"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def welcome_in(self, language: str) -> Welcome | None:
        """The greeting in the customer's language, else in the assistant's first one."""
        by_language = self._welcomes()
        for candidate in [language, *self.languages, *by_language]:
            if candidate in by_language:
                return by_language[candidate]
        return None

    def _welcomes(self) -> dict[str, Welcome]:
        """Of a release, its words; when people answer, and what stands above the questions before the chat,
        are facts that must not wait for a release."""
        kept = {welcome.language: welcome for welcome in self.welcomes.all()}
        if self.released is None or self.released.greetings is None:
            return kept
        return {
            language: (kept.get(language) or Welcome(assistant=self, language=language)).saying(*words)
            for language, words in self.released.greetings.items()
        }


class Welcome(models.Model):
    """What a customer sees before the first message, in one language."""

    assistant = models.ForeignKey(Assistant, on_delete=models.CASCADE, related_name="welcomes")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    greeting = models.TextField(_("greeting"))
    suggestions = models.TextField(_("suggested questions"), blank=True, help_text=_("One per line."))
    people = models.CharField(
        _("when people answer"),
        max_length=200,
        blank=True,
        help_text=_(
            "Told to whoever asks for a person, e.g. “Monday to Friday, 9 to 18; mostly within an hour.”"
        ),
    )

    introduction = models.TextField(
        _("above the questions before the chat"),
        blank=True,
        help_text=_(
            "Shown above the questions that are asked before the chat, such as why you ask. "
            "[Privacy notice](https://…) is a link."
        ),
    )

    class Meta:
        verbose_name = _("greeting")
        verbose_name_plural = _("greetings")
        constraints = [
            models.UniqueConstraint(fields=["assistant", "language"], name="one_welcome_per_language")
        ]

    def __str__(self) -> str:
        return self.greeting[:60]

    def saying(self, greeting: str, suggestions: str) -> Welcome:
        """A copy that is not kept."""
        own = copy(self)
        own.greeting, own.suggestions = greeting, suggestions
        return own

    def suggested_questions(self) -> list[str]:
        return [line.strip() for line in self.suggestions.splitlines() if line.strip()]


class Router(models.Model):
    """What is in use of what was learned about which words begin which flow (see `assistant/routing/`); one
    row. All that was ever learned stands in the register of trainings, above (`training/models.py`)."""

    ONLY = 1

    identity = models.CharField(max_length=200)  # of the embedding model
    signature = models.CharField(max_length=64)  # of what it was learned from
    training = models.PositiveIntegerField(default=0)  # its number in the register
    numbers = models.BinaryField(blank=True)  # empty where there was nothing to learn
    bar = models.FloatField()
    figures = models.JSONField(default=dict)
    trained_at = models.DateTimeField(default=timezone.now)
    # Of all that was learned from last, whether or not that is in use: for whoever tries a draft.
    vectors = models.BinaryField(blank=True)

    def __str__(self) -> str:
        return self.signature
