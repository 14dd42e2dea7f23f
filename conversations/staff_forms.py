from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_NOTE = 10_000


class NoteForm(forms.Form):
    """A word among staff. `client_id` is made by the page, so that sending twice stores once."""

    text = forms.CharField(
        max_length=LONGEST_NOTE,
        error_messages={
            "max_length": _(
                "A note has %(limit_value)d letters at most, and this one %(show_value)d. "
                "Shorten it, or write two."
            ),
            "required": _("Write something first."),
        },
    )
    client_id = forms.UUIDField()
