"""People to book in the admin site, with the hours and closures that are theirs alone."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminSelectWidget

from accounts.audit.admin import AuditedAdmin
from actions.bookings.admin.hours import HoursForm
from actions.bookings.models import Hours, Person


class PersonForm(forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=lambda: [("", _("The company’s")), *((name, name) for name in sorted(available_timezones()))],
        widget=UnfoldAdminSelectWidget,
        help_text=_("Their opening hours are by the clock of this zone."),
    )

    class Meta:
        model = Person
        fields = ["name", "email", "time_zone", "active"]


class HoursInline(TabularInline):
    model = Hours
    form = HoursForm
    fields = ["weekday", "opens", "closes"]
    extra = 0
    verbose_name_plural = _("Hours of their own (none: those of everybody)")


@admin.register(Person)
class PersonAdmin(AuditedAdmin):
    says_when_empty = _("Whoever, or whatever, can be booked once at a time: a colleague, a room.")
    form = PersonForm
    inlines = [HoursInline]
    list_display = ["name", "email", "time_zone", "active"]
    list_filter = ["active"]
    search_fields = ["name", "email"]
    warn_unsaved_form = True
