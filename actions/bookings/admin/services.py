"""Services in the admin site: what can be booked, how long it takes, who offers it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from accounts.audit.admin import AuditedAdmin
from actions.bookings.admin import texts
from actions.bookings.models import Person, Service, in_words

TIMES = ["minutes", "before", "after", "step", "notice", "change_notice", "ahead"]
TEXTS = {"names": _("Name"), "prices": _("Price"), "places": _("Place")}


class ServiceForm(forms.ModelForm):
    people = forms.ModelMultipleChoiceField(
        label=capfirst(_("people")),
        queryset=Person.objects.all(),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Who offers it. Without anybody it cannot be booked."),
    )

    class Meta:
        model = Service
        fields = ["key", *TIMES, "people", "active"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for text in TEXTS:
            texts.fill_in(self, text)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(cleaned.get(name) for name in texts.names_of("names")):
            raise forms.ValidationError(gettext("Give it a name in one language at least."))
        return cleaned

    def save(self, commit: bool = True) -> Service:
        for text in TEXTS:
            setattr(self.instance, text, texts.take(self, text))
        saved: Service = super().save(commit)
        return saved


for _text, _label in TEXTS.items():
    ServiceForm.base_fields |= texts.fields_of(_text, _label)
    ServiceForm.declared_fields |= texts.fields_of(_text, _label)


@admin.register(Service)
class ServiceAdmin(AuditedAdmin):
    says_when_empty = _("What customers can book, such as a repair or a visit.")
    form = ServiceForm
    list_display = ["shown_name", "key", "minutes", "shown_people", "active"]
    list_filter = ["active"]
    search_fields = ["key", "names"]
    warn_unsaved_form = True
    fieldsets = [
        (None, {"fields": [*texts.names_of("names"), "key", "active", "people"]}),
        (_("Times"), {"fields": TIMES}),
        (
            _("What customers are told"),
            {"fields": [*texts.names_of("prices"), *texts.names_of("places")]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Service]:
        found: QuerySet[Service] = super().get_queryset(request)
        return found.prefetch_related("people")

    @admin.display(description=_("name"), ordering="key")
    def shown_name(self, service: Service) -> str:
        return in_words(service.names) or service.key

    @admin.display(description=_("people"))
    def shown_people(self, service: Service) -> str:
        return ", ".join(str(person) for person in service.people.all())
