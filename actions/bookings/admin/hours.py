"""Opening hours in the admin site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.audit.admin import AuditedAdmin
from actions.bookings.models import Hours


class HoursForm(forms.ModelForm):
    class Meta:
        model = Hours
        fields = ["person", "weekday", "opens", "closes"]

    def clean(self) -> dict[str, Any]:
        """The same time to and from would be a whole day, which is written 00:00 to 00:00."""
        cleaned: dict[str, Any] = super().clean() or {}
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens is not None and opens == closes and (opens.hour or opens.minute):
            raise forms.ValidationError(
                gettext("It closes when it opens. For a whole day write 00:00 to 00:00.")
            )
        return cleaned


@admin.register(Hours)
class HoursAdmin(AuditedAdmin):
    says_when_empty = _("When bookings are taken each week: several rows for a day with a break.")
    form = HoursForm
    list_display = ["shown_day", "opens", "closes", "whose"]
    list_display_links = ["shown_day"]
    list_filter = ["weekday", "person"]
    list_select_related = ["person"]

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **more: Any) -> Any:
        form = super().get_form(request, obj, change, **more)
        form.base_fields["person"].empty_label = gettext("Everybody who has no hours of their own")
        return form

    @admin.display(description=_("weekday"), ordering="weekday")
    def shown_day(self, hours: Hours) -> str:
        return str(hours.get_weekday_display())

    @admin.display(description=_("whose"), ordering="person")
    def whose(self, hours: Hours) -> str:
        return str(hours.person or gettext("Everybody"))
