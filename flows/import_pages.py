"""The pages on which a bot of another system is brought in: given, looked through, taken as drafts."""

from __future__ import annotations

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
from flows.brought_along import take_along
from flows.foreseeing import foreseen
from flows.import_files import along_with, flows_of, read_upload
from flows.import_shown import shown
from flows.importing import offers, take
from flows.models import Flow, FlowImport
from flows.problem_words import words
from flows.problems import Problem
from flows.publishing import FlowError
from flows.publishing_together import publish_together
from flows.standing import standing
from flows.walked_words import name_of

TOLD = 3  # flows that stay drafts, with the reason, after publishing


class ImportForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("Language of texts that name none"), choices=settings.LANGUAGES
    )


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
        publishes = "only" in request.POST or request.POST.get("wish") == "publish"
        return _publish(request, kept) if publishes else _take(request, kept)
    return render(request, "flows/import_review.html", shown(kept, language=request.LANGUAGE_CODE))


@require_safe
@never_cache
@role_required(Role.EDITOR)
def examples(request: HttpRequest, pk: int) -> HttpResponse:
    """What the examples of its flows would begin, if they were published: asked for by the page."""
    found = foreseen(flows_of(get_object_or_404(FlowImport, pk=pk)))
    return JsonResponse({"known": found is not None, "flows": found or {}})


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
    """One flow by itself, or all that are ticked, as far as customers would not get stuck in them."""
    alone = request.POST.get("only", "")
    wanted = {alone} if alone else set(request.POST.getlist("publish"))
    flows = [flow for flow in _drafts_of(kept) if flow.key in wanted]
    if not wanted:
        messages.error(request, _("Tick at least one flow."))
    elif not flows:
        messages.error(request, _("It is published already, or not here any more as it was found."))
    else:
        _publish_flows(request, flows)
    return redirect("flows:import_review", kept.pk)


def _drafts_of(kept: FlowImport) -> list[Flow]:
    """Those that are here as they were found, and that customers do not get as they are."""
    found = [offer.graph.key for offer in offers(flows_of(kept)) if offer.stand == "same"]
    flows = Flow.objects.filter(key__in=found).select_related("published", "trial")
    return [flow for flow in flows if standing(flow).name != "published"]


def _publish_flows(request: HttpRequest, flows: list[Flow]) -> None:
    try:
        done = publish_together([flow.key for flow in flows], author=_author(request))
    except FlowError as error:  # somebody else was quicker
        messages.error(request, str(error))
        return
    number = len(done.published)
    published = ngettext(
        "%(number)s flow is published. Customers can begin it now.",
        "%(number)s flows are published. Customers can begin them now.",
        number,
    )
    if number:
        messages.success(request, published % {"number": number})
    elif len(flows) > 1:
        messages.error(request, _("None of them can be published yet. What is missing stands beside each."))
    if done.waiting:
        named = {flow.key: name_of(flow) for flow in flows}
        messages.warning(request, _waiting_in_words(done.waiting, named))


def _waiting_in_words(waiting: dict[str, list[Problem]], named: dict[str, str]) -> str:
    """How many stay drafts and, for the first of them, why."""
    number = len(waiting)
    stay = ngettext("%(number)s flow stays a draft.", "%(number)s flows stay drafts.", number)
    told = [stay % {"number": number}]
    why = _("%(place)s: %(what)s")
    told += [
        why % {"place": named.get(key, key), "what": words(found[0])}
        for key, found in sorted(waiting.items())[:TOLD]
    ]
    if number > TOLD:
        told.append(_("What is missing stands beside each."))
    return " ".join(told)
