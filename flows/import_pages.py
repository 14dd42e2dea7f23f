"""The pages on which a bot of another system is brought in: given, looked through, taken as drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import Role, User
from accounts.permissions import role_required
from flows.import_files import flows_of, read_upload, report_of
from flows.import_words import LEVELS, in_words, part_in_words
from flows.importers.base import Line
from flows.importing import Offer, offers, take
from flows.models import FlowImport
from flows.publishing import FlowError
from flows.texts import in_language

SHOWN = 400  # lines of each level
ORDER = ("draft", "left_out", "mapped")


class ImportForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("Language of texts that name none"), choices=settings.LANGUAGES
    )


@dataclass(frozen=True)
class Group:
    """The lines of one level, as many as are shown, in words."""

    level: str
    title: str
    number: int
    lines: list[tuple[str, str, str]]


@require_http_methods(["GET", "POST"])
@role_required(Role.EDITOR)
def ask(request: HttpRequest) -> HttpResponse:
    """The form; a post reads the files at once and leads to what was found."""
    form = ImportForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        files = request.FILES.getlist("files")
        try:
            if not files:
                raise FlowError(_("Choose at least one file."))
            kept = read_upload(files, language=form.cleaned_data["language"], author=_author(request))
        except FlowError as error:
            messages.error(request, str(error))
        else:
            return redirect("flows:import_review", kept.pk)
    return render(request, "flows/import.html", {"form": form, "section": "flows"})


def _author(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


@require_http_methods(["GET", "POST"])
@role_required(Role.EDITOR)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found, flow by flow and part by part; a post takes the flows that were ticked."""
    kept = get_object_or_404(FlowImport, pk=pk)
    if request.method == "POST":
        return _take(request, kept)
    flows = [_shown(offer, request.LANGUAGE_CODE) for offer in offers(flows_of(kept))]
    waits = any(one["offer"].stand != "same" for one in flows)
    context = {"kept": kept, "flows": flows, "groups": _groups(report_of(kept)), "waits": waits}
    return render(request, "flows/import_review.html", context | {"section": "flows"})


def _shown(offer: Offer, language: str) -> dict[str, Any]:
    graph = offer.graph
    return {
        "key": graph.key,
        "name": in_language(graph.name, language) or graph.key,
        "offer": offer,
        "steps": len(graph.nodes),
        "example": next((told[0] for told in graph.examples.values() if told), ""),
    }


def _groups(report: list[Line]) -> list[Group]:
    groups = []
    for level in ORDER:
        lines = [line for line in report if line.level == level]
        told = [
            (part_in_words(line.what), line.where, in_words(line.code, line.params)) for line in lines[:SHOWN]
        ]
        groups.append(Group(level, str(LEVELS[level]), len(lines), told))
    return groups


def _take(request: HttpRequest, kept: FlowImport) -> HttpResponse:
    ticked = set(request.POST.getlist("flow"))
    chosen = [graph for graph in flows_of(kept) if graph.key in ticked]
    if not chosen:
        messages.error(request, _("Tick at least one flow."))
        return redirect("flows:import_review", kept.pk)
    done = take(chosen, author=_author(request))
    kept.taken = done
    kept.save(update_fields=["taken"])
    number = done["new"] + done["changed"]
    told = ngettext("%(number)s draft was saved.", "%(number)s drafts were saved.", number)
    messages.success(request, told % {"number": number} + " " + _("Nothing is published yet."))
    return redirect("flows:import_review", kept.pk)
