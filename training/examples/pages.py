"""The pages of datasets: all of them, a new one, one with its figures, its examples."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Role
from accounts.permissions import role_required
from conversations.inbox.showing import staff
from evaluation.corrections.rows import Correction
from evaluation.reviews.rows import Review, Verdict
from training.customers.waiting import waiting_number
from training.examples import shown
from training.examples.form import DatasetForm
from training.examples.ringing import ring
from training.examples.rows import Dataset
from training.listing import listed

A_PAGE, EXAMPLES_A_PAGE = 25, 20
editors_only = role_required(Role.EDITOR)


def _around() -> dict[str, Any]:
    return {"section": "training", "room": "datasets", "messages_number": waiting_number()}


@editors_only
@never_cache
@require_safe
def dataset_list(request: HttpRequest) -> HttpResponse:
    rows = Dataset.objects.select_related("by", "assistant").defer("card")
    found = listed(request, rows, shown.row, a_page=A_PAGE)
    context = _around() | found | {
        "anything": bool(found["rows"]) or _is_anything_reviewed(),
        "router_files": shown.router_files(),
    }  # fmt: skip
    return render(request, "training/examples/list.html", context)


def _is_anything_reviewed() -> bool:
    """Whether a dataset could be made of something."""
    corrected = Correction.objects.exclude(state=Correction.State.WITHDRAWN)
    return Review.objects.filter(verdict=Verdict.RIGHT).exists() or corrected.exists()


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = DatasetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        dataset = form.ask(by=staff(request))
        ring(request)
        return redirect("training:dataset", dataset.pk)
    status = 422 if form.is_bound else 200
    return render(request, "training/examples/new.html", _around() | {"form": form}, status=status)


@editors_only
@never_cache
@require_safe
def dataset(request: HttpRequest, pk: int) -> HttpResponse:
    """While it is being made, the page asks for its inner part again and again."""
    found = get_object_or_404(Dataset.objects.select_related("by", "assistant"), pk=pk)
    part = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    context = _around() | shown.whole(found)
    return render(
        request, "training/examples/_dataset.html" if part else "training/examples/dataset.html", context
    )


@editors_only
@never_cache
@require_safe
def examples(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Dataset.objects.defer("card"), pk=pk)
    filters = shown.Filters.read(request.GET)
    page = Paginator(shown.narrowed(found, filters), EXAMPLES_A_PAGE).get_page(request.GET.get("page"))
    context = _around() | {
        "dataset": found,
        "filters": filters,
        "choices": shown.choices(found, filters),
        "tabs": shown.tabs(found),
        "page": page,
        "rows": [shown.example(one, found) for one in page.object_list],
        "number": page.paginator.count,
    }
    return render(request, "training/examples/examples.html", context)
