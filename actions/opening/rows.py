"""The rows of business hours."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OpeningCalendar(models.Model):
    """When somebody is there. One of them is the company's; a team may have another (`Team.calendar`)."""

    of_company = models.BooleanField(default=False)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)  # "": the company's
    # Seven lists of [from, to], Monday first, as "09:00"; to "00:00" is midnight, earlier is the next day.
    week = models.JSONField(_("week"), default=list)
    country = models.CharField(_("country"), max_length=6, blank=True)  # whose public holidays are closed
    region = models.CharField(_("region"), max_length=40, blank=True)
    # {day: {"name": …, "hours": [[from, to], …]}}: what holds instead; no hours: closed. "usual": true for a
    # public holiday that is a day like any other.
    days = models.JSONField(_("days"), default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("business hours")
        verbose_name_plural = _("business hours")
        constraints = [
            models.UniqueConstraint(
                fields=["of_company"],
                condition=models.Q(of_company=True),
                name="one_calendar_of_the_company",
            )
        ]

    def __str__(self) -> str:
        return str(_("Business hours"))
