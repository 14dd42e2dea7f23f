"""Words that mean the same to customers, as staff added them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

FORM_LENGTH = 60


class Synonyms(models.Model):
    """One group. A word that stands alone in its group is never exchanged."""

    english = ArrayField(
        models.CharField(max_length=FORM_LENGTH), default=list, blank=True, verbose_name=_("English")
    )
    french = ArrayField(
        models.CharField(max_length=FORM_LENGTH), default=list, blank=True, verbose_name=_("French")
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["pk"]

    def __str__(self) -> str:
        return " · ".join([*self.english, *self.french])

    @property
    def forms(self) -> dict[str, list[str]]:
        return {"en": self.english, "fr": self.french}
