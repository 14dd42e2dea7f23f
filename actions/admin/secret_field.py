"""A secret in a form: it can be entered and taken away, and is never shown again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminPasswordWidget, UnfoldBooleanSwitchWidget

from actions.composing import TOKEN
from actions.sealing import seal

LONGEST = 4_000
# Ours, or set under "Authentication", where a secret is kept as one.
RESERVED = {
    "authorization", "connection", "content-length", "cookie", "host", "te", "trailer", "transfer-encoding",
    "upgrade",
}  # fmt: skip


def may_carry_a_key(name: str) -> bool:
    """Whether a header may have that name."""
    return bool(TOKEN.fullmatch(name)) and name.lower() not in RESERVED - {"authorization"}


class SecretFields(forms.ModelForm):
    """`new_secret` and `remove_secret`, for a model with a sealed `secret`."""

    new_secret = forms.CharField(
        label=_("Secret"),
        required=False,
        max_length=LONGEST,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "off"}),
        help_text=_("Token, password or key. It is kept encrypted, and nobody sees it again."),
    )
    remove_secret = forms.BooleanField(
        label=_("Forget the secret"), required=False, widget=UnfoldBooleanSwitchWidget
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.secret:
            self.fields["new_secret"].widget.attrs["placeholder"] = _(
                "kept – enter another one to replace it"
            )
        else:
            self.fields["remove_secret"].widget = forms.HiddenInput()

    def clean_new_secret(self) -> str:
        secret: str = self.cleaned_data["new_secret"].strip()
        if not secret.isprintable():
            raise forms.ValidationError(_("A secret is one line of visible characters."))
        return secret

    def has_secret(self) -> bool:
        """Whether there will be one when it is saved."""
        kept = self.instance.secret and not self.cleaned_data.get("remove_secret")
        return bool(self.cleaned_data.get("new_secret") or kept)

    def keep_secret(self) -> None:
        if new := self.cleaned_data["new_secret"]:
            self.instance.secret = seal(new)
        elif self.cleaned_data["remove_secret"]:
            self.instance.secret = ""
