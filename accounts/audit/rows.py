"""The rows of the trail. PostgreSQL itself refuses to change or delete one (migration 0003)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Somebody did something to a thing. The names stay when the person or the thing is gone."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    who_name = models.CharField(_("who"), max_length=160, blank=True)
    action = models.CharField(_("action"), max_length=20)
    app = models.CharField(max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    key = models.CharField(max_length=64, blank=True)
    label = models.CharField(_("what"), max_length=200, blank=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    address = models.CharField(_("address"), max_length=45, blank=True)
    via = models.CharField(_("by way of"), max_length=10)
    # Folded by searching.py; what is searched, and never shown.
    words = SearchVectorField(null=True)

    class Meta:
        verbose_name = _("entry of the trail")
        verbose_name_plural = _("trail")
        ordering = ["-at", "-pk"]
        # Pages go from the newest down: each filter has an index in that order.
        indexes = [
            models.Index(fields=["at", "id"], name="audit_at"),
            models.Index(fields=["who", "at", "id"], name="audit_who"),
            models.Index(fields=["action", "at", "id"], name="audit_action"),
            models.Index(fields=["app", "kind", "at", "id"], name="audit_kind"),
            models.Index(fields=["key", "at", "id"], name="audit_thing"),
            GinIndex(fields=["words"], name="audit_words"),
        ]

    def __str__(self) -> str:
        return f"{self.who_name} {self.action} {self.label}".strip()
