"""Runs of scenarios: begun, watched, stopped, read; a scenario on all sides, word by word."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.permissions import role_required
from assistant.models import Release
from conversations.inbox.showing import staff
from evaluation.models import Case, Run
from evaluation.releases.in_runs import releases_in, tests_the_settings
from evaluation.runs import asking, keeping
from evaluation.runs.begin_form import BeginForm
from evaluation.runs.ending import script_of
from evaluation.runs.judging import read_by_judge
from evaluation.runs.lines import Wanted, beside
from evaluation.runs.over_time import measured, series
from evaluation.runs.played import columns
from evaluation.runs.shown import shown, sides_of
from evaluation.runs.sides import NoSuchSide, Side
from evaluation.runs.summing import Figures
from knowledge.progress import answers_may_change

editors_only = role_required(Role.EDITOR)
A_PAGE = 25


@editors_only
@never_cache
@require_safe
def run_list(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    release = _release(asked.get("release", ""))
    form = BeginForm(
        suite=asked.get("suite", ""), candidate=asked.get("model", ""), release=release, by=staff(request)
    )
    return _list(request, form)


def _release(asked: str) -> Release | None:
    """By its key; None for anything else that stands in the address."""
    known = asked.isascii() and asked.isdecimal() and len(asked) < 10
    return Release.objects.defer("router").filter(pk=int(asked)).first() if known else None


@editors_only
@never_cache
@require_safe
def trend(request: HttpRequest) -> HttpResponse:
    """How runs of the same suites went, one after the other."""
    found = series()
    asked = request.GET.get("series", "")
    chosen = next((one for one in found if one.key == asked), found[0] if found else None)
    measures = measured(chosen) if chosen else []
    points = chosen.points if chosen else ()
    rows = [(point, [one.values[at] for one in measures]) for at, point in enumerate(points)]
    context = {"section": "evaluation", "place": "trend", "all": found, "chosen": chosen}
    return render(
        request, "evaluation/runs/over_time.html", context | {"measures": measures, "rows": rows[::-1]}
    )


@editors_only
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    form = BeginForm(request.POST)
    if form.is_valid():
        try:
            run = form.ask(by=staff(request))
            return redirect("runs:run", run.pk)
        except (asking.Unclear, NoSuchSide) as error:
            form.add_error(None, str(error))
    return _list(request, form, status=422)


def _list(request: HttpRequest, form: BeginForm, status: int = 200) -> HttpResponse:
    pages = Paginator(Run.objects.select_related("by", "assistant").order_by("-pk"), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    rows = [
        {"run": run, "sides": list(zip(sides_of(run), _passed(run), strict=True))} for run in page.object_list
    ]
    context = {"section": "evaluation", "place": "runs", "form": form, "rows": rows, "page": page}
    context |= {"keep_days": settings.RUNS_KEEP_DAYS, "answers_may_change": answers_may_change()}
    return render(request, "evaluation/runs/list.html", context, status=status)


def _passed(run: Run) -> list[Any]:
    figures = [Figures.from_json(one).passed for one in run.figures]
    return figures or [None] * len(run.sides)


@editors_only
@never_cache
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """While it is open the page asks for its inner part again and again."""
    found = get_object_or_404(Run.objects.select_related("by", "assistant"), pk=pk)
    context = shown(found, Wanted.read(request.GET.dict()))
    context |= {
        "section": "evaluation", "place": "runs", "releases": releases_in(found),
        "of_settings": tests_the_settings(found), "keep_days": settings.RUNS_KEEP_DAYS,
        "rests": "" if found.is_open else keeping.rests_on(found),
    }  # fmt: skip
    part = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    return render(request, "evaluation/runs/_run.html" if part else "evaluation/runs/run.html", context)


@editors_only
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Run, pk=pk)
    if not asking.stop(found.pk):
        messages.info(request, _("It was over already."))
    return redirect("runs:run", found.pk)


@editors_only
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """With what was not run, and what could not be."""
    found = get_object_or_404(Run, pk=pk)
    if asking.reopen(found.pk) is None:
        messages.info(request, _("All of it was run already."))
    return redirect("runs:run", found.pk)


@editors_only
@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """A run that is over is read by a judge, or by another one."""
    found = get_object_or_404(Run, pk=pk)
    try:
        if asking.let_read(found.pk, request.POST.get("judge", "")) is None:
            messages.info(request, _("There is nothing to read in this run, or it is not over yet."))
    except asking.Unclear as error:
        messages.error(request, str(error))
    return redirect("runs:run", found.pk)


@editors_only
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Run, pk=pk)
    try:
        name = keeping.delete(found.pk, by=staff(request))
    except keeping.Kept as error:
        messages.error(request, _("It cannot be deleted. %(why)s") % {"why": error})
        return redirect("runs:run", found.pk)
    messages.success(request, _("Run %(name)s is deleted.") % {"name": name})
    return redirect("runs:list")


@editors_only
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same scenarios as they were, on the same kinds of sides as these are now."""
    found = get_object_or_404(Run.objects.select_related("assistant"), pk=pk)
    first = _on_last_side(found).select_related("scenario").order_by("place")
    wanted = [asking.Wanted(script_of(one), one.suite, one.scenario) for one in first]
    try:
        sides = [Side.from_json(one).now() for one in found.sides]
        new = asking.ask(
            wanted, found.assistant, sides, by=staff(request), suites=found.suites, times=found.times,
            judge=found.judge, customers=found.customers,
        )  # fmt: skip
    except (asking.Unclear, NoSuchSide) as error:
        messages.error(request, str(error))
        return redirect("runs:run", found.pk)
    return redirect("runs:run", new.pk)


@editors_only
@never_cache
@require_safe
def case(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """One scenario on all sides of a run, as often as it was run."""
    found = get_object_or_404(Run, pk=pk)
    cases = list(
        Case.objects.filter(run=found, place=place).select_related("scenario").order_by("side", "time")
    )
    first = get_object_or_404(_on_last_side(found), place=place)
    names, wanted = sides_of(found), Wanted.read(request.GET.dict())
    before, behind = beside(found, wanted, place)
    context = {
        "section": "evaluation",
        "place": "runs",
        "run": found,
        "case": first,
        "scenario": first.scenario,
        "columns": columns(cases, names, found.times),
        "read": read_by_judge(found, names[:1], None),
        "wanted": wanted,
        "before": before,
        "behind": behind,
    }
    return render(request, "evaluation/runs/case.html", context)


def _on_last_side(found: Run) -> QuerySet[Case]:
    """Each scenario once: what came of an earlier run, on the first side, need not have all of them."""
    return Case.objects.filter(run=found, side=len(found.sides) - 1, time=0)
