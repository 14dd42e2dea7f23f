"""Suites of scenarios as rows. Only `evaluation/suites/` writes them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Suite(models.Model):
    """Its name is what it is asked for by: `manage.py evaluate "Returns"`."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    about = models.TextField(_("what it watches over"), blank=True)
    origin = models.CharField(_("from"), max_length=200, blank=True)  # "" where somebody wrote it here
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("suite")
        verbose_name_plural = _("suites")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
