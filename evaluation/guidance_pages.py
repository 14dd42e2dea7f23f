"""The panel of a row's tests, below the row in the admin site: linked, unlinked, run."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from assistant.models import Guidance
from evaluation.guidance_tests import MOST_LINKED, link, run_linked
from evaluation.models import Scenario
from knowledge.admin.people import key_of
from llm.errors import ModelError

MOST_OFFERED = 200  # scenarios to choose from


def panel(request: HttpRequest, *, model_admin: Any, pk: int) -> HttpResponse:
    """As a piece for htmx, or as a page."""
    row = get_object_or_404(Guidance, pk=pk)
    problem = _done(request, row) if request.method == "POST" else ""
    linked = list(Scenario.objects.filter(guidance=row))
    others = Scenario.objects.exclude(guidance=row)[:MOST_OFFERED]
    context = {"row": row, "linked": linked, "others": others, "problem": problem}
    if request.headers.get("HX-Request"):
        return render(request, "admin/evaluation/scenario/guidance.html", context)
    whole = model_admin.admin_site.each_context(request) | {"opts": model_admin.opts, "title": row.text}
    return render(request, "admin/evaluation/scenario/guidance_page.html", whole | context)


def _done(request: HttpRequest, row: Guidance) -> str:
    """What was wished for is done; returns what was in the way of it, in words."""
    wish = request.POST.get("wish", "")
    if wish == "run":
        return _run(row)
    scenario = Scenario.objects.filter(pk=key_of(request.POST.get("scenario", ""))).first()
    if scenario is None:
        return _("Choose a scenario first.")
    if wish == "unlink":
        scenario.guidance.remove(row)
    elif wish == "link" and not link(row, scenario):
        return _("A row can have %(n)d tests at most.") % {"n": MOST_LINKED}
    return ""


def _run(row: Guidance) -> str:
    try:
        left = run_linked(row)
    except ModelError:
        return _("The model failed in the middle of an answer. Try again.")
    return _("Some were not run: it took too long. Run them one by one.") if left else ""
