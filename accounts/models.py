"""Staff: who works here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.audit.rows import AuditEntry as AuditEntry


class Role(models.TextChoices):
    """What a member of staff may do; each role includes the ones before it."""

    AGENT = "agent", _("Agent")
    EDITOR = "editor", _("Editor")
    ADMIN = "admin", _("Admin")

    def includes(self, other: str) -> bool:
        order = list(Role)
        return order.index(self) >= order.index(Role(other))


# Blank until somebody chooses: a default would turn a French browser English at the first sign-in.
LANGUAGES = [("", _("As the browser asks")), *settings.LANGUAGES]


class User(AbstractUser):
    """A member of staff. Customers are not users: see `conversations.Customer`."""

    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.AGENT)
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES, blank=True)

    class Meta(AbstractUser.Meta):
        verbose_name = _("member of staff")  # type: ignore[assignment]
        verbose_name_plural = _("staff")  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        # The admin site lets in whoever is "staff" in Django's sense; here the role decides that.
        self.is_staff = Role(self.role).includes(Role.EDITOR)
        # Django keeps a new password in words until the row is saved. Of a new person it is no change.
        new_password = self.pk is not None and getattr(self, "_password", None) is not None
        super().save(*args, **kwargs)
        if new_password:
            audit.record(audit.Action.PASSWORD, self)

    def may(self, role: str) -> bool:
        """Whether this person holds `role` or a higher one."""
        return self.is_active and (self.is_superuser or Role(self.role).includes(role))
