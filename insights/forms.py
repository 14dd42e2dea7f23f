"""What staff say about topics."""

from __future__ import annotations

from django import forms

from insights.models import Topic


class NameForm(forms.Form):
    name = forms.CharField(max_length=120)


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(Topic.objects.all())
