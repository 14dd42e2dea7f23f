"""The form in which staff say what is to be brought in, and where it shall stand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from knowledge.admin.cleaning_form import CleaningFields
from knowledge.intake.naming import free_name
from knowledge.models import Document, Source

NEW = ""


class ImportForm(CleaningFields):
    source = forms.ChoiceField(
        label=_("Into"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=_("An import into a source that is here already shows what is new, changed and gone."),
    )
    name = forms.CharField(
        label=_("Name of the new source"),
        required=False,
        max_length=120,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Without one, the name of the first file is taken."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("Recognise each text's own")), *settings.LANGUAGES],
        widget=UnfoldAdminSelectWidget,
    )
    audience = forms.ChoiceField(
        label=_("Readers"),
        required=False,
        choices=Document.Audience.choices,
        initial=Document.Audience.EVERYONE,
        widget=UnfoldAdminSelectWidget,
    )

    field_order = ["source", "name", "language", "audience"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        sources = Source.objects.exclude(kind__in=[Source.Kind.CONVERSATIONS, Source.Kind.WEB])
        field.choices = [(NEW, _("A new source")), *sources.values_list("pk", "name")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name = cleaned.get("name")
        if not cleaned.get("source") and name and Source.objects.filter(name=name).exists():
            self.add_error("name", _("There is a source with this name already: choose it above."))
        return cleaned

    def target(self, *, first: str, kind: str, location: str = "") -> Source:
        """The chosen source, or a new one; `first` names it when nobody did."""
        given = self.cleaned_data
        if given.get("source"):
            return Source.objects.get(pk=given["source"])
        return Source.objects.create(
            name=given["name"] or free_name(first),
            kind=kind,
            location=(location or first)[:500],
            language=given["language"],
            audience=given["audience"] or Document.Audience.EVERYONE,
            cleaning=self.cleaning(),
        )
