"""The parameters of a tool and the parts of its answer, as rows below its form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import StackedInline, TabularInline
from unfold.widgets import UnfoldAdminTextInputWidget

from actions.admin.access import is_admin
from actions.admin.names import named
from actions.composing import placeholders
from actions.models import Parameter, Taken, Tool
from actions.wording import called

MOST_ROWS = 60
MOST_CHOICES = 100


class ChoicesField(forms.CharField):
    """Values with commas between them."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return list(dict.fromkeys(word.strip() for word in str(value or "").split(",") if word.strip()))

    def validate(self, value: Any) -> None:
        if len(value) > MOST_CHOICES or any(len(word) > 120 or not word.isprintable() for word in value):
            raise forms.ValidationError(_("At most 100 choices of at most 120 characters."))

    def run_validators(self, value: Any) -> None:
        """They are for one text."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class ParameterForm(forms.ModelForm):
    choices = ChoicesField(label=capfirst(_("choices")), required=False)

    class Meta:
        model = Parameter
        fields = ["name", "label", "kind", "place", "required", "description", "choices", "own", "private"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == Parameter.Kind.CHOICE and not given.get("choices"):
            self.add_error("choices", _("Name the choices, with commas between them."))
        return given


class ParameterFormSet(forms.BaseInlineFormSet):
    """What the tool's own form and its rows say must fit together."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        gone = self.deleted_forms
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data and form not in gone]
        tool: Tool = self.instance
        for problem in [*_undeclared(tool, rows), *_misplaced(tool, rows)]:
            raise forms.ValidationError(problem)


def _undeclared(tool: Tool, rows: list[dict[str, Any]]) -> list[str]:
    names = {row["name"] for row in rows}
    headers = " ".join(map(str, tool.headers.values()))
    asked = placeholders(tool.url) | placeholders(headers) | placeholders(tool.body)
    return [
        gettext("{%(name)s} stands in the address, a header or the body: declare it as a parameter.")
        % {"name": name}
        for name in sorted(asked - names)
    ]


def _misplaced(tool: Tool, rows: list[dict[str, Any]]) -> list[str]:
    problems = []
    for row in rows:
        name, place = {"name": row["name"]}, row["place"]
        if place == Parameter.Place.PATH and row["name"] not in placeholders(tool.url):
            problems.append(gettext("“%(name)s” goes into the address: write {%(name)s} there.") % name)
        if row["name"] in placeholders(tool.url.partition("?")[0]) and not row["required"]:
            problems.append(gettext("“%(name)s” stands in the address, so it is required.") % name)
        if place == Parameter.Place.BODY and tool.method == Tool.Method.GET:
            problems.append(gettext("“%(name)s” goes into the body, which GET does not have.") % name)
        if row["own"] and not tool.verified_only:
            problems.append(
                gettext(
                    "“%(name)s” comes from the signed-in customer: switch on “for signed-in customers only”."
                )
                % name
            )
    return problems


class Rows:
    """Of an inline: everybody who comes in may look, admins alone change."""

    extra = 0
    max_num = MOST_ROWS

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)


class ParameterRows(Rows, StackedInline):
    model = Parameter
    form = ParameterForm
    formset = ParameterFormSet
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "label"), ("kind", "place"), "own", "description", "choices",
                    ("required", "private"),
                ]
            },
        )
    ]  # fmt: skip


class DeclaredElsewhere(Rows, TabularInline):
    """The parameters of an MCP server's tool: the server says them."""

    model = Parameter
    hide_title = True
    fields = readonly_fields = ["shown_name", "kind", "required", "description"]

    @admin.display(description=_("name"))
    def shown_name(self, parameter: Parameter) -> SafeString:
        return named(called(parameter.name, {parameter.name: parameter.label}), parameter.name)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TakenRows(Rows, TabularInline):
    model = Taken
    hide_title = True
    fields = ["name", "path", "kind", "required"]
