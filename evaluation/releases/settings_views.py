"""The settings as they are edited are given to customers again: what would change, what they have shown, and
whoever does it nevertheless says why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Role
from accounts.permissions import role_required
from assistant.models import Assistant, Serving
from assistant.releases import serving
from assistant.releases.contents import Contents, contents_of
from assistant.releases.making import ReleaseError
from conversations.inbox.showing import staff
from evaluation.releases import gate, shown
from evaluation.releases.forms import SettingsForm
from evaluation.releases.views import to_list
from evaluation.runs.asking import Unclear

editors_only = role_required(Role.EDITOR)


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def serve_settings(request: HttpRequest, pk: int) -> HttpResponse:
    assistant = get_object_or_404(Assistant, pk=pk)
    if request.method == "POST":
        form = SettingsForm(request.POST)
        if not form.is_valid():
            messages.error(request, form.told())
            return redirect("releases:serve-settings", pk)
        return _serve(request, assistant, form)
    return render(request, "evaluation/releases/settings.html", _context(assistant))


def _serve(request: HttpRequest, assistant: Assistant, form: SettingsForm) -> HttpResponse:
    try:
        now = form.serve(assistant, by=staff(request))
    except ReleaseError as error:
        messages.error(request, str(error))
        return redirect("releases:serve-settings", assistant.pk)
    messages.success(request, _("%(what)s, from their next message on.") % {"what": shown.sentence(now)})
    return to_list(assistant)


def _context(assistant: Assistant) -> dict[str, Any]:
    now = serving.now(assistant)
    context: dict[str, Any] = {
        "section": "evaluation", "place": "releases", "assistant": assistant, "now": now,
        "sentence": shown.sentence(now), "base": _got(now),
    }  # fmt: skip
    if context["base"] is None:
        return context
    done, settings = gate.shown_by(assistant), contents_of(assistant)
    return context | {
        "groups": shown.compared(Contents.model_validate(context["base"].contents), settings),
        "signature": settings.signature, "gate": done, "gate_words": shown.gate_words(done),
        "missing": gate.missing_in(done, assistant) if now and now.release else "",
    }  # fmt: skip


def _got(now: Serving | None) -> Any:
    """The release that the settings take the place of; None where customers get the settings already."""
    return (now.release or now.trial) if now else None


@editors_only
@require_POST
def run_settings(request: HttpRequest, pk: int) -> HttpResponse:
    """On the suites of the gate, beside what customers get."""
    assistant = get_object_or_404(Assistant, pk=pk)
    try:
        return redirect("runs:run", gate.begin(assistant, by=staff(request)).pk)
    except Unclear as error:
        messages.error(request, str(error))
        return redirect("releases:serve-settings", pk)
