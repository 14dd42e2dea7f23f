"""The log of what was done. Only `actions/calls.py` writes it, and what a call brought is kept sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from actions.models.tools import Tool
from actions.wording import in_words


class Call(models.Model):
    """One call: what was asked and answered, without secrets and personal data, for staff to read.

    `conversation` is the number of one, without a foreign key: conversations stand above. `held` is sealed:
    what was given and brought, for as long as the same call may be asked for again.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Under way")
        WAITING = "waiting", _("Waits for approval")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        DECLINED = "declined", _("Turned down")

    SETTLED = (State.DONE, State.FAILED, State.DECLINED)

    action = models.CharField(_("action"), max_length=120)
    tool = models.ForeignKey(
        Tool, on_delete=models.SET_NULL, null=True, related_name="calls", verbose_name=_("tool")
    )
    conversation = models.CharField(_("conversation"), max_length=64, blank=True)
    key = models.CharField(max_length=300, null=True)  # None: it was refused before anything was sent
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.RUNNING)
    given = models.JSONField(_("given"), default=dict)
    answer = models.TextField(_("answer"), blank=True)
    held = models.TextField(blank=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    error = models.CharField(_("error"), max_length=40, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    final = models.BooleanField(default=False)  # what it did cannot be taken back
    duration_ms = models.PositiveIntegerField(_("duration"), null=True)
    at = models.DateTimeField(_("when"))
    due_at = models.DateTimeField(null=True)  # until then it may be under way
    tester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("tried by"),
    )  # fmt: skip
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    told_at = models.DateTimeField(null=True)  # the conversation knows what was decided

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["action", "-at"], name="calls_of_an_action")]
        constraints = [models.UniqueConstraint(fields=["conversation", "key"], name="one_call_of_a_key")]

    def __str__(self) -> str:
        return self.tool.name if self.tool else in_words(self.action)
