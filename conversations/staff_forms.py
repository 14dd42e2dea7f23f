from django import forms
from django.conf import settings


class NoteForm(forms.Form):
    """A word among staff. `client_id` is made by the page, so that sending twice stores once."""

    text = forms.CharField(max_length=settings.MESSAGE_MAX_CHARACTERS)
    client_id = forms.UUIDField()
