"""The form of a tool: what it calls, with what, for whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from actions.admin.secret_field import RESERVED, SecretFields, may_carry_a_key
from actions.composing import PLACEHOLDER, TOKEN, read_body
from actions.errors import ActionError
from actions.models import Auth, Tool
from chatbot.outgoing import OutgoingError, check_url, in_words

MOST_HEADERS = 20
LONGEST_HEADER = 500


def wrong_with(url: str) -> str:
    """Why nothing at this address can be called, in words; "" where something can."""
    front = url.partition("?")[0]
    if not url:
        return gettext("It has no address yet. Write one first.")
    if PLACEHOLDER.search(front.partition("://")[2].partition("/")[0]):
        return gettext("The server's name is always the same: no parameter can stand in it.")
    try:
        check_url(PLACEHOLDER.sub("x", url))
    except OutgoingError as error:
        return f"{capfirst(in_words(error.code))}."
    return ""


class HeadersField(forms.CharField):
    """`Name: value`, one to a line."""

    widget = UnfoldAdminTextareaWidget(attrs={"rows": 3, "placeholder": "X-Shop: lyon"})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{name}: {text}" for name, text in value.items())
        return value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        if len(lines) > MOST_HEADERS:
            raise forms.ValidationError(_("At most %(n)d headers.") % {"n": MOST_HEADERS})
        return dict(_header(line) for line in lines)

    def validate(self, value: Any) -> None:
        """Each line was looked at."""

    def run_validators(self, value: Any) -> None:
        """They are for one text."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


def _header(line: str) -> tuple[str, str]:
    name, colon, value = (part.strip() for part in line.partition(":"))
    if not colon or not TOKEN.fullmatch(name) or not value.isprintable() or len(value) > LONGEST_HEADER:
        raise forms.ValidationError(
            gettext("“%(line)s” is not a header: write a name, a colon and its value.") % {"line": line[:60]}
        )
    if name.lower() in RESERVED or name.lower().startswith("proxy-"):
        raise forms.ValidationError(
            gettext("“%(name)s” is set by itself; secrets belong under “Authentication”.") % {"name": name}
        )
    return name, value


class ToolForm(SecretFields):
    headers = HeadersField(
        label=capfirst(_("headers")), required=False,
        help_text=_("One to a line, perhaps with parameters in them. No secrets: admins can read them here."),
    )  # fmt: skip

    class Meta:
        model = Tool
        fields = [
            "name", "key", "description", "enabled", "method", "url", "headers", "auth", "auth_name",
            "body_as", "body", "seconds", "changes", "verified_only", "in_free_conversation", "per_minute",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _language in settings.LANGUAGES:
            language = get_language_info(code)["name_translated"]
            self.fields[f"words_{code}"].initial = self.instance.words.get(code, "")
            self.fields[f"words_{code}"].label = capfirst(gettext("in %(language)s") % {"language": language})
        self.fields["description"].widget.attrs["rows"] = 3
        if "url" in self.fields:
            self.fields["url"].required = True
            self.fields["body"].widget.attrs["rows"] = 4

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        if wrong := wrong_with(url):
            raise forms.ValidationError(wrong)
        return url

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"].strip()
        if not body:
            return ""
        try:
            read = read_body(body)
        except ActionError as error:
            raise forms.ValidationError(
                _('This is not JSON. Parameters stand in texts: "{number}", with the quotation marks.')
            ) from error
        if self.cleaned_data.get("body_as") == Tool.BodyAs.FORM and not isinstance(read, dict):
            raise forms.ValidationError(_("Form fields need an object: names and values."))
        return body

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        auth = given.get("auth", Auth.NONE)
        if auth in (Auth.BASIC, Auth.KEY) and not given.get("auth_name"):
            self.add_error("auth_name", _("Needed for this kind of authentication."))
        name = given.get("auth_name") or ""
        if auth == Auth.KEY and name and not may_carry_a_key(name):
            self.add_error("auth_name", _("This cannot be the name of a header."))
        if auth != Auth.NONE and "auth" in self.fields and not self.has_secret():
            self.add_error("new_secret", _("Needed for this kind of authentication."))
        if given.get("method") == Tool.Method.GET and given.get("body"):
            self.add_error("body", _("A GET request has no body: choose another method, or leave it empty."))
        return given

    def save(self, commit: bool = True) -> Any:
        self.keep_secret()
        words = {code: self.cleaned_data.get(f"words_{code}", "") for code, _language in settings.LANGUAGES}
        self.instance.words = {code: text for code, text in words.items() if text}
        return super().save(commit)


for _code, _language in settings.LANGUAGES:
    ToolForm.declared_fields[f"words_{_code}"] = ToolForm.base_fields[f"words_{_code}"] = forms.CharField(
        required=False, max_length=120, widget=UnfoldAdminTextInputWidget
    )


DESCRIBED_ANEW = _(
    "The server describes this tool in another way since you opened the page. Look at it again before you "
    "switch it on."
)


class McpToolForm(ToolForm):
    """Of a tool that an MCP server declares: how it is called is not ours to say. It is switched on as it was
    seen, or not at all."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.fingerprint

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("seen", "") != self.instance.fingerprint:
            raise forms.ValidationError(DESCRIBED_ANEW)
        return given

    class Meta(ToolForm.Meta):
        fields = [
            "name", "description", "enabled", "seconds", "changes", "verified_only", "in_free_conversation",
            "per_minute",
        ]  # fmt: skip
