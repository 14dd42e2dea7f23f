"""Closures in the admin site, and a button that takes over a country's public holidays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget

from accounts.audit.admin import AuditedAdmin
from actions.bookings.models import Closure
from actions.bookings.moments import today
from actions.bookings.public_holidays import close_on_public_holidays
from actions.opening.holidays_of import countries

LIST = "admin:bookings_closure_changelist"
MOST_DAYS = 730


class ClosureForm(forms.ModelForm):
    class Meta:
        model = Closure
        fields = ["name", "person", "first_day", "last_day", "begins", "ends"]
        help_texts = {"begins": _("Left out: whole days."), "ends": _("Left out: until midnight.")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("The last day is before the first."))
        if first and last and (last - first).days > MOST_DAYS:
            self.add_error("last_day", gettext("This is longer than two years."))
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", gettext("It ends before it begins. Left out, it lasts until midnight."))
        return cleaned


class HolidaysForm(BaseDialogForm):
    country = forms.ChoiceField(label=_("Country"), choices=countries, widget=UnfoldAdminSelectWidget)
    year = forms.IntegerField(
        label=_("Year"),
        initial=lambda: today().year,
        validators=[MinValueValidator(2020), MaxValueValidator(2060)],
        widget=UnfoldAdminIntegerFieldWidget,
    )


@admin.register(Closure)
class ClosureAdmin(AuditedAdmin):
    says_when_empty = _("Holidays, and whatever else closes a day or a part of one, for all or for one.")
    form = ClosureForm
    list_display = ["name_or_closed", "days", "hours", "whose"]
    list_filter = ["person"]
    list_select_related = ["person"]
    search_fields = ["name"]
    date_hierarchy = "first_day"
    actions_list = ["take_holidays"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **more: Any) -> Any:
        form = super().get_form(request, obj, change, **more)
        form.base_fields["person"].empty_label = gettext("Everybody")
        return form

    @admin.display(description=_("reason"), ordering="name")
    def name_or_closed(self, closure: Closure) -> str:
        return str(closure)

    @admin.display(description=_("days"), ordering="first_day")
    def days(self, closure: Closure) -> str:
        first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in (closure.first_day, closure.last_day))
        return first if first == last else f"{first} – {last}"

    @admin.display(description=_("hours"))
    def hours(self, closure: Closure) -> str:
        if closure.begins is None and closure.ends is None:
            return gettext("whole days")
        begins, ends = closure.begins, closure.ends
        return f"{begins:%H:%M}" * bool(begins) + "–" + (f"{ends:%H:%M}" if ends else "24:00")

    @admin.display(description=_("whose"), ordering="person")
    def whose(self, closure: Closure) -> str:
        return str(closure.person or gettext("Everybody"))

    @action(
        description=_("Public holidays"),
        url_path="public-holidays",
        permissions=["add"],
        icon="event",
        dialog={
            "title": _("Close on public holidays"),
            "description": _("Days that are there already stay as they are."),
            "form_class": HolidaysForm,
            "form_submit_text": _("Close on these days"),
        },
    )
    def take_holidays(self, request: HttpRequest, form: HolidaysForm) -> HttpResponse:
        given = form.cleaned_data
        new = close_on_public_holidays(country=given["country"], year=given["year"])
        said = ngettext("%(n)d closure is new.", "%(n)d closures are new.", new) % {"n": new}
        (messages.success if new else messages.info)(request, said)
        back = reverse(LIST)
        # htmx would look for the dialog in the page that a redirect leads to.
        is_dialog = request.headers.get("HX-Request")
        return HttpResponse(headers={"HX-Redirect": back}) if is_dialog else redirect(back)
