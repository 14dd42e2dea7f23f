"""The rows of datasets and of what is in them.

An example is made of a conversation and goes with it: whoever has a customer's words erased has not to think
of datasets. Files are made of the rows when they are wanted, and so never hold what is gone.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Form(models.TextChoices):
    CHAT = "chat", _("Conversations that end with the right answer")
    PREFERENCE = "preference", _("Pairs: the right answer and the wrong one")


class Part(models.TextChoices):
    TRAINING = "training", _("To learn from")
    VALIDATION = "validation", _("Held out")


class Origin(models.TextChoices):
    REVIEW = "review", _("Reviewed as right")
    CORRECTION = "correction", _("Corrected")
    STAFF = "staff", _("Answered by staff")


class Dataset(models.Model):
    """`asked`: training.examples.asked.Asked as JSON; `why` it was refused: a code of its words.py.

    `language`: of whoever made it, in which the card is written. What was `used_at` some time (a fine-tuning
    has learned from it) changes no more: it is copied.
    """

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("a dataset", "waits")
        MAKING = "making", pgettext_lazy("a dataset", "is being made")
        READY = "ready", pgettext_lazy("a dataset", "ready")
        REFUSED = "refused", pgettext_lazy("a dataset", "refused")
        FAILED = "failed", pgettext_lazy("a dataset", "failed")
        CANCELLED = "cancelled", pgettext_lazy("a dataset", "cancelled")

    OPEN = (State.QUEUED, State.MAKING)

    name = models.CharField(_("name"), max_length=120)
    form = models.CharField(_("form"), max_length=10, choices=Form, default=Form.CHAT)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    why = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    assistant = models.ForeignKey(
        "assistant.Assistant", on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("assistant"),
    )  # fmt: skip
    language = models.CharField(max_length=5, default="en")
    asked = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)  # training.examples.figuring
    card = models.TextField(blank=True)  # Markdown
    signature = models.CharField(max_length=64, blank=True)  # SHA-256 of both files
    error = models.CharField(max_length=500, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)  # by the worker that is at it
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class Example(models.Model):
    """One line of a file, or one that was left out, and `why`: a code of training.examples.words.

    `messages`: of a chat all of it, the answer last; of a pair what comes before the two answers `preferred`
    and `rejected`, each a list of one message. `question` and, with what the customer said before it, `asked`
    are the customer's words alone, by which it is compared.
    `group`: examples that must not be in different parts.
    """

    class State(models.TextChoices):
        IN = "in", _("in the dataset")
        LEFT_OUT = "left_out", _("left out")

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="examples")
    part = models.CharField(max_length=10, choices=Part, default=Part.TRAINING)
    place = models.PositiveIntegerField(default=0)
    origin = models.CharField(max_length=10, choices=Origin)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, null=True, related_name="+"
    )
    message = models.ForeignKey(
        "conversations.Message", on_delete=models.CASCADE, null=True, related_name="+"
    )
    said_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=5)
    topic = models.CharField(max_length=300, blank=True)
    question = models.TextField(blank=True)
    asked = models.TextField(blank=True)
    messages = models.JSONField(default=list)
    preferred = models.JSONField(default=list)
    rejected = models.JSONField(default=list)
    tokens = models.PositiveIntegerField(default=0)
    redacted = models.JSONField(default=dict)  # kind → how often
    cleaned = models.PositiveSmallIntegerField(default=0)  # texts that were tidied up
    changed = models.BooleanField(default=False)  # what it rests on says something else by now
    licences = models.JSONField(default=list)  # of the sources whose passages it holds
    state = models.CharField(max_length=10, choices=State, default=State.IN)
    why = models.CharField(max_length=20, blank=True)
    trouble = models.CharField(max_length=100, blank=True)  # of one that could not be read
    group = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("example of a dataset")
        verbose_name_plural = _("examples of datasets")
        ordering = ["part", "place", "pk"]
        indexes = [models.Index(fields=["dataset", "state", "part", "place"], name="example_in_dataset")]

    def __str__(self) -> str:
        return f"#{self.pk}"
