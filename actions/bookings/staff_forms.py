"""What staff fill in: a booking for a customer, and where it is moved to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from actions.bookings.models import Person, Service
from actions.bookings.moments import read_moments
from chatbot import mailing

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = forms.TimeInput(attrs={"type": "time", "step": "300"}, format="%H:%M")


class WhenForm(forms.Form):
    """A day and a time at the company, and with whom."""

    day = forms.DateField(label=_("Day"), widget=DAY)
    time = forms.TimeField(label=_("Time"), widget=CLOCK)
    person = forms.ModelChoiceField(
        label=_("With"), queryset=Person.objects.filter(active=True), required=False,
        empty_label=_("Whoever is free"),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "field__control"
            field.widget.attrs["id"] = f"booking-{name}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["starts"] = self._starts(cleaned)
        return cleaned

    def _starts(self, cleaned: dict[str, Any]) -> datetime:
        moments = read_moments(f"{cleaned['day']:%Y-%m-%d}T{cleaned['time']:%H:%M}")
        if not moments:
            raise ValidationError(_("This time does not exist: the clock is put forward in that hour."))
        return moments[0]


class BookingForm(WhenForm):
    service = forms.ModelChoiceField(
        label=_("Service"), queryset=Service.objects.filter(active=True), empty_label=None
    )
    name = forms.CharField(label=_("Customer"), max_length=120)
    email = forms.CharField(
        label=_("E-mail"), max_length=254, required=False, widget=forms.EmailInput(),
        help_text=_("Where the confirmation goes."),
    )  # fmt: skip
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    key = forms.CharField(max_length=60, widget=forms.HiddenInput())
    field_order = ["service", "day", "time", "person", "name", "email", "phone", "language", "note", "key"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email and not mailing.is_address(email):
            raise ValidationError(_("This is not an e-mail address."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        service, person = cleaned.get("service"), cleaned.get("person")
        if service and person and not service.people.filter(pk=person.pk).exists():
            self.add_error("person", _("This person does not offer the service."))
        return cleaned
