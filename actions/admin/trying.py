"""Trying a tool: what would be sent, what came back, what was taken of it.

Of a tool that changes something only the request is shown, until somebody says that it shall really be sent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from actions import calls, kinds
from actions.admin.access import key_of, person
from actions.arguments import check
from actions.composing import MASK, Prepared, prepare
from actions.declared import Argument, Declared, Done
from actions.errors import ActionError, in_words
from actions.models import Call, Parameter, Tool
from actions.starting import Begun, carry_out, start
from actions.wording import beside, called

LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Tried:
    """`error` in words. `call` is its row in the log, None when nothing was sent."""

    request: Prepared | None = None
    error: str = ""
    call: Call | None = None
    taken: str = ""

    @property
    def body(self) -> str:
        return self.request.body.decode() if self.request and self.request.body else ""


class TryForm(forms.Form):
    """A field for each argument, and for each fact of the customer that is used."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, arguments: tuple[Argument, ...], labels: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.arguments = arguments
        for argument in arguments:
            words = called(argument.name, labels or {})
            made = _own(argument, words) if argument.own else _field(argument, words)
            made.technical = beside(words, argument.name)  # type: ignore[attr-defined]
            self.fields[argument.name] = made

    def given(self) -> dict[str, Any]:
        values = {one.name: self.cleaned_data.get(one.name) for one in self.arguments if not one.own}
        return {name: value for name, value in values.items() if value not in (None, "")}

    def customer(self) -> dict[str, Any]:
        """A signed-in one with what was filled in."""
        own = {one.own: self.cleaned_data.get(one.name) for one in self.arguments if one.own}
        return {"verified": True, **own}


def _field(argument: Argument, words: str) -> forms.Field:
    label = words if argument.required else _("%(name)s (optional)") % {"name": words}
    choices = {"choice": list(argument.choices), "boolean": ["yes", "no"]}.get(argument.kind)
    if choices:
        shown = [_("Yes"), _("No")] if argument.kind == "boolean" else choices
        pairs = [("", "–"), *zip(choices, shown, strict=True)]
        return forms.ChoiceField(
            label=label, choices=pairs, required=False, widget=UnfoldAdminSelectWidget,
            help_text=argument.description,
        )  # fmt: skip
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, widget=UnfoldAdminTextInputWidget,
        help_text=argument.description,
    )  # fmt: skip


def _own(argument: Argument, words: str) -> forms.Field:
    fact = dict(Parameter.Own.choices).get(argument.own, argument.own)
    label = _("%(name)s: of the customer") % {"name": words}
    return forms.CharField(
        label=label, required=False, max_length=300, widget=UnfoldAdminTextInputWidget, help_text=fact
    )


def try_page(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    tool = get_object_or_404(Tool.objects.whole(), pk=pk)
    declared = kinds.find(tool.key)
    assert declared is not None  # every row has a kind that knows it
    initial = _again(request, tool)
    given: dict[str, Any] = {"arguments": declared.arguments, "labels": declared.labels}
    form = TryForm(request.POST or None, initial=initial, prefix="try", **given)
    tried = None
    must_say_so = declared.final and request.POST.get("really") != "on"
    if request.method == "POST" and form.is_valid():
        wants = request.POST.get("wish") == "send" and not must_say_so
        tried = _send(request, declared, form) if wants else _look(declared, form)
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts, "original": tool, "tool": tool, "form": form, "tried": tried,
        "writes": declared.final, "title": _("Try “%(name)s”") % {"name": tool},
        "unsaid": must_say_so and request.POST.get("wish") == "send",
    }  # fmt: skip
    return render(request, "admin/actions/tool/try.html", context)


def _again(request: HttpRequest, tool: Tool) -> dict[str, Any]:
    """What was given to an earlier test of this tool, as long as it is known."""
    pk = key_of(request.GET.get("call", ""))
    earlier = Call.objects.filter(pk=pk, tool=tool, tester__isnull=False).first() if pk else None
    return (calls.given_of(earlier) or {}) if earlier else {}


def _look(declared: Declared, form: TryForm) -> Tried:
    try:
        values = check(declared.arguments, form.given(), form.customer())
        return Tried(request_of(declared, values))
    except ActionError as error:
        return Tried(error=in_words(error.code, error.detail))


def _send(request: HttpRequest, declared: Declared, form: TryForm) -> Tried:
    given, customer, by = form.given(), form.customer(), person(request)
    begun = start(
        declared.name, given, key="", customer=customer, conversation="", now=localtime(), tester=by
    )
    if not isinstance(begun, Begun):
        refused = Call.objects.filter(tester=by, action=declared.name).first()
        return Tried(error=in_words(refused.error, refused.detail) if refused else "", call=refused)
    shown = _shown_request(declared, begun)
    done = carry_out(begun)
    call = Call.objects.get(pk=begun.call.pk)
    error = "" if done.ok else in_words(call.error, call.detail)
    return Tried(shown, error, call, _pretty(done))


def _shown_request(declared: Declared, begun: Begun) -> Prepared | None:
    try:
        return request_of(declared, dict(begun.order.values))
    except ActionError:  # the call itself tells it
        return None


def request_of(declared: Declared, values: dict[str, Any]) -> Prepared | None:
    """As it would be sent, without its secret."""
    if declared.kind == "http":
        return prepare(declared.how.request, values, secret=MASK)
    body = {"name": declared.how.remote_name, "arguments": values}
    secret = {"authorization": f"Bearer {MASK}"} if declared.how.auth == "bearer" else {}
    return Prepared("POST", declared.how.url, secret, json.dumps(body, ensure_ascii=False, indent=1).encode())


def _pretty(done: Done) -> str:
    return json.dumps(done.data, ensure_ascii=False, indent=1) if done.ok else ""
