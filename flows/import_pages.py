"""The pages on which a bot of another system is brought in: given, looked through, taken as drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Role, User
from accounts.permissions import role_required
from flows.brought_along import take_along, told
from flows.foreseeing import foreseen
from flows.graph import Graph
from flows.import_files import actions_with, along_with, flows_of, read_upload, report_of
from flows.import_words import LEVELS, in_words, part_in_words
from flows.importers.base import Line
from flows.importing import Offer, offers, take
from flows.languages import begins_in, may_begin
from flows.looking import other_flows
from flows.models import Flow, FlowImport
from flows.outline import outline
from flows.problem_words import language_name, words
from flows.problems import Problem
from flows.publishing import FlowError
from flows.publishing_together import publish_together, stopping
from flows.spoken_here import spoken_here
from flows.standing import standing
from flows.texts import in_language

TOLD = 3  # flows that stay drafts, with the reason, after publishing
SHOWN = 400  # lines of each level
SHOWN_STEPS = 60  # of a flow
ORDER = ("draft", "left_out", "mapped")
KNOWLEDGE = {"is_knowledge", "questions_are_knowledge"}


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
    """What was found, flow by flow and part by part; a post takes the flows that were ticked, or publishes
    those that were taken."""
    kept = get_object_or_404(FlowImport, pk=pk)
    if request.method == "POST":
        publishes = request.POST.get("wish") == "publish"
        return _publish(request, kept) if publishes else _take(request, kept)
    return render(request, "flows/import_review.html", _found(request, kept))


@require_safe
@never_cache
@role_required(Role.EDITOR)
def examples(request: HttpRequest, pk: int) -> HttpResponse:
    """What the examples of its flows would begin, if they were published: asked for by the page."""
    found = foreseen(flows_of(get_object_or_404(FlowImport, pk=pk)))
    return JsonResponse({"known": found is not None, "flows": found or {}})


def _found(request: HttpRequest, kept: FlowImport) -> dict[str, Any]:
    found, report = offers(flows_of(kept)), report_of(kept)
    here = {flow.key: flow for flow in Flow.objects.filter(key__in=[one.graph.key for one in found])}
    waits = stopping(
        {one.graph.key: one.graph for one in found}, actions=actions_with(kept.found["webhooks"])
    )
    others = other_flows() | {one.graph.key: one.graph for one in found}
    language = request.LANGUAGE_CODE
    flows = [_shown(one, here.get(one.graph.key), waits, others, language) for one in found]
    return {
        "kept": kept,
        "flows": flows,
        "groups": _groups(report),
        "can_be_taken": any(one["offer"].stand != "same" for one in flows),
        "ready": sum(
            bool(one["state"] and one["state"].name != "published" and not one["waits"]) for one in flows
        ),
        "waiting": any(one["waits"] for one in flows),
        "along": told((kept.taken or {}).get("along", {})),
        "questions": sum(line.code in KNOWLEDGE for line in report),
        "section": "flows",
    }


def _shown(
    offer: Offer, flow: Flow | None, waits: dict[str, list[Problem]], others: dict[str, Graph], language: str
) -> dict[str, Any]:
    """`state` is how it stands here, once it is as it was found; `waits` is what keeps it from customers, and
    the page where that is mended, if it is not the editor."""
    graph = offer.graph
    return {
        "key": graph.key,
        "name": in_language(graph.name, language) or graph.key,
        "offer": offer,
        "steps": len(graph.nodes),
        "example": next((told[0] for told in graph.examples.values() if told), ""),
        "only_in": only_in(graph, others),
        "outline": outline(graph, language)[:SHOWN_STEPS],
        "steps_left": max(0, len(graph.nodes) - SHOWN_STEPS),
        "lines": offer.lines,
        "state": standing(flow) if flow and offer.stand == "same" else None,
        "waits": [
            {"step": one.node, "text": words(one), "page": one.params.get("page", "")}
            for one in waits.get(graph.key, ())
        ],
    }


def only_in(graph: Graph, others: dict[str, Graph]) -> list[str]:
    """The languages of the only conversations that it begins in, in words; [] where it begins in all."""
    everywhere = all(may_begin(graph, code, others) for code in spoken_here())
    return (
        [] if everywhere or not graph.begins else [language_name(code) for code in begins_in(graph, others)]
    )


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
    done = take(chosen, replace=True, author=_author(request))
    along = take_along(along_with(kept, chosen), author=_author(request))
    before = (kept.taken or {}).get("along", {})
    kept.taken = {**done, "along": {name: number + before.get(name, 0) for name, number in along.items()}}
    kept.save(update_fields=["taken"])
    number = done["new"] + done["changed"]
    saved = ngettext("%(number)s draft was saved.", "%(number)s drafts were saved.", number)
    told = [saved % {"number": number}, _("Nothing is published yet.")]
    if done["changed"]:
        told.append(_("What was replaced is kept: the history of each flow brings it back."))
    messages.success(request, " ".join(told))
    return redirect("flows:import_review", kept.pk)


def _publish(request: HttpRequest, kept: FlowImport) -> HttpResponse:
    """The flows that are here as they were found, as far as customers would not get stuck in them."""
    found = [offer.graph.key for offer in offers(flows_of(kept)) if offer.stand == "same"]
    flows = Flow.objects.filter(key__in=found).select_related("published", "trial")
    keys = [flow.key for flow in flows if standing(flow).name != "published"]
    done = publish_together(keys, author=_author(request))
    number = len(done.published)
    published = ngettext("%(number)s flow is published.", "%(number)s flows are published.", number)
    if number:
        messages.success(request, published % {"number": number} + " " + _("Customers can begin them now."))
    else:
        messages.error(request, _("None of them can be published yet. What is missing stands beside each."))
    if done.waiting:
        messages.warning(request, _waiting_in_words(done.waiting))
    return redirect("flows:import_review", kept.pk)


def _waiting_in_words(waiting: dict[str, list[Problem]]) -> str:
    """How many stay drafts and, for the first of them, why."""
    number = len(waiting)
    stay = ngettext("%(number)s flow stays a draft.", "%(number)s flows stay drafts.", number)
    told = [stay % {"number": number}]
    why = _("%(place)s: %(what)s")
    told += [why % {"place": key, "what": words(found[0])} for key, found in sorted(waiting.items())[:TOLD]]
    if number > TOLD:
        told.append(_("What is missing stands beside each."))
    return " ".join(told)
