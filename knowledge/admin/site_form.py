"""The form in which staff name a site whose pages become knowledge, and how often it is visited."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminURLInputWidget,
    UnfoldBooleanWidget,
)

from chatbot.outgoing import OutgoingError, check_url, in_words
from knowledge.admin.cleaning_form import LinesField
from knowledge.admin.import_form import ImportForm
from knowledge.crawling.addresses import read_address
from knowledge.models import Source

MOST_PAGES = 5_000
COPIED = ("scope", "include", "exclude", "most_pages", "schedule", "publish_visits")


class VisitFields(forms.Form):
    """Which pages of a site, and when again."""

    scope = forms.ChoiceField(
        label=_("Which pages?"),
        choices=Source.Scope.choices,
        initial=Source.Scope.SITE,
        widget=UnfoldAdminRadioSelectWidget,
    )
    most_pages = forms.IntegerField(
        label=_("At most"),
        min_value=1,
        max_value=MOST_PAGES,
        initial=500,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=_("Pages. A visit takes about a second for each."),
    )
    include = LinesField(
        label=_("Only below"), help_text=_("Beginnings of paths, such as /help. One on each line.")
    )
    exclude = LinesField(label=_("Not below"), help_text=_("Such as /blog. One on each line."))
    schedule = forms.ChoiceField(
        label=_("Visited again"),
        choices=Source.Schedule.choices,
        initial=Source.Schedule.WEEKLY,
        widget=UnfoldAdminSelectWidget,
        help_text=_("Not while changes of the visit before wait to be decided."),
    )
    publish_visits = forms.BooleanField(
        label=_("Publish what is new or changed without asking"),
        required=False,
        widget=UnfoldBooleanWidget,
        help_text=_("For sites that you write yourselves. Duplicates and deletions still wait for you."),
    )

    def clean_include(self) -> list[str]:
        return _paths(self.cleaned_data["include"])

    def clean_exclude(self) -> list[str]:
        return _paths(self.cleaned_data["exclude"])


def _paths(lines: list[str]) -> list[str]:
    return [line if line.startswith("/") else f"/{line}" for line in lines]


class SiteForm(VisitFields, ImportForm):
    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=UnfoldAdminURLInputWidget(attrs={"placeholder": "https://help.example.org/"}),
        help_text=_("Of the first page, of a site map or of a feed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["source"]  # a site is a source of its own
        self.fields["name"].help_text = _("Without one, the site's own name is taken.")

    def clean_address(self) -> str:
        given = self.cleaned_data["address"].strip()
        address = read_address(given if "://" in given else f"https://{given}")
        try:
            check_url(address or given)
        except OutgoingError as error:
            raise forms.ValidationError(f"{capfirst(in_words(error.code))}.") from error
        if address is None:
            raise forms.ValidationError(f"{capfirst(in_words('bad_address'))}.")
        if taken := Source.objects.filter(kind=Source.Kind.WEB, location=address).first():
            raise forms.ValidationError(
                _("This site is here already, as %(source)s: visit it from there."), params={"source": taken}
            )
        return address

    def make(self) -> Source:
        given = self.cleaned_data
        address: str = given["address"]
        source = self.target(
            first=address.split("://")[1].split("/")[0], kind=Source.Kind.WEB, location=address
        )
        for name in COPIED:
            setattr(source, name, given[name])
        source.save()
        return source
