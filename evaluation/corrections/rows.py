"""The rows of corrections, and of the mails that tell customers of them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chatbot.mail_queue import QueuedMail


class Cause(models.TextChoices):
    """Where it is to be put right."""

    MISSING = "missing", _("Nothing is written about it")
    ARTICLE = "article", _("An article says it wrongly, or not clearly")
    GUIDANCE = "guidance", _("How it answers: tone, rules, limits")
    FLOW = "flow", _("A step of a flow")
    OTHER = "other", _("Something else")


class Correction(models.Model):
    """What an answer should have been, what is done about it, and whether that helped.

    `facts`: what has to be in the answer, a sentence each; they are what the scenario looks for. `outcome` is
    what is to become of the question: assistant.events.Outcome, "" where the flow decides.
    """

    class State(models.TextChoices):
        WRONG = "wrong", _("Still wrong")
        RIGHT = "right", _("Right now")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="corrections")
    assistant = models.ForeignKey("assistant.Assistant", on_delete=models.CASCADE, related_name="+")
    question = models.TextField(_("question"))
    right_answer = models.TextField(_("the right answer"), blank=True)
    facts = ArrayField(models.TextField(), default=list, blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=5)
    cause = models.CharField(_("cause"), max_length=10, choices=Cause)
    remark = models.CharField(_("for your colleagues"), max_length=2000, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="corrections",
        verbose_name=_("corrected by"),
    )  # fmt: skip
    scenario = models.ForeignKey(
        "evaluation.Scenario", on_delete=models.SET_NULL, null=True, related_name="corrections"
    )
    # What puts it right: one of these, or nothing that the product knows of.
    document = models.ForeignKey("knowledge.Document", on_delete=models.SET_NULL, null=True, related_name="+")
    wrote_document = models.BooleanField(default=False)  # it was written for this
    guidance = models.ForeignKey("assistant.Guidance", on_delete=models.SET_NULL, null=True, related_name="+")
    flow = models.CharField(max_length=60, blank=True)  # its key
    step = models.CharField(max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WRONG)
    # What came of running the scenario last, and when it is to be run again.
    says_now = models.TextField(blank=True)
    outcome_now = models.CharField(max_length=12, blank=True)
    checked_at = models.DateTimeField(null=True)
    check_due_at = models.DateTimeField(null=True)
    check_error = models.CharField(max_length=300, blank=True)  # why it could not be run
    right_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # whoever reported it
    created_at = models.DateTimeField(_("corrected"), auto_now_add=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.UniqueConstraint(
                fields=["message"], condition=~Q(state="withdrawn"), name="correction_once"
            )
        ]
        indexes = [
            models.Index(fields=["state", "-created_at"], name="correction_newest"),
            models.Index(
                fields=["check_due_at"], condition=Q(check_due_at__isnull=False), name="correction_due"
            ),
        ]

    def __str__(self) -> str:
        return self.question[:120]


class CorrectionMail(QueuedMail):
    """A customer who wanted to know is told that the answer was put right."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="mails")
    # The answer that this customer complained of: the corrected one, or another to the same question.
    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="+")
    # Emptied as soon as the mail is sent or given up: it is needed for nothing else.
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="queued"), name="correction_mail_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["message"], name="correction_mail_once"),
            models.CheckConstraint(
                condition=Q(state="queued") | Q(email=""), name="correction_mail_forgets_where_to"
            ),
        ]
