"""A new flow from YAML: pasted or as a file, with what is wrong told by its line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Role
from accounts.permissions import role_required
from flows.graph import Graph
from flows.models import Flow
from flows.publishing import FlowError, create_flow
from flows.receiving import editor_of
from flows.yaml_form import from_yaml_with_lines
from flows.yaml_reading import MOST_BYTES, YamlError


class FromYamlForm(forms.Form):
    """`graph` is the flow, once the form is valid; `line` is where it is wrong, 0 for nowhere."""

    file = forms.FileField(
        label=gettext_lazy("A file"), required=False, allow_empty_file=True, max_length=None,
        widget=forms.FileInput(attrs={"class": "field__control", "accept": ".yaml,.yml,text/plain"}),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Or paste it here"), required=False, strip=False,
        widget=forms.Textarea(
            attrs={"class": "field__control mono", "rows": 16, "wrap": "off", "spellcheck": "false"}
        ),
    )  # fmt: skip
    graph: Graph
    line = 0

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        text = self._text(given)
        if not text.strip():
            raise forms.ValidationError(_("Choose a file, or paste the YAML of a flow."))
        try:
            self.graph, read = from_yaml_with_lines(text)
        except YamlError as error:
            self.line = error.line
            raise forms.ValidationError(str(error)) from error
        if Flow.objects.filter(key=self.graph.key).exists():
            self.line = read.line(("key",))
            told = _("Line %(line)d: there is a flow with the key “%(key)s” already. Take another key.")
            raise forms.ValidationError(told % {"line": self.line, "key": self.graph.key})
        return given

    def _text(self, given: dict[str, Any]) -> str:
        """A file goes before what is pasted, and its text into the field, where it can be mended."""
        file = given.get("file")
        if file is None:
            return str(given.get("text", ""))
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large: a flow has at most 2 MB."))
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This file is no text in UTF-8. Save it as YAML.")) from error
        self.data = {**self.data, "text": text}
        return str(text)

    @property
    def excerpt(self) -> list[tuple[int, str]]:
        """The line that is wrong, with those around it."""
        lines = str(self.data.get("text", "")).splitlines()
        first = max(self.line - 2, 1)
        shown = lines[first - 1 : self.line + 1] if self.line else []
        return [(number, line[:200]) for number, line in enumerate(shown, first)]


@role_required(Role.EDITOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_from_yaml(request: HttpRequest) -> HttpResponse:
    form = FromYamlForm(request.POST, request.FILES) if request.method == "POST" else FromYamlForm()
    if request.method == "POST" and form.is_valid():
        try:
            flow = create_flow(form.graph, author=editor_of(request))
        except FlowError as error:  # somebody took the key in the same moment
            form.add_error(None, str(error))
        else:
            return redirect("flows:editor", flow.key)
    return render(request, "flows/new_from_yaml.html", {"section": "flows", "form": form})
