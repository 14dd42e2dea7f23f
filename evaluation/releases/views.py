"""Releases of an assistant: made, compared, published, given to a share, rolled back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.permissions import role_required
from assistant.models import Assistant, Release, Serving
from assistant.models_in_use import models_for, warnings_about
from assistant.releases import restoring, serving
from assistant.releases.contents import Contents, contents_of
from assistant.releases.making import ReleaseError
from conversations.inbox.showing import staff
from evaluation.releases import gate, shown
from evaluation.releases.candidates import known_candidates
from evaluation.releases.differences import Group
from evaluation.releases.forms import MakeForm, PublishForm, policy_form
from evaluation.releases.in_runs import runs_of
from evaluation.runs.asking import Unclear

editors_only = role_required(Role.EDITOR)
SETTINGS = "settings"
A_PAGE, MOST_CHOICES = 20, 30


@editors_only
@never_cache
@require_safe
def release_list(request: HttpRequest) -> HttpResponse:
    assistants = list(Assistant.objects.order_by("-is_default", "name"))
    wanted = request.GET.get("assistant", "")
    chosen = next((one for one in assistants if one.slug == wanted), assistants[0] if assistants else None)
    form = MakeForm(initial={"model": request.GET.get("model", "")[:120]})
    return _list(request, assistants, chosen, form)


def _list(
    request: HttpRequest, assistants: list[Assistant], chosen: Assistant | None, form: MakeForm
) -> HttpResponse:
    context: dict[str, Any] = {"section": "evaluation", "place": "releases", "assistants": assistants}
    if chosen is not None:
        now = serving.now(chosen)
        releases = Paginator(chosen.releases.defer("router").select_related("by"), A_PAGE)
        page = releases.get_page(request.GET.get("page"))
        newest = page.object_list[0] if page.number == 1 and page.object_list else None
        newest = newest or chosen.releases.defer("router").first()
        base = now.release if now and now.release else newest
        context |= {
            "assistant": chosen, "now": now, "sentence": shown.sentence(now),
            "warnings": warnings_about(models_for(chosen)), "back": serving.before(chosen),
            "form": form, "policy": policy_form(chosen),
            "base": base, "candidates": known_candidates(),
            "pending": shown.against_settings(chosen, base),
            "rows": [(release, shown.badge(release, now)) for release in page.object_list], "page": page,
            "history": shown.history(chosen),
        }  # fmt: skip
    return render(request, "evaluation/releases/list.html", context)


@editors_only
@never_cache
@require_safe
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """How customers fare: asked for by the page, since it counts what may be many answers."""
    assistant = get_object_or_404(Assistant, pk=pk)
    asked = request.GET.get("release", "")
    release = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    context = {
        "live": shown.live(assistant, serving.now(assistant), release), "columns": shown.columns(),
        "served": shown.served(assistant, release),
    }  # fmt: skip
    return render(request, "evaluation/releases/_live.html", context)


@editors_only
@require_POST
def make_release(request: HttpRequest, pk: int) -> HttpResponse:
    assistant = get_object_or_404(Assistant, pk=pk)
    form = MakeForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for errors in form.errors.values() for one in errors))
        return to_list(assistant)
    try:
        release = form.make(assistant, by=staff(request))
    except ReleaseError as error:
        messages.error(request, str(error))
        return to_list(assistant)
    told = _("Release %(number)d is made. Customers do not get it yet.")
    messages.success(request, told % {"number": release.number})
    return redirect("releases:release", release.pk)


@editors_only
@never_cache
@require_safe
def release(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Release.objects.defer("router").select_related("assistant", "by"), pk=pk)
    now = serving.now(found.assistant)
    against, groups = _against(request, found)
    done = gate.shown_by(found)
    context = {
        "section": "evaluation", "place": "releases", "release": found, "now": now,
        "badge": shown.badge(found, now), "gate": done, "gate_words": shown.gate_words(done),
        "missing": gate.missing_in(done, found), "against": against, "groups": groups,
        "choices": _choices(found), "knowledge": shown.knowledge_of(found), "runs": runs_of(found),
        "contents": Contents.model_validate(found.contents),
        "fares": Serving.objects.filter(Q(release=found) | Q(trial=found)).exists(),
    }  # fmt: skip
    return render(request, "evaluation/releases/release.html", context)


def _choices(found: Release) -> list[tuple[str, str]]:
    """What it can be compared with: a key and its words."""
    others = found.assistant.releases.exclude(pk=found.pk).order_by("-number")
    numbers = others.values_list("number", flat=True)[:MOST_CHOICES]
    told = [(str(number), _("release %(number)d") % {"number": number}) for number in numbers]
    return [*told, (SETTINGS, _("the settings now"))]


def _against(request: HttpRequest, found: Release) -> tuple[str, list[Group] | None]:
    """What it is compared with, and how it differs: from the one before it, unless something else is asked
    for. The first one is compared with the settings; None where these are the same."""
    known = {key for key, _words in _choices(found)}
    asked = request.GET.get("with", "")
    own = Contents.model_validate(found.contents)
    if asked == SETTINGS:
        return asked, shown.compared(own, contents_of(found.assistant))
    number = int(asked) if asked in known else 0
    others = found.assistant.releases.defer("router")
    other = others.filter(number=number).first() or others.filter(number__lt=found.number).first()
    if other is None:
        groups = shown.compared(own, contents_of(found.assistant))
        return (SETTINGS, groups) if groups else ("", None)
    first, second = sorted((other, found), key=lambda one: one.number)
    told = [Contents.model_validate(one.contents) for one in (first, second)]
    return str(other.number), shown.compared(*told)


@editors_only
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Release.objects.defer("router").select_related("assistant"), pk=pk)
    form = PublishForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.told())
        return redirect("releases:release", pk)
    try:
        now = form.publish(found, by=staff(request))
    except ReleaseError as error:
        messages.error(request, str(error))
        return redirect("releases:release", pk)
    messages.success(request, _("%(what)s, from their next message on.") % {"what": shown.sentence(now)})
    return to_list(found.assistant)


@editors_only
@require_POST
def run_suites(request: HttpRequest, pk: int) -> HttpResponse:
    """Those of the gate, beside what customers get."""
    found = get_object_or_404(Release.objects.defer("router").select_related("assistant"), pk=pk)
    try:
        return redirect("runs:run", gate.begin(found, by=staff(request)).pk)
    except Unclear as error:
        messages.error(request, str(error))
        return redirect("releases:release", pk)


@editors_only
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the settings; what customers get stays as it is where they get a release."""
    found = get_object_or_404(Release.objects.defer("router").select_related("assistant"), pk=pk)
    left = restoring.bring_back(found, by=staff(request))
    told = _("The settings are as in release %(number)d now.") % {"number": found.number}
    if left:
        messages.warning(request, " ".join([told, _("Not all of it:"), *left]))
    else:
        messages.success(request, told)
    return to_list(found.assistant)


@editors_only
@require_POST
def end_trial(request: HttpRequest, pk: int) -> HttpResponse:
    return _changed(request, pk, serving.end_trial)


@editors_only
@require_POST
def roll_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _changed(request, pk, serving.roll_back)


def _changed(request: HttpRequest, pk: int, change: Callable[..., Serving]) -> HttpResponse:
    assistant = get_object_or_404(Assistant, pk=pk)
    try:
        now = change(assistant, by=staff(request))
    except serving.GateClosed as error:
        messages.error(request, str(error))
        return redirect("releases:serve-settings", pk)
    except ReleaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(what)s, from their next message on.") % {"what": shown.sentence(now)})
    return to_list(assistant)


@editors_only
@require_POST
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    assistant = get_object_or_404(Assistant, pk=pk)
    form = policy_form(assistant, request.POST)
    if form.is_valid():
        form.keep(assistant, by=staff(request))
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(str(one) for errors in form.errors.values() for one in errors))
    return to_list(assistant)


def to_list(assistant: Assistant) -> HttpResponse:
    return redirect(f"{reverse('releases:list')}?assistant={assistant.slug}")
