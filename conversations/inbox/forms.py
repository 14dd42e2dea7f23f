"""What staff send about conversations. The fields are called as the arguments of what they do."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conversations.inbox.filters import Filters
from conversations.models import Label, SavedView, Team

FARTHEST = timedelta(days=366)


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(User.objects.filter(is_active=True), required=False)


class TakeOverForm(forms.Form):
    """`instead_of`: whom they have seen to answer; 0 for nobody."""

    instead_of = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)


class TeamForm(forms.Form):
    team = forms.ModelChoiceField(Team.objects.all(), required=False)


class LabelForm(forms.Form):
    add = forms.ModelMultipleChoiceField(Label.objects.all(), required=False)
    remove = forms.ModelMultipleChoiceField(Label.objects.all(), required=False)


class PutOffForm(forms.Form):
    """`until`: with the zone of whoever says it. Nothing: until the customer writes."""

    until = forms.DateTimeField(required=False)

    def clean_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["until"]
        if until and not timezone.now() < until <= timezone.now() + FARTHEST:
            raise forms.ValidationError(_("Choose a moment to come, within a year."))
        return until


class NothingForm(forms.Form):
    pass


class NameForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ("name",)


class ViewForm(NameForm):
    """`query`: the address of the list; what it does not understand is left out."""

    query = forms.CharField(required=False, max_length=5_000)
    shared = forms.BooleanField(required=False)

    def clean_query(self) -> str:
        query = Filters.read(QueryDict(self.cleaned_data["query"])).query(after="")
        longest = SavedView._meta.get_field("query").max_length or 0
        if len(query) > longest:
            raise forms.ValidationError(_("Search for fewer words, then save the view."))
        return query
