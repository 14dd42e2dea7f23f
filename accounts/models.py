"""Staff: who works here."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member of staff may do; each role includes the ones before it."""

    AGENT = "agent", _("Agent")
    EDITOR = "editor", _("Editor")
    ADMIN = "admin", _("Admin")

    def includes(self, other: str) -> bool:
        order = list(Role)
        return order.index(self) >= order.index(Role(other))


class User(AbstractUser):
    """A member of staff. Customers are not users: see `conversations.Customer`."""

    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.AGENT)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def may(self, role: str) -> bool:
        """Whether this person holds `role` or a higher one."""
        return self.is_active and (self.is_superuser or Role(self.role).includes(role))
